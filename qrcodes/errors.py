"""Why a poster cannot be drawn."""

from models.errors import DomainError


class RegionUnknown(DomainError):
    key = "region-unknown"

    def __init__(self, code: str) -> None:
        super().__init__(f"没有编码为“{code}”的区划，请核对后再试。")


class NothingToPrint(DomainError):
    key = "nothing-to-print"
    message = "这个范围内没有在用的码，请先发码，再印海报。"


class SizeUnknown(DomainError):
    key = "size-unknown"
    message = "纸张只能是 A3、A4、A5、A6、areas（一张印一个村的各个领域）或 stickers（不干胶，一张 12 个）。"


class AlreadyPrinting(DomainError):
    key = "already-printing"
    message = "另一个任务正在往这里写海报，请等它结束，或者换一个地方写。"


class MiniPageWrong(DomainError):
    key = "mini-page-wrong"
    message = "MASHANG_MINI_PAGE 不对，应为小程序里的页面，如 pages/entry/index，体验版后面加 @trial。"


class VerifyFilesWrong(DomainError):
    key = "verify-files-wrong"
    message = "MASHANG_VERIFY_FILES 不对，应为微信给的校验文件，写成 文件名.txt:内容，几个用英文逗号隔开。"


class AccountCodesMissing(DomainError):
    key = "account-codes-missing"
    message = "有的码还没有公众号永久二维码，请用 mashang posters --via account 重新生成。"


class AccountCodesSpent(DomainError):
    """Said before the first is made: what is made cannot be given back."""

    key = "account-codes-spent"

    def __init__(self, *, wanted: int, left: int) -> None:
        super().__init__(
            f"公众号的永久二维码一共 100000 个，只剩 {left} 个，这次要用 {wanted} 个，没有生成。"
            "请缩小范围，或者不加 --via account，用网址二维码（不限个数）。"
        )
