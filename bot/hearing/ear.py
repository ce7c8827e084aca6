"""The ear of the conversation: what one organisation's villagers may mean by their words."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.hearing import texts
from bot.hearing.areas import guessed
from bot.hearing.sayings import STANDARD, Sayings
from bot.hearing.villages import SURE, Gazetteer
from organisation.live import NO_ORGANISATION
from organisation.sayings import Words, standard_words
from routing.names.spelling import read
from routing.table import RoutingTable

MOST_OFFERED: Final = 7
SHORT_WAIT_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Heard:
    """Codes of villages that may be meant, the likeliest first; `rest` is what else was said, in the plain spelling.

    `is_sure`: the first is meant, or somebody would have to misspell it. `is_all`: nothing else was said.
    `towns`: the townships named when no village was.
    """

    villages: tuple[str, ...] = ()
    is_sure: bool = False
    is_all: bool = False
    rest: str = ""
    towns: tuple[str, ...] = ()


NOTHING: Final = Heard()


class Ear:
    """Made for one `RoutingTable` and the words that count with it; another version gets another ear."""

    def __init__(self, table: RoutingTable, sayings: Sayings = STANDARD) -> None:
        self.table = table
        self.sayings = sayings
        self._gazetteer: Gazetteer | None = None

    def learn(self) -> Gazetteer:
        """The names of all villages: seconds for a province, so do it beside the loop."""
        if self._gazetteer is None:
            self._gazetteer = Gazetteer(self.table)
        return self._gazetteer

    def place(self, text: str) -> Heard:
        gazetteer = self.learn()
        found = gazetteer.villages(text)
        if not found:
            towns = tuple(gazetteer.towns(text))
            return Heard(towns=towns, is_all=self._is_all(read(text).text, towns[0])) if towns else NOTHING
        best = found[0].sureness
        likely = [one for one in found if one.sureness == best] if best >= SURE else found
        first = likely[0]
        spelled = read(text).text
        around = spelled[: first.start] + spelled[first.end :]
        return Heard(
            villages=tuple(one.code for one in likely[: MOST_OFFERED + 1]),
            is_sure=len(likely) == 1 and best >= SURE,
            is_all=self._is_all(around, first.code),
            rest=around,
        )

    def _is_all(self, words: str, code: str) -> bool:
        """Whether `words` say nothing but where `code` is."""
        path = "".join(self.table.names_of(code))
        return all(char in texts.FILLERS or char in path for char in words)

    def areas(self, text: str, *, otherwise: Sequence[str] = ()) -> list[str]:
        """All codes, those the words speak of first, the others in the order of `otherwise` if it has them all."""
        first = guessed(text, areas=self.table.areas, words=self.table.area_words)
        rest = otherwise if set(otherwise) == set(self.table.areas) else self.table.areas
        return first + [code for code in rest if code not in first]

    def label(self, code: str) -> str:
        """A village with its township, as it is offered."""
        names = self.table.names_of(code)
        return "".join(names[-2:])

    def villages_of(self, town: str) -> Sequence[str]:
        return [node.code for node in self.table.tree.nodes.villages() if node.parent == town]


DEAF: Final = Ear(NO_ORGANISATION)


class Ears:
    """The ear of the organisation as it is now; of a changed one as soon as its villages are learnt."""

    def __init__(self) -> None:
        self.now = DEAF
        self._learning: asyncio.Task[None] | None = None

    async def follow(self, table: RoutingTable, *, words: Words | None = None) -> None:
        """Learns beside the loop, which has people waiting; only the very first villages are waited for to the end."""
        if self.now.table is table:
            return
        learning = self._learning
        if learning is None or learning.done():
            learning = self._learning = asyncio.create_task(self._learn(table, words or standard_words()))
            await asyncio.wait((learning,), timeout=SHORT_WAIT_SECONDS)
        if self.now is DEAF:
            await asyncio.wait((learning,))
        if learning.done():
            learning.result()

    async def _learn(self, table: RoutingTable, words: Words) -> None:
        ear = Ear(table, Sayings.of(words))
        await asyncio.to_thread(ear.learn)
        self.now = ear
