"""Whatever is pushed in whatever order: the bot answers, and every word it said it had noted is kept."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import texts
from bot.dialogue import MAX_PIECES, Said, State, step
from bot.effects import Note
from bot.filing import gather
from bot.incoming import _clean
from bot.ledger import Ledger
from bot.turnstile import Turnstile
from models.attachment import Attachment
from models.conversation import Conversation
from models.message import Message
from models.report import Report
from organisation.house import House
from tests.bot.chatting import NUMBER, Villager, a_turnstile
from tests.factories import make_entry, make_organisation
from tests.properties.soaking import SOAK, examples

COMMANDS = ["提交", "取消", "查询", "帮助", "菜单", "人工", "反映问题"]
LABELS = ["村干部", "不针对个人", "纪检监察干部", "说不清", "匿名提交", "实名提交"]
TYPED = st.one_of(
    st.sampled_from(COMMANDS),
    st.sampled_from(LABELS),
    st.sampled_from([str(number) for number in range(9)]),
    st.sampled_from(["林秋水", "13912345678", "1234 5678 9012 3456", "绑定", "绑定 1 2", "７"]),
    st.text(min_size=1, max_size=30),
)
PUSHES = st.one_of(
    TYPED.map(lambda text: {"kind": "text", "text": text}),
    st.sampled_from([{"kind": "image", "media_id": "m-1"}, {"kind": "voice", "media_id": "m-2"}]),
    st.builds(
        lambda label: {"kind": "location", "latitude": 30.1, "longitude": 101.2, "label": label},
        st.sampled_from(["", "村口"]),
    ),
    st.sampled_from(["CODE", "CODE", "CODE", "", "NONSENSE"]).map(
        lambda key: {"kind": "event", "event": "scan", "event_key": key}
    ),
    st.sampled_from(["subscribe", "unsubscribe", "view", "click", "templatesendjobfinish"]).map(
        lambda event: {"kind": "event", "event": event, "event_key": ""}
    ),
    st.sampled_from([{"kind": "link"}, {"kind": "unknown"}, {"kind": "video", "media_id": ""}]),
)
LIKELY = ["CODE", "路灯坏了", "饭钱多收", "提交", "村干部", "匿名提交"]


@dataclass
class Kept:
    """What the bot has said it noted and neither filed nor, when asked, forgot."""

    texts: list[str] = field(default_factory=list)
    media: int = 0

    def hear(self, push: dict[str, object], answer: str) -> None:
        if "已取消，刚才说的" in answer or push.get("event") == "unsubscribe":
            self.texts, self.media = [], 0
        if answer.startswith(("记下了", texts.WHO_AGAIN.strip())):
            if push["kind"] in ("text", "location"):
                self.texts.append(str(push.get("text") or push.get("label") or ""))
            else:
                self.media += 1

    @property
    def words(self) -> str:
        return "\n".join(text for text in self.texts if text)


@pytest.fixture
async def turnstile(house: House) -> AsyncIterator[Turnstile]:
    await make_organisation(house)
    async with a_turnstile(house) as made:
        yield made


@st.composite
def stories(draw: st.DrawFn) -> list[dict[str, object]]:
    """The likely way to a report, with anything at all in between."""
    pushes: list[dict[str, object]] = []
    for likely in draw(st.sampled_from([LIKELY, LIKELY * 2, []])):
        pushes += draw(st.lists(PUSHES, max_size=2))
        if likely == "CODE":
            pushes.append({"kind": "event", "event": "scan", "event_key": likely})
        else:
            pushes.append({"kind": "text", "text": likely})
    return pushes + draw(st.lists(PUSHES, max_size=8))


async def words_filed(number: str, *, house: House) -> tuple[str, int]:
    report = await Report.get(number=number)
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    message = await Message.get(report_id=report.id)
    words = key.open_text(bytes(message.sealed_text), place=f"message:{message.id}:text")
    return words, await Attachment.filter(report_id=report.id).count()


async def drafted(openid: str, *, house: House) -> tuple[str, int]:
    index = house.vault.index("oa", openid)
    talks = await Ledger(house.vault).lock({index: openid}, at=house.clock.now())
    gathered = await gather(talks[index])
    return gathered.text, len(gathered.attachments)


@pytest.mark.timeout(120 * SOAK)
@examples(60)
@given(story=stories(), person=st.integers(0, 2**60))
async def test_what_was_noted_is_kept(
    house: House, turnstile: Turnstile, story: list[dict[str, object]], person: int
) -> None:
    entry = await make_entry()
    villager = Villager(turnstile, f"o-{person}-{entry.code}")
    kept = Kept()
    for push in story:
        given_push = dict(push)
        if given_push.get("event_key") == "CODE":
            given_push["event_key"] = entry.code
        if isinstance(given_push.get("text"), str):
            # as the callback hands it over: parse() cleans controls and outer blanks
            given_push["text"] = cleaned(str(given_push["text"]))
        answer = await villager.push(**given_push)
        assert answer not in (texts.BUSY, texts.UNSURE, texts.KEPT_FOR_LATER), push
        found = NUMBER.search(answer)
        if found and answer.startswith(texts.CONSULT_BEGUN.partition("{")[0]):
            # a conversation with staff has words of its own: the draft stays as it is
            assert (await words_filed(found[1], house=house))[0] == str(given_push.get("text", ""))
        elif found and "回执码：" in answer:
            assert await words_filed(found[1], house=house) == (kept.words, kept.media)
            kept = Kept()
        else:
            kept.hear(given_push, answer)
        assert answer or given_push["kind"] in ("event", "text")
    assert await drafted(villager.openid, house=house) == (kept.words, kept.media)
    assert await Conversation.filter(person_index=house.vault.index("oa", villager.openid)).count() <= 1


def cleaned(text: str) -> str:
    return _clean(text).strip()


@pytest.mark.parametrize("stage", [[], ["提交"], ["提交", "村干部"], ["提交", "村干部", "实名提交"]])
def test_a_full_draft_says_at_every_stage_that_it_is_full(stage: list[str]) -> None:
    state = State(entry="CODE", pieces=MAX_PIECES)
    for text in stage:
        state = step(state, Said(text=text)).state
    turn = step(state, Said(note=Note(kind="image", media_id="m-1")))
    assert turn.note is None and turn.answer == texts.TOO_LONG_A_DRAFT.format(limit=MAX_PIECES)
