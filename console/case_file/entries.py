"""What happened with a report, in the order it happened, as the reader of its page is shown it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.case_file import texts
from console.reading import OpenedReport
from console.records import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`said` are labels, which may be empty, with their words."""

    at: datetime
    title: str
    who: str
    said: Words


def entries_of(it: OpenedReport) -> Sequence[Entry]:
    found = [*_spoken(it), *_written(it), *_asked(it), *_moved(it)]
    return sorted(found, key=lambda entry: entry.at)


def _spoken(it: OpenedReport) -> Iterator[Entry]:
    for said in it.said:
        files = texts.ATTACHED.format(
            files=texts.AND.join(f"{file.kind.label} {file.id}" for file in said.attachments)
        )
        words = [("", said.text), ("", files if said.attachments else "")]
        if said.delivery is not None:
            words.append((texts.DELIVERED, said.delivery.words))
        yield Entry(at=said.at, title=texts.SAID, who=said.name, said=_kept(words))


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
