"""Why a code is not issued, replaced or retired."""

from models.errors import DomainError


class PlaceUnknown(DomainError):
    key = "place-unknown"
    message = "没有这个区划编码，请核对后再试。"


class AreaUnknown(DomainError):
    key = "area-unknown"
    message = "没有这个政策领域编码，请核对后再试。"


class NoAreas(DomainError):
    key = "no-areas"
    message = "还没有在用的政策领域，请先导入 areas.csv，再发码。"


class CodeUnknown(DomainError):
    key = "code-unknown"
    message = "没有发过这个码，请核对后再试。"


class CodeReplacesItself(DomainError):
    key = "code-replaces-itself"
    message = "替换的码应是另一个在用的、用途相同的码。"


class CodeOver(DomainError):
    """Nothing is replaced twice, and what is retired stays so."""

    key = "code-over"
    message = "这个码已经停用或者已经换过，请查看替换它的新码。"


class CodeNotYours(DomainError):
    key = "code-not-yours"
    message = "这个码不能由您停用：乡镇只能换码和重印，停用请区县来办；“码上督”的码由区县管理。"


class JobUnknown(DomainError):
    key = "poster-job-unknown"
    message = "没有这个印制任务。"


class JobNotSo(DomainError):
    key = "poster-job-not-so"
    message = "这个任务现在不能这样办：进行中的才能停，停下的或者没有印成的才能接着印。请刷新页面看看。"


class ColourWrong(DomainError):
    key = "colour-wrong"
    message = "颜色应写成 #b22222 这样，并且要够深：上面印的是白字。"


class HeaderTooLong(DomainError):
    key = "header-too-long"
    message = "抬头最多 20 个字。"
