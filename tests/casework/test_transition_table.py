"""The table of domain.md §5, held against itself."""

from itertools import product

import pytest

from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import OPEN, TABLE, Who, is_legal, next_status, part_of
from models.choices import Status


def test_every_action_has_a_name_and_every_actor_too():
    assert TABLE.keys() == texts.ACTIONS.keys()
    assert {str(who) for who in Who} == texts.WHO.keys()


def test_every_status_is_reached_from_filing():
    reached = {Status.RECEIVED}
    while True:
        further = {to for row in TABLE.values() if row.starts & reached for to in row.to}
        if further <= reached:
            break
        reached |= further
    assert reached == set(Status)


def test_nothing_leaves_a_closed_report_and_everything_else_can_go_on():
    for action, row in TABLE.items():
        # it is looked back at, and stays closed
        assert Status.CLOSED not in row.starts or row.to == (), action
    for status in set(Status) - {Status.CLOSED}:
        assert any(status in row.starts for row in TABLE.values())


@pytest.mark.parametrize("action", sorted(TABLE))
def test_what_is_offered_is_what_is_accepted(action):
    for status, role in product(Status, [*map(str, Who), "operator", "approver"]):
        try:
            next_status(action, status=status, role=role)
        except TransitionNotAllowed as refusal:
            assert not is_legal(action, status=status, role=role)
            assert refusal.message and "{" not in refusal.message
        else:
            assert is_legal(action, status=status, role=role)


@pytest.mark.parametrize("status", OPEN)
@pytest.mark.parametrize("role", ["handler", "leader"])
def test_a_recusal_is_possible_while_a_report_is_open(status, role):
    assert next_status("recuse", status=status, role=role) is Status.RECEIVED


def test_a_move_brings_every_open_matter_back_to_the_beginning():
    for action in ("transfer", "return", "recuse", "lift", "cross", "assign-down"):
        assert TABLE[action].to == (Status.RECEIVED,), action
        assert TABLE[action].starts <= set(OPEN), action
    assert TABLE["decline"].starts == TABLE["return"].starts == {Status.RECEIVED}
    assert TABLE["transfer"].starts == {Status.RECEIVED, Status.ACCEPTED}


@pytest.mark.parametrize(
    ("level", "role", "action", "part"),
    [
        ("township", "leader", "lift", "leader"),
        ("township", "handler", "transfer", "handler"),
        ("stationed", "leader", "cross", "leader"),
        ("office", "leader", "lift", Who.OFFICE),
        ("office", "handler", "cross", Who.OFFICE),
        ("office", "leader", "transfer", "leader"),
        ("county", "handler", "assign-down", Who.COUNTY),
        ("county", "operator", "lift", "operator"),
        ("city", "leader", "lift", "leader"),
        ("city", "approver", "lift", "approver"),
    ],
)
def test_in_which_part_somebody_acts(level, role, action, part):
    by = Viewer(
        staff_id=1, name="", role=role, body_code="B", body_name="", body_level=level, room="",
        county_code="C", known_since=0, own_bar="", body_bar="",
    )  # fmt: skip
    assert part_of(by, action=action) == part
    is_above = part in (Who.OFFICE, Who.COUNTY)
    assert is_legal("lift", status=Status.HANDLING, role=part_of(by, action="lift")) == (
        is_above or (level in ("office", "county") and role in ("leader", "handler"))
    )


def test_only_the_system_closes_and_only_the_reporter_rates():
    assert TABLE["close"].who == {Who.SYSTEM}
    assert TABLE["rate"].who == TABLE["answer-question"].who == {Who.REPORTER}
