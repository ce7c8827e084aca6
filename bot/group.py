"""Many people's messages worked off together: what the quick and the careful way have in common."""

from datetime import datetime
from typing import Any

from bot.dialogue import Turn
from bot.doing import keep_note
from bot.effects import Effect, Enter
from bot.entering import Entries, enter
from bot.hearing.ear import Ear
from bot.ledger import Ledger, day_of
from bot.limits import moment_of, refusal
from bot.paging import fitting
from bot.saying import window_of
from bot.talks import Talk
from bot.waiting import Waiting
from models.fields import to_millis
from organisation.house import House


class Group:
    """Rows gathered and answers given by one group's turns, until they are kept."""

    def __init__(self, house: House, ledger: Ledger, entries: Entries, *, at: datetime) -> None:
        self._house = house
        self._ledger = ledger
        self._entries = entries
        self._at = at
        self._millis = to_millis(at)
        self._day = day_of(at)
        self._moment = moment_of(at, timezone=house.timezone)
        self._inbox: list[tuple[Any, ...]] = []
        self._pieces: list[tuple[Any, ...]] = []
        self._answers: dict[str, str] = {}
        self._touched: dict[str, Talk] = {}
        self._scanned: list[str] = []

    @property
    def _ear(self) -> Ear:
        """To be asked for once the entries were read."""
        return self._entries.ears.now

    def is_kept(self) -> None:
        """A scan counts once its answer is kept: of a push that came again nothing is."""
        for code in self._scanned:
            self._house.scans.add(code)

    async def _take(self, one: Waiting, talk: Talk, turn: Turn) -> None:
        """One message, `turn` being what it means where `talk` stands."""
        self._touched[talk.id] = talk
        is_event = one.incoming.kind == "event"
        answer = "" if is_event else refusal(talk, at=self._moment)
        if not answer:
            answer = fitting(await self._converse(one, talk, turn), talk=talk)
        sealed = talk.key.seal_text(answer, place=f"inbox:{one.key}:answer") if answer else None
        self._inbox.append((one.key, talk.id, sealed, None, self._day))
        self._answers[one.key] = answer

    async def _converse(self, one: Waiting, talk: Talk, turn: Turn) -> str:
        window = window_of(one.incoming)
        if window is not None:
            talk.open_window(window, now=self._millis)
        if turn.note is not None:
            place = turn.state.pieces
            piece = await keep_note(turn.note, talk=talk, place=place, at=self._at, house=self._house)
            self._pieces.append(piece)
        talk.state = turn.state
        if turn.effect is None:
            return turn.answer
        if isinstance(turn.effect, Enter):
            if await self._entries.get(turn.effect.code) is not None:
                self._scanned.append(turn.effect.code)
            return turn.answer or await enter(
                turn.effect, talk=talk, entries=self._entries, house=self._house
            )
        done = await self._perform(turn.effect, one, talk)
        return turn.answer or done

    async def _perform(self, effect: Effect, one: Waiting, talk: Talk) -> str:
        raise NotImplementedError
