"""What is recognised without the very name hides a report from that person, and does nothing else."""

import pytest

from routing import texts
from routing.decide import decide, explain_recused
from routing.facts import Facts, Subject

EAST = "990121100201"


def owner(organisation, **facts):
    return decide(Facts(**{"region_code": EAST, "level": "unknown", **facts}), organisation.table()).body


@pytest.mark.parametrize(
    ("said", "body"), [("高县令打过招呼", "CITY"), ("高现令打过招呼", "QH"), ("gao xianling打过招呼", "QH")]
)
def test_only_the_name_itself_tells_the_level(organisation, said, body):
    assert owner(organisation, text=said) == body


@pytest.mark.parametrize(
    "said",
    [
        "赵清合收了钱",
        "赵青河收了钱",
        "赵某河收了钱",
        "zhao qinghe收了钱",
        "镇纪委赵书记收了钱",
        "镇纪委书记收了钱",
    ],
)
def test_a_guess_hides_and_moves_where_nobody_free_is_left(organisation, said):
    facts = Facts(region_code=EAST, level="village", text=said)
    conflicts = explain_recused(facts, organisation.table())
    assert conflicts.causes["staff:1"] == "match"
    assert owner(organisation, level="village", text=said) == "YS-1"


def test_a_body_accused_in_the_words_does_not_get_the_matter(organisation):
    assert owner(organisation, level="village", text="镇纪委跟他们穿一条裤子") == "YS-1"
    assert owner(organisation, level="village", text="我向镇纪委反映过") == "QH"


def test_a_misspelled_subject_of_ours_still_counts_as_one_of_us(organisation):
    subject = Subject("赵清合", "书记", "清河镇纪委")
    assert owner(organisation, level="village", subject=subject) == "YS-GB"


def test_a_recusal_from_somebody_guessed_can_be_dismissed_and_keeps_its_reason_to_itself(organisation):
    table = organisation.table(organisation.recusals(("钱小川", "person", "王建国")))
    named = explain_recused(Facts(region_code=EAST, text="王建国占地"), table)
    assert (named.causes["staff:2"], named.people["staff:2"]) == ("recusal", "登记的回避：近亲属")
    for said in ("王书记占地", "王建郭占地", "村支书占地"):
        facts = Facts(region_code=EAST, text=said)
        guessed = explain_recused(facts, table)
        assert (guessed.causes["staff:2"], guessed.people["staff:2"]) == ("match", texts.MATCH_RECUSED), said
    dismissed = {"staff:2": texts.MATCH_RECUSED}
    assert not explain_recused(Facts(region_code=EAST, text="王书记占地", cleared=dismissed), table).people
    assert explain_recused(Facts(region_code=EAST, text="王建国占地", cleared=dismissed), table).people
