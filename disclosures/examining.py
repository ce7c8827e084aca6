"""Rows of an import that would be published, held against the platform's check before anything is applied."""

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from clients.content_check import (
    CheckerAway,
    ContentCheck,
    ContentDoubtful,
    ContentNotChecked,
    ContentRefused,
)
from disclosures.listing import words_of
from disclosures.texts import UNFIT, UNSURE
from models.disclosure import Disclosure
from models.errors import DomainError
from organisation.importing.problems import ImportProblem
from organisation.importing.records import Batch, Record
from organisation.importing.tables import DISCLOSURES
from organisation.importing.writing import attributes

TOGETHER: Final = 8
PACE_SECONDS: Final = 0.15
"""For each eight: some fifty a second; the platform takes 4,000 a minute, from the console too."""
SAID: Final = ("title", "text")


class ImportNotChecked(DomainError):
    key = "import-not-checked"
    message = (
        "现在连不上微信平台的内容检测，没有导入任何内容。请过几分钟再导入一次；"
        "急着导入别的，就先去掉公开事项（disclosures）。"
    )


class ImportCheckerAway(DomainError):
    key = "import-checker-away"
    message = "内容检测登记的微信号两小时内没有打开过小程序，没有导入任何内容。请用那个微信打开一次小程序，再导入一次。"


class Words(NamedTuple):
    record: Record
    column: str
    text: str


async def unfit_rows(
    batch: Batch, *, check: ContentCheck, is_reviewed: bool, progress: Callable[[int, int], None]
) -> list[ImportProblem]:
    """What the platform refuses, and what a person has to look at unless `is_reviewed`.

    What the public reads already is not asked about again. Raises `ImportNotChecked` or `ImportCheckerAway`.
    """
    sheet = batch.sheet(DISCLOSURES)
    if sheet is None:
        return []
    asked = list(_new_words(batch, stored={row.code: row for row in await Disclosure.all()}))
    problems: list[ImportProblem] = []
    for start in range(0, len(asked), TOGETHER):
        some, began = asked[start : start + TOGETHER], time.monotonic()
        found = await asyncio.gather(
            *[_problem(words, file=sheet.file, check=check, is_reviewed=is_reviewed) for words in some]
        )
        problems += [problem for problem in found if problem is not None]
        progress(start + len(some), len(asked))
        await asyncio.sleep(max(0.0, PACE_SECONDS - (time.monotonic() - began)))
    return sorted(problems)


def _new_words(batch: Batch, *, stored: dict[str, Disclosure]) -> Iterator[Words]:
    """Of rows that are up, the titles and texts that nobody could read before; names masked."""
    for record in batch.records(DISCLOSURES):
        item = stored.get(record.text("code"))
        known = words_of(item) if item is not None and item.is_active else ("", "")
        wanted = attributes(record)
        item = Disclosure(**wanted) if item is None else item.update_from_dict(wanted)
        if not item.is_active:
            continue
        for column, text, before in zip(SAID, words_of(item), known, strict=True):
            if text and text != before:
                yield Words(record, column, text)


async def _problem(
    words: Words, *, file: str, check: ContentCheck, is_reviewed: bool
) -> ImportProblem | None:
    try:
        await check([words.text], is_reviewed=is_reviewed)
    except ContentRefused as refused:
        said = UNSURE if isinstance(refused, ContentDoubtful) else UNFIT
        return ImportProblem(
            file=file,
            row=words.record.row,
            column=DISCLOSURES.column(words.column).header,
            value=refused.start,
            expected=said.format(kind=refused.kind),
        )
    except CheckerAway:
        raise ImportCheckerAway from None
    except ContentNotChecked:
        raise ImportNotChecked from None
    return None
