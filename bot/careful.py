"""The careful way: conversations locked and read anew, earlier answers looked for, anything may be done."""

from collections.abc import Sequence
from datetime import datetime

from bot import texts
from bot.doing import perform
from bot.effects import Answer, Consult, Effect, File
from bot.entering import Entries
from bot.group import Group
from bot.ledger import Ledger, day_of
from bot.saying import scanned_code, turn_of
from bot.talks import Talk
from bot.waiting import Waiting
from organisation.house import House


class CarefulGroup(Group):
    """Works inside the caller's transaction; `wakes` names who has work once it commits."""

    def __init__(self, house: House, ledger: Ledger, entries: Entries, *, at: datetime) -> None:
        super().__init__(house, ledger, entries, at=at)
        self.wakes: set[str] = set()

    async def work_off(self, group: Sequence[Waiting]) -> dict[str, str]:
        """Answers by inbox key; a push that was answered before gets the same answer and does nothing."""
        talks = await self._ledger.lock({one.person_index: one.incoming.openid for one in group}, at=self._at)
        await self._entries.read({code for one in group if (code := scanned_code(one.incoming))})
        answered = await self._ledger.answered({one.key for one in group})
        for one in group:
            talk = talks[one.person_index]
            if one.key in answered:
                self._answers[one.key] = _given(talk, one.key, answered[one.key])
            elif one.key not in self._answers:
                await self._take(one, talk, turn_of(talk.state, one.incoming, ear=self._ear))
        talks_touched = list(self._touched.values())
        await self._ledger.keep(talks=talks_touched, pieces=self._pieces, inbox=self._inbox, at=self._at)
        return self._answers

    def is_committed(self) -> None:
        self._ledger.are_committed(self._touched.values())
        self.is_kept()

    async def _perform(self, effect: Effect, one: Waiting, talk: Talk) -> str:
        # what was said earlier in this very group must be there to be filed or forgotten
        await self._ledger.keep(pieces=self._pieces, at=self._at)
        self._pieces.clear()
        if isinstance(effect, File | Consult | Answer):
            self.wakes.add("outbox")
        return await perform(
            effect,
            talk=talk,
            openid=one.incoming.openid,
            at=self._at,
            entries=self._entries,
            house=self._house,
        )


async def set_aside(one: Waiting, *, ledger: Ledger, at: datetime) -> str:
    """Keeps a message that no code of ours could work off, sealed, for somebody to look at."""
    talks = await ledger.lock({one.person_index: one.incoming.openid}, at=at)
    talk = talks[one.person_index]
    body = talk.key.seal_json(dict(one.incoming.raw), place=f"inbox:{one.key}:body")
    answer = talk.key.seal_text(texts.KEPT_FOR_LATER, place=f"inbox:{one.key}:answer")
    await ledger.keep(inbox=[(one.key, talk.id, answer, body, day_of(at))], at=at)
    return texts.KEPT_FOR_LATER


def _given(talk: Talk, key: str, row: tuple[str, bytes | None]) -> str:
    """The answer a repeated push was given the first time."""
    talk_id, sealed = row
    if sealed is None or talk_id != talk.id:
        return ""
    return talk.key.open_text(bytes(sealed), place=f"inbox:{key}:answer")
