"""What happened with a report, in the order it happened, as the reader of its page is shown it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.case_file import texts
from console.case_file.photos import Photos
from console.reading import OpenedReport
from console.records import Words
from models.attachment import Attachment
from models.choices import AttachmentKind, AttachmentStatus
from press.setting import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`said` are labels, which may be empty, with their words; `pictures` stand below them."""

    at: datetime
    title: str
    who: str
    said: Words
    pictures: Sequence[Picture] = ()


def entries_of(it: OpenedReport, *, photos: Photos) -> Sequence[Entry]:
    found = [*_spoken(it, photos), *_written(it), *_asked(it), *_moved(it)]
    return sorted(found, key=lambda entry: entry.at)


def _spoken(it: OpenedReport, photos: Photos) -> Iterator[Entry]:
    heard = {said.id: said.text for said in it.said}
    for said in it.said:
        shown = [photos[file.id] for file in said.attachments if file.id in photos]
        pictures = [each for each in shown if each is not None]
        words = [("", said.text)]
        words += [("", _named(file, heard)) for file in said.attachments if photos.get(file.id) is None]
        if said.delivery is not None:
            words.append((texts.DELIVERED, said.delivery.words))
        yield Entry(at=said.at, title=texts.SAID, who=said.name, said=_kept(words), pictures=pictures)


def _named(file: Attachment, heard: Mapping[str, str]) -> str:
    """A file that does not stand on paper; of a voice, what staff heard in it."""
    name = texts.FILE.format(kind=file.kind.label, id=file.id)
    if file.status is not AttachmentStatus.STORED:
        return texts.NOT_KEPT.format(file=name)
    if file.kind is AttachmentKind.PHOTO:
        return texts.NOT_SHOWN.format(file=name)
    if file.kind is not AttachmentKind.VOICE:
        return texts.TO_LOOK_AT.format(file=name)
    if file.seconds:
        name = texts.LASTING.format(file=name, seconds=file.seconds)
    words = heard.get(file.words_id or "")
    return texts.HEARD.format(file=name, words=words) if words else texts.NOT_TYPED.format(file=name)


def _written(it: OpenedReport) -> Iterator[Entry]:
    for line in it.records:
        yield Entry(at=line.at, title=line.title, who=line.who, said=line.said)
        if line.answered_at is not None and (line.answered_by or line.answer):
            title = f"{line.title}：{line.outcome}"
            yield Entry(at=line.answered_at, title=title, who=line.answered_by, said=line.answer)
    for passed in it.referrals:
        yield Entry(at=passed.sent_at, title=passed.title, who=passed.who, said=passed.said)


def _asked(it: OpenedReport) -> Iterator[Entry]:
    for task in it.tasks:
        yield Entry(at=task.at, title=texts.LIAISON, who=task.liaison, said=[("", task.text)])


def _moved(it: OpenedReport) -> Iterator[Entry]:
    for reasons in it.reasons:
        said = [(texts.RULE, reasons.rule)]
        yield Entry(
            at=reasons.at,
            title=texts.BODY.format(cause=reasons.cause, body=reasons.body),
            who=reasons.by,
            said=_kept(said),
        )


def _kept(words: Words) -> Words:
    return [(label, said) for label, said in words if said.strip()]
