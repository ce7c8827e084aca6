"""Carries out what a turn asks for, inside the turn's transaction; answers with the sentence to say."""

import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final

from tortoise.transactions import in_transaction

from bot.acting import act, more, unlink
from bot.asking import look
from bot.binding import bind
from bot.consulting import consult
from bot.discarding import forget
from bot.effects import (
    Act,
    Answer,
    Ask,
    Away,
    Bind,
    ChangePiece,
    ComeBack,
    Consult,
    Discard,
    DropPiece,
    Effect,
    EnterAt,
    File,
    Finding,
    GatherFile,
    Leave,
    Look,
    Mine,
    More,
    Note,
    Open,
    OpenTask,
    Policies,
    Policy,
    Round,
    ShowDraft,
    Tasks,
    Telephone,
    Unbind,
    Unlink,
)
from bot.entering import Entries, enter_at, telephone
from bot.filing import file
from bot.keeping_media import MEDIA_KINDS
from bot.leaving import come_back, leave
from bot.mending import alter_piece, drop_piece, show_draft
from bot.my_reports import ask, mine, open_one
from bot.policies import policies, policy
from bot.posts import away, finding, unbind
from bot.rounding import go_round
from bot.talks import Talk
from bot.tasks import answer, gather_file, open_task, tasks
from intake.attachments import expect_media
from models.errors import DomainError
from models.fields import new_id, to_millis
from organisation.house import House


async def perform(
    effect: Effect, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """A refusal of the domain undoes what the effect began and becomes the answer."""
    state = talk.state
    try:
        async with contextlib.nullcontext() if isinstance(effect, UNDO_THEMSELVES) else in_transaction():
            return await DOING[type(effect)](
                effect, talk=talk, openid=openid, at=at, entries=entries, house=house
            )
    except DomainError as refusal:
        talk.state = state
        return refusal.message


async def keep_note(
    note: Note, *, talk: Talk, place: int, at: datetime, house: House
) -> tuple[str, str, str, bytes, int]:
    """A row for `draft_piece`; `place` is its place among the draft's pieces, whatever the clocks say."""
    body: dict[str, Any] = {"text": note.text}
    if note.kind in MEDIA_KINDS:
        kind = MEDIA_KINDS[note.kind]
        expected = await expect_media(note.media_id, kind=kind, house=house, conversation_id=talk.id)
        body = {"attachment": expected.id}
    elif note.kind == "place":
        body |= {"latitude": note.latitude, "longitude": note.longitude}
    body["place"] = place
    piece_id = new_id()
    sealed = talk.key.seal_json(body, place=f"draft_piece:{piece_id}:body")
    return piece_id, talk.id, note.kind, sealed, to_millis(at)


# these only read, or keep nothing outside a transaction of their own before they may be refused
UNDO_THEMSELVES: Final = (Look, Telephone, EnterAt, File, Mine, Open, Ask, More, Policies, Policy, ShowDraft)
DOING: Final[dict[type[Any], Callable[..., Awaitable[str]]]] = {
    Telephone: telephone,
    EnterAt: enter_at,
    Consult: consult,
    File: file,
    Tasks: tasks,
    OpenTask: open_task,
    GatherFile: gather_file,
    Answer: answer,
    Away: away,
    Unbind: unbind,
    Finding: finding,
    Look: look,
    Discard: forget,
    DropPiece: drop_piece,
    ShowDraft: show_draft,
    ChangePiece: alter_piece,
    Bind: bind,
    Leave: leave,
    ComeBack: come_back,
    Mine: mine,
    Open: open_one,
    Act: act,
    Ask: ask,
    More: more,
    Unlink: unlink,
    Policies: policies,
    Policy: policy,
    Round: go_round,
}
