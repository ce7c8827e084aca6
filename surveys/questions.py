"""Questions as a county writes them, one a line, and answers held against them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from surveys import texts
from surveys.errors import AnswersWrong, QuestionsWrong

MOST_QUESTIONS: Final = 30
LONGEST_WORDS: Final = 500
HIGHEST: Final = 5
LINE: Final = re.compile(r"(?P<must>[*＊]?)\s*(?P<kind>\S+)\s+(?P<rest>.+)")
Question = dict[str, Any]


def read_questions(written: str) -> list[Question]:
    """Raises `QuestionsWrong` naming the first line that is wrong."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    return [_question(line, number=number) for number, line in enumerate(lines[:MOST_QUESTIONS], start=1)]


def _question(line: str, *, number: int) -> Question:
    found = LINE.fullmatch(line)
    kind = texts.KINDS.get(found["kind"]) if found else None
    if found is None or kind is None:
        raise QuestionsWrong(number, texts.KIND_MISSING)
    label, *options = [part.strip() for part in re.split(r"[|｜]", found["rest"])]
    options = [option for option in dict.fromkeys(options) if option]
    if not label:
        raise QuestionsWrong(number, texts.LABEL_MISSING)
    if kind in ("single", "several") and len(options) < 2:
        raise QuestionsWrong(number, texts.TOO_FEW)
    has_options = kind in ("single", "several")
    return {
        "key": f"q{number}",
        "kind": kind,
        "label": label[:128],
        "options": options if has_options else [],
        "is_required": bool(found["must"]),
    }


def checked(answers: Mapping[str, Any], *, questions: Sequence[Question]) -> dict[str, Any]:
    """What was answered, question by question; what nobody asked is passed over. Raises `AnswersWrong`."""
    kept: dict[str, Any] = {}
    wrong: list[tuple[str, str]] = []
    for question in questions:
        given = answers.get(question["key"])
        if given in (None, "", []):
            if question["is_required"]:
                wrong.append((question["key"], texts.NEEDED))
            continue
        why = _why_not(given, question)
        if why:
            wrong.append((question["key"], why))
        kept[question["key"]] = given
    if wrong:
        raise AnswersWrong(wrong)
    return kept


def _why_not(given: Any, question: Question) -> str:
    kind, options = question["kind"], question["options"]
    if kind == "single":
        return "" if given in options else texts.CHOOSE_ONE
    if kind == "several":
        is_some = isinstance(given, list) and set(given) <= set(options)
        return "" if is_some else texts.CHOOSE_SOME
    if kind == "scale":
        return "" if isinstance(given, int) and 1 <= given <= HIGHEST else texts.SCORE
    return "" if isinstance(given, str) and len(given) <= LONGEST_WORDS else texts.WORDS
