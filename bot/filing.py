"""`提交` to the end: the draft's pieces become one report."""

from dataclasses import dataclass
from datetime import datetime

from bot import texts
from bot.dialogue import State
from bot.effects import File
from bot.entering import Entries
from bot.ledger import pieces_of, without_pieces
from bot.limits import REPORTS_A_DAY
from bot.talks import Talk
from intake.draft import Draft, Identity, Location, chat_reporter
from intake.errors import CodeRetired
from intake.submit import submit
from models.choices import Channel
from organisation.chat_binding import liaison_in
from organisation.house import House
from organisation.receipts import grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that was said, in the order said."""

    text: str
    attachments: tuple[str, ...]
    location: Location | None
    has_words: bool


async def file(effect: File, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House) -> str:
    if talk.day_reports >= REPORTS_A_DAY:
        return texts.TOO_MANY_REPORTS.format(limit=REPORTS_A_DAY)
    entry = await entries.get(effect.entry)
    if entry is None:
        raise CodeRetired
    identity = await identity_of(effect, openid=openid, house=house)
    if effect.is_finding and identity is None:
        talk.state = talk.state._replace(is_finding=False)
        return texts.FINDING_LOST.format(choices=texts.choices(list(talk.state.offered)))
    gathered = await gather(talk)
    filed = await submit(
        Draft(
            entry=entry,
            level=effect.level,
            text=gathered.text,
            channel=Channel.CHAT,
            person_index=chat_reporter(openid, vault=house.vault),
            openid=openid,
            conversation_id=talk.id,
            identity=identity,
            attachments=gathered.attachments,
            has_words=gathered.has_words,
            location=gathered.location,
            avoid=frozenset({"liaison"} if effect.is_finding else ()),
        ),
        along=[without_pieces(talk.id)],
        house=house,
    )
    is_as_said = talk.state.is_nameless and identity is None
    talk.day_reports += 1
    talk.state = State(entry=talk.state.entry)
    was_said = texts.NAMELESS_AS_SAID if is_as_said else ""
    return was_said + texts.FILED.format(number=filed.number, receipt=grouped(filed.receipt))


async def identity_of(effect: File, *, openid: str, house: House) -> Identity | None:
    """A finding is signed with the liaison's own name, as it is in the mini-program."""
    if not effect.is_finding:
        return Identity(name=effect.name, phone=effect.phone) if effect.name else None
    liaison = await liaison_in(openid, house=house)
    return Identity(name=liaison.name, phone=liaison.phone) if liaison else None


async def gather(talk: Talk) -> Gathered:
    words: list[str] = []
    attachments: list[str] = []
    location: Location | None = None
    pieces = [
        talk.key.open_json(bytes(piece["sealed_body"]), place=f"draft_piece:{piece['id']}:body")
        for piece in await pieces_of(talk.id)
    ]
    for body in sorted(pieces, key=lambda body: int(body["place"])):
        if "attachment" in body:
            attachments.append(body["attachment"])
            continue
        if body["text"]:
            words.append(body["text"])
        if "latitude" in body:
            location = Location(latitude=body["latitude"], longitude=body["longitude"], label=body["text"])
    return Gathered(
        text="\n".join(words),
        attachments=tuple(attachments),
        location=location,
        has_words=any("attachment" not in body and "latitude" not in body for body in pieces),
    )
