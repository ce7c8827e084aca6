"""However WeChat repeats, delays and doubles its pushes, each report is filed once and each repeat answered alike."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import texts
from bot.incoming import Incoming
from bot.turnstile import Turnstile
from intake.draft import chat_reporter
from models.message import Message
from models.report import Report
from organisation.house import House
from tests.bot.chatting import NUMBER, a_turnstile
from tests.factories import make_entry, make_organisation
from tests.properties.soaking import SOAK, examples

PATIENCE_SECONDS = 120 * SOAK
_ids = count(88_100_000_000_000_001)

WORDS = st.lists(
    st.sampled_from(["低保名单不对", "修路款对不上", "树苗没发", "饭钱多收"]), min_size=1, max_size=3
)


@dataclass(frozen=True)
class Telling:
    """One villager's story: `order` permutes what is said, `copies` how often and `where` each push arrives."""

    words: list[str]
    is_named: bool
    order: list[int]
    copies: list[tuple[int, int]]
    late: list[int]

    @property
    def is_in_order(self) -> bool:
        return self.order == sorted(self.order)

    @property
    def said(self) -> list[str]:
        ending = ["实名提交", "林秋水", "13912345678"] if self.is_named else ["匿名提交"]
        return ["", *self.words, "提交", "村干部", *ending]


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    words, is_named = draw(WORDS), draw(st.booleans())
    length = len(Telling(words, is_named, [], [], []).said)
    # two in three say things in their order: only those must end in a report
    in_order = draw(st.integers(0, 2)) > 0
    order = list(range(length)) if in_order else draw(st.permutations(range(length)))
    copies = draw(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 1)), min_size=length, max_size=length))
    late = draw(st.lists(st.integers(0, length - 1), min_size=length, max_size=length))
    return Telling(words, is_named, order, copies, late)


@pytest.fixture
async def turnstiles(house: House, world_name: str) -> AsyncIterator[list[Turnstile]]:
    """Two on PostgreSQL, as two processes have; SQLite has one process."""
    await make_organisation(house)
    async with a_turnstile(house) as one, a_turnstile(house) as other:
        yield [one, one if world_name == "sqlite" else other]


class Teller:
    def __init__(self, telling: Telling, *, code: str, turnstiles: list[Turnstile]) -> None:
        self.telling = telling
        self.openid = f"o-teller-{next(_ids)}"
        self.turnstiles = turnstiles
        self.answers: dict[int, str] = {}
        self.pushes = [self._push(text, code=code) for text in telling.said]

    def _push(self, text: str, *, code: str) -> Incoming:
        number = next(_ids)
        if not text:
            return Incoming(
                openid=self.openid,
                to="gh",
                at=number % 10**9,
                kind="event",
                event="scan",
                event_key=code,
                raw={},
            )
        return Incoming(
            openid=self.openid, to="gh", at=number % 10**9, kind="text", text=text, msg_id=str(number), raw={}
        )

    async def tell(self) -> None:
        for step, index in enumerate(self.telling.order):
            copies, where = self.telling.copies[step]
            deliveries = [self._deliver(index, where + copy) for copy in range(copies)]
            late = self.telling.order[self.telling.late[step] % (step + 1)]
            deliveries.append(self._deliver(late, where + 1))
            await asyncio.gather(*deliveries)

    async def _deliver(self, index: int, where: int) -> None:
        answer = await self.turnstiles[where % 2].take(self.pushes[index])
        assert answer not in (texts.BUSY, texts.UNSURE, texts.KEPT_FOR_LATER), (
            self.telling.said[index],
            answer,
        )
        assert self.answers.setdefault(index, answer) == answer

    @property
    def numbers(self) -> set[str]:
        return {found[1] for answer in self.answers.values() if (found := NUMBER.search(answer))}


async def words_of(report: Report, *, house: House) -> str:
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    message = await Message.get(report_id=report.id)
    return key.open_text(bytes(message.sealed_text), place=f"message:{message.id}:text")


@pytest.mark.timeout(PATIENCE_SECONDS)
@examples(20)
@given(told=st.lists(tellings(), min_size=1, max_size=5))
async def test_each_report_is_filed_once(
    house: House, turnstiles: list[Turnstile], told: list[Telling]
) -> None:
    entry = await make_entry()
    tellers = [Teller(telling, code=entry.code, turnstiles=turnstiles) for telling in told]
    await asyncio.gather(*(teller.tell() for teller in tellers))
    for teller in tellers:
        mine = await Report.filter(reporter_index=chat_reporter(teller.openid, vault=house.vault))
        # every report was answered with its number, and every number answered is a report
        assert sorted(report.number for report in mine) == sorted(teller.numbers)
        if teller.telling.is_in_order:
            assert [await words_of(report, house=house) for report in mine] == [
                "\n".join(teller.telling.words)
            ]
            assert mine[0].is_named == teller.telling.is_named
