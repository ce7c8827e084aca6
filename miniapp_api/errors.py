"""What this door refuses, and the HTTP status of every refusal it can answer with."""

from collections.abc import Sequence
from typing import Final

from models.errors import DomainError


class SessionUnknown(DomainError):
    key = "session-unknown"
    message = "登录已经过期，请重新打开。"


class RoleNotAllowed(DomainError):
    key = "role-not-allowed"
    message = "这样登录的不能做这件事：用回执码打开的只能查看和补充那一件反映，取电话号码要在微信小程序里。"


class LiaisonOnly(DomainError):
    key = "liaison-only"
    message = "这里只有村级监督联络员能用。请先用电话和绑定码绑定。"


class LoginCodeRefused(DomainError):
    key = "login-code-refused"
    message = "微信登录没有成功，请重新打开小程序。"


class LoginUnavailable(DomainError):
    key = "login-unavailable"
    message = "暂时不能用微信登录，请稍后再试，或用手机网页反映。"


class NotFound(DomainError):
    key = "not-found"
    message = "没有这个地址。"


class MethodNotAllowed(DomainError):
    key = "method-not-allowed"
    message = "这个地址不能这样用。"


class EntryUnknown(DomainError):
    key = "entry-unknown"
    message = "没有这个码，请核对海报上的 12 个字符。"


class RegionUnknown(DomainError):
    key = "region-unknown"
    message = "没有这个地方。"


class ReceiptUnknown(DomainError):
    """A receipt that was never given, one mistyped and one of the wrong length: all look the same."""

    key = "receipt-unknown"
    message = (
        "没有找到这个回执码，请对照抄下的 16 位数字再输一次。办结多年的反映，保管期满就销毁了，也查不到。"
    )


class Malformed(DomainError):
    key = "malformed"
    message = "请求的格式不对。"


class BodyTooLarge(DomainError):
    key = "body-too-large"
    message = "内容太长了，请分几次发送。"


class NotJson(DomainError):
    key = "not-json"
    message = "请用 JSON 格式发送（Content-Type: application/json）。"


class NotMultipart(DomainError):
    key = "not-multipart"
    message = "请用表单（multipart/form-data）上传文件，字段名为 file。"


class KeyReused(DomainError):
    key = "idempotency-key-reused"
    message = "这个 Idempotency-Key 已经用于另一份内容，请换一个。"


class Unavailable(DomainError):
    key = "unavailable"
    message = "系统暂时不可用，请稍后再试。您填写的内容请先留着。"


class UploadsFull(DomainError):
    key = "uploads-full"
    message = "现在传上来还没有提交的照片、语音太多，暂时不能再传。请先只发文字提交，过一会儿再补充。"


class SoundUnplayable(DomainError):
    key = "sound-unplayable"
    message = "这段语音现在放不出来，请过一会儿再试，或者下载到手机上听。"


class FieldsWrong(DomainError):
    """`errors` are (field, Chinese sentence); a field in a list or part is named with dots."""

    key = "validation"
    message = "有的内容填得不对，请改一改再提交。"

    def __init__(self, errors: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.errors = tuple(errors)


class TooMany(DomainError):
    """`retry_after` in seconds."""

    key = "too-many"
    message = "操作太频繁了，请稍后再试。"

    def __init__(self, message: str | None = None, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


STATUS: Final = {
    "malformed": 400,
    "session-unknown": 401,
    "role-not-allowed": 403,
    "liaison-only": 403,
    "task-not-found": 404,
    "task-answered": 409,
    "not-found": 404,
    "entry-unknown": 404,
    "region-unknown": 404,
    "survey-unknown": 404,
    "report-not-found": 404,
    "attachment-not-found": 404,
    "receipt-unknown": 404,
    "media-gone": 503,
    "method-not-allowed": 405,
    "attachment-not-ready": 409,
    "withdrawal-not-possible": 409,
    "rating-not-possible": 409,
    "question-gone": 409,
    "recusal-request-not-possible": 409,
    "answered-already": 409,
    "code-retired": 410,
    "link-over": 410,
    "body-too-large": 413,
    "file-too-large": 413,
    "not-json": 415,
    "not-multipart": 415,
    "too-many": 429,
    "seal-broken": 500,
    "key-unknown": 500,
    "login-unavailable": 503,
    "unavailable": 503,
    "uploads-crowded": 503,
    "uploads-full": 503,
    "database-gone": 503,
}
OTHERWISE: Final = 422


def status_of(refusal: DomainError | type[DomainError]) -> int:
    """422 for what is not listed: well formed, understood, and refused."""
    return STATUS.get(refusal.key, OTHERWISE)
