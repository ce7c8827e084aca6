"""What is wrong with a survey or with answers to it."""

from collections.abc import Sequence

from models.errors import DomainError


class SurveyUnknown(DomainError):
    key = "survey-unknown"
    message = "没有这份问卷，或者已经结束了。"


class AnsweredAlready(DomainError):
    key = "answered-already"
    message = "这份问卷每人填一次，您已经填过了，谢谢您。"


class AnswersWrong(DomainError):
    """`errors` are (key of the question, sentence)."""

    key = "answers-wrong"
    message = "有的题还没有答好，请看一看。"

    def __init__(self, errors: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.errors = tuple(errors)


class QuestionsWrong(DomainError):
    key = "questions-wrong"

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"第 {line} 题不对：{why}")


class SurveyIncomplete(DomainError):
    key = "survey-incomplete"
    message = "请填写标题、区划编码和至少一道题；区划要在本区县之内。"
