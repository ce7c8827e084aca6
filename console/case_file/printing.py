"""A case file set in pages, in memory alone: what people said lies unsealed on no disk."""

import asyncio
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.case_file import texts
from console.case_file.entries import Entry
from console.records import Line, Words
from press.lettering import plain_lettering
from press.pdf import PdfFile
from press.setting import GREY, Setting

MOST_PAGES: Final = 500
AT_ONCE: Final = asyncio.Semaphore(2)
"""Cutting the font takes a second of the machine, and photos some megabytes."""
Moment = Callable[[datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """`cover` are labels with their words, `note` what stands below them."""

    number: str
    body: str
    cover: Words
    note: str
    entries: Sequence[Entry]
    documents: Sequence[Line]


async def printed(file: CaseFile, *, moment: Moment) -> io.BytesIO:
    """A PDF; it stands at its end. Call under `AT_ONCE`."""
    return await asyncio.to_thread(_printed, file, moment)


def _printed(file: CaseFile, moment: Moment) -> io.BytesIO:
    out, letters = io.BytesIO(), plain_lettering()
    foot = texts.FOOT.replace("{number}", file.number)
    setting = Setting(PdfFile(out, lettering=letters), lettering=letters, foot=foot)
    _cover(setting, file)
    _timeline(setting, file.entries, moment=moment)
    for line in file.documents:
        _document(setting, line, number=file.number, moment=moment)
    if setting.missing:
        setting.gap(4)
        setting.paragraph(texts.MISSING.format(count=setting.missing), points=9, fill=GREY)
    setting.finish()
    return out


def _cover(setting: Setting, file: CaseFile) -> None:
    setting.new_page()
    setting.paragraph(texts.CONFIDENTIAL, points=11, is_bold=True)
    setting.gap(45)
    setting.paragraph(texts.TITLE, points=30, is_bold=True, is_centred=True)
    setting.gap(6)
    setting.paragraph(file.body, points=15, is_centred=True)
    setting.gap(16)
    for label, words in file.cover:
        setting.paragraph(texts.PAIR.format(label=label, words=words), points=12, indent=14)
    setting.gap(8)
    setting.paragraph(file.note, points=10, fill=GREY, indent=14)


def _timeline(setting: Setting, entries: Sequence[Entry], *, moment: Moment) -> None:
    setting.new_page()
    setting.heading(texts.TIMELINE)
    for entry in entries:
        if setting.pages >= MOST_PAGES:
            setting.paragraph(texts.CUT, is_bold=True)
            return
        head = texts.ENTRY.format(at=moment(entry.at), title=entry.title, who=entry.who)
        setting.paragraph(head, points=11, is_bold=True)
        _said(setting, entry.said)
        if entry.pictures:
            setting.gap(1)
            setting.pictures(entry.pictures, indent=6)
        setting.gap(3)


def _document(setting: Setting, line: Line, *, number: str, moment: Moment) -> None:
    setting.new_page()
    setting.paragraph(line.title, points=20, is_bold=True, is_centred=True)
    setting.gap(8)
    setting.paragraph(texts.PAIR.format(label=texts.NUMBER, words=number))
    _said(setting, line.said)
    setting.paragraph(texts.WRITTEN.format(who=line.who, at=moment(line.at)), points=10, fill=GREY)
    setting.gap(20)
    setting.paragraph(texts.SIGN)


def _said(setting: Setting, said: Words) -> None:
    for label, words in said:
        text = texts.PAIR.format(label=label, words=words) if label else words
        setting.paragraph(text, indent=6)
