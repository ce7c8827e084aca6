"""How well the matcher finds who is meant, on labelled reports; and that no text upsets it."""

import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing import texts
from routing.facts import Facts, Subject
from routing.matching import match_people
from tests.routing.labelled.beyond import make_table
from tests.routing.labelled.cases import FILES, count, read_cases

RECALL, PRECISION = 0.95, 0.90
EXAMPLES = int(os.environ.get("MASHANG_TEST_EXAMPLES", "300")) * int(os.environ.get("MASHANG_SOAK", "1"))
EAST = "980121100201"
TABLE = make_table()
PIECES = [
    "张大力",
    "王书记",
    "zhang da li",
    "镇纪委",
    "某",
    "x",
    "*",
    "收了钱",
    "。",
    "\n",
    " ",
    "村支书",
    "張",
    "李建果",
    "的",
]


@pytest.mark.parametrize("name", FILES)
def test_enough_are_found_and_few_wrongly(name: str) -> None:
    counts = count(FILES[name], TABLE)
    whole = counts["all"]
    assert whole.recall >= RECALL, whole.wrong
    assert whole.precision >= PRECISION, whole.wrong
    for kind, each in counts.items():
        assert each.recall >= 0.8, (kind, each.wrong)


def test_the_set_is_large_enough_and_held_out_in_part() -> None:
    tuned, held_out = (list(read_cases(file, TABLE)) for file in FILES.values())
    assert len(tuned) + len(held_out) >= 300
    assert len(held_out) >= 100
    seen = {(case.facts.region_code, case.facts.text) for case in tuned if not case.facts.subject}
    assert not seen & {
        (case.facts.region_code, case.facts.text) for case in held_out if not case.facts.subject
    }
    nobody = sum(not case.meant for case in (*tuned, *held_out))
    assert nobody >= 100


def found(text: str, **more: object) -> dict[str, tuple[str, bool]]:
    facts = Facts(region_code=EAST, text=text, **more)
    return {match.node.name: (match.reason, match.is_certain) for match in match_people(facts, TABLE)}


def test_every_match_says_why() -> None:
    assert found("张大力收了钱") == {"张大力": (texts.MATCH_WORDS, True)}
    assert found("张达力收了钱")["张大力"] == (texts.MATCH_SOUND.format(said="张达力"), False)
    assert found("张dali收了钱")["张大力"] == (texts.MATCH_TYPED.format(said="张dali"), False)
    assert found("镇纪委张某力收了钱")["张大力"] == (texts.MATCH_MASK.format(said="张某力"), False)
    assert found("镇纪委的张书记来过")["张大力"] == (texts.MATCH_TITLE.format(said="张书记"), False)
    assert found("村支书占地")["王建国"] == (texts.MATCH_HOLDER.format(said="村支书"), False)
    assert found("王大头占地")["王建国"] == (texts.MATCH_ALIAS, True)
    assert found("镇纪委收了钱")["清河镇纪委"] == (texts.MATCH_BODY.format(said="镇纪委"), False)


def test_a_guess_dismissed_leaves_the_name_itself() -> None:
    dismissed = {"staff:1": texts.MATCH_SOUND.format(said="张达力")}
    assert found("张达力收了钱", cleared=dismissed) == {}
    assert found("张大力收了钱", cleared=dismissed) == {"张大力": (texts.MATCH_WORDS, True)}
    assert found("张大力收了钱", cleared={"staff:1": texts.MATCH_WORDS}) == {}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=200).map("".join), st.data())
def test_no_text_raises_nor_takes_long(text: str, data: st.DataObject) -> None:
    subject = Subject(*(data.draw(st.text(max_size=12) | st.sampled_from(PIECES)) for _ in range(3)))
    text = (text * 20)[:2000]
    facts = Facts(region_code=EAST, text=text, subject=subject)
    match_people(facts, TABLE)  # readings of characters never seen before are learnt once
    began = time.process_time()
    again = match_people(facts, TABLE)
    took = time.process_time() - began
    assert took < 0.05 or _least(facts) < 0.05
    assert again == match_people(facts, TABLE)


def _least(facts: Facts) -> float:
    """Of five more: another process may have had the processor's caches."""
    taken = []
    for _ in range(5):
        began = time.process_time()
        match_people(facts, TABLE)
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize(
    "piece", [*PIECES, "王", "﷽", "a", "zhangdali", "张某", "县", "纪委", "\U0001f468\u200d"]
)
def test_one_thing_over_and_over_takes_no_longer(piece: str) -> None:
    facts = Facts(region_code=EAST, text=(piece * 2000)[:2000])
    match_people(facts, TABLE)
    assert _least(facts) < 0.2
