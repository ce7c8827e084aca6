"""The quick way: turns that change only what was said and where one stands, kept together in one trip.

They are worked out on conversations as last seen, without a lock, and written only where these still are so and
the push is new: else nothing is written, and the careful way (`bot.careful`) takes the whole group.
"""

from collections.abc import Sequence

from bot.dialogue import Turn
from bot.effects import Enter
from bot.group import Group
from bot.keeping_media import MEDIA_KINDS
from bot.saying import scanned_code, turn_of
from bot.waiting import Waiting


class QuickGroup(Group):
    """Whoever needs more than words, and what they say after it, is left to the careful way."""

    async def work_off(self, group: Sequence[Waiting]) -> dict[str, str]:
        """Answers by inbox key; raises `Stale`, and then nothing was kept."""
        talks = await self._ledger.find({one.person_index for one in group})
        await self._entries.read({code for one in group if (code := scanned_code(one.incoming))})
        left: set[str] = set()
        for one in group:
            if one.key in self._answers or one.person_index in left:
                continue
            talk = talks[one.person_index]
            turn = turn_of(talk.state, one.incoming, ear=self._ear)
            if needs_care(turn):
                left.add(one.person_index)
            else:
                await self._take(one, talk, turn)
        if self._touched:
            await self._ledger.keep_whole(
                talks=self._touched.values(),
                openids={one.person_index: one.incoming.openid for one in group},
                pieces=self._pieces,
                inbox=self._inbox,
                at=self._at,
            )
            self.is_kept()
        return self._answers


def needs_care(turn: Turn) -> bool:
    """Whether more is to be done than to keep words and a state."""
    is_more = turn.effect is not None and not isinstance(turn.effect, Enter)
    return is_more or (turn.note is not None and turn.note.kind in MEDIA_KINDS)
