"""Every kind of row: made, changed and taken back in the console's way, with the earlier days still to be seen."""

import asyncio

import orjson
import pytest

from models.event import Event
from models.organisation_change import OrganisationChange
from models.staff import Staff
from organisation.accounts import confirm, new_bind_code, new_password
from organisation.editing import add_row, change_row, seen_of
from organisation.errors import ChangedMeanwhile, EditedMeanwhile, NeedsSecond
from organisation.history import table_at
from organisation.house import House
from organisation.kinds import KINDS
from organisation.live import current_version
from organisation.reach import reach_of
from organisation.undoing import undo
from tests.casework.conftest import county, file, viewer

__all__ = ["county", "file"]

COUNTY, EAST_VILLAGE = "990101000000", "990101001001"
NEW = {
    "staff": {"username": "east-new", "name": "新来的", "body_code": "T-EAST", "role": "handler"},
    "liaisons": {
        "name": "林小满",
        "village_code": EAST_VILLAGE,
        "role": "monitor",
        "phone": "13900000009",
    },
    "bodies": {
        "code": "NEW-1",
        "name": "派驻林业局纪检监察组",
        "level": "stationed",
        "region_code": COUNTY,
    },
    "zones": {
        "code": "Z2",
        "name": "云岭市青川区纪检监察第二协作区",
        "county_code": COUNTY,
        "office_body": "OFFICE-1",
    },
    "specialists": {
        "county_code": COUNTY,
        "area_code": "education",
        "level": "department",
        "body_code": "STATIONED",
    },
    "cadres": {"name": "甲乙丙", "post": "主任", "unit": "柳树村", "level": "village", "region_code": EAST_VILLAGE},
    "recusals": {"who": "t-east-a", "from_kind": "person", "from": "王某某", "reason": "近亲属"},
}  # fmt: skip
CHANGED = {
    "staff": {"phone": "16900990777"},
    "liaisons": {"name": "林大满", "role": "deputy"},
    "bodies": {"name": "派驻林业和草原局纪检监察组", "phone": "0990-7654321"},
    "zones": {"commander": "新指挥"},
    "specialists": {"body_code": "OFFICE-1"},
    "cadres": {"aliases": "老甲", "level": "village"},
    "recusals": {"reason": "夫妻关系"},
}


async def desk(house: House, username: str = "head-l"):
    who = await viewer(house, username)
    return {"reach": reach_of(who, region_code=COUNTY), "by": who, "house": house}


async def newest() -> OrganisationChange:
    return await OrganisationChange.all().order_by("-id").first()


def shape(table):
    """All of it but which accounts wait: an undone change of an account is confirmed again, not undone."""
    staff = [(p.username, p.name, p.body_code, p.role, p.phone) for p in table.staff.values()]
    kept = (table.bodies, table.zones, table.specialists, table.liaisons)
    return (*map(dict, kept), sorted(staff), sorted(map(repr, table.cadres)), list(table.recusals))


@pytest.mark.parametrize("name", NEW)
async def test_made_changed_and_taken_back(county: House, name: str) -> None:
    kind, at_hand = KINDS[name], await desk(county)
    steps = [(await current_version(), shape(county.organisation.table))]

    async def stands(undoes: int | None, is_event: str = "organisation.import") -> OrganisationChange:
        change = await newest()
        assert (change.kind, change.actor, change.undoes) == (name, at_hand["by"].actor, undoes)
        assert change.version == county.organisation.table.version == await current_version()
        assert await Event.filter(action=is_event, object_id=str(change.version)).exists()
        steps.append((change.version, shape(county.organisation.table)))
        return change

    await add_row(kind, NEW[name], **at_hand)
    made = await stands(None)
    row = await kind.model.all().order_by("-id" if name not in ("bodies", "zones") else "-code").first()
    if name == "bodies":
        row = await kind.model.get(code="NEW-1")
    await change_row(kind, str(row.pk), CHANGED[name], **at_hand)
    changed = await stands(None)
    with pytest.raises(ChangedMeanwhile):
        await undo(made.id, **at_hand)
    await undo(changed.id, **at_hand)
    back = await stands(changed.id)
    assert {**back.after, "confirmed_at": None} == {**(changed.before or {}), "confirmed_at": None}
    assert steps[1][1] == steps[3][1] != steps[2][1]
    for version, seen in steps:
        assert shape(await table_at(version)) == seen, f"version {version} of {name} looked at again"


async def test_a_new_row_taken_back_leaves_the_table_as_it_was(county: House) -> None:
    at_hand, before = await desk(county), shape(county.organisation.table)
    for name, values in NEW.items():
        await add_row(KINDS[name], values, **at_hand)
        made = await newest()
        if name == "recusals":
            with pytest.raises(NeedsSecond):
                await undo(made.id, **at_hand)
            await undo(made.id, **await desk(county, "city-l"))
        else:
            await undo(made.id, **at_hand)
        assert shape(county.organisation.table) == before, name


async def test_a_township_leaves_a_zone_and_comes_back(county: House) -> None:
    kind, at_hand = KINDS["zone_members"], await desk(county)
    row = await kind.model.get(body_id="T-WEST")
    await change_row(kind, str(row.pk), {"active": "no"}, **at_hand)
    assert county.organisation.table.zones["Z1"].members == {"T-EAST"}
    await undo((await newest()).id, **at_hand)
    assert county.organisation.table.zones["Z1"].members == {"T-EAST", "T-WEST"}


async def test_of_two_at_the_same_moment_one_is_told(county: House) -> None:
    kind, first, second = KINDS["zones"], await desk(county), await desk(county, "city-l")
    row = await kind.model.filter(code="Z1").select_related(*kind.joined).get()
    seen = seen_of(kind.values(row))
    asked = [
        change_row(kind, "Z1", {"commander": name}, seen=seen, **who)
        for name, who in (("甲", first), ("乙", second))
    ]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(isinstance(answer, EditedMeanwhile) for answer in answers) == [False, True]
    assert await OrganisationChange.all().count() == 1
    winner = "乙" if isinstance(answers[0], EditedMeanwhile) else "甲"
    assert county.organisation.table.zones["Z1"].commander == winner


async def test_of_undoings_at_once_one_is_done(county: House) -> None:
    kind, first, second = KINDS["zones"], await desk(county), await desk(county, "city-l")
    await change_row(kind, "Z1", {"commander": "新指挥"}, **first)
    change = await newest()
    asked = [undo(change.id, **(first, second)[number % 2]) for number in range(6)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(isinstance(answer, ChangedMeanwhile) for answer in answers) == [False] + [True] * 5
    assert await OrganisationChange.filter(undoes=change.id).count() == 1


async def test_no_secret_stands_in_changes_or_events(county: House) -> None:
    at_hand, kind = await desk(county), KINDS["staff"]
    summary = await add_row(kind, NEW["staff"] | {"phone": "16900990777"}, **at_hand)
    person = await Staff.get(username="east-new")
    secrets = [*summary.passwords.values(), await new_password(str(person.pk), **at_hand)]
    secrets.append(await new_bind_code(kind, str(person.pk), **at_hand))
    await confirm("east-new", **await desk(county, "city-l"))
    person = await Staff.get(username="east-new")
    secrets += [person.password_hash, person.bind_code_index]
    changes = [[row.before, row.after, row.key] for row in await OrganisationChange.all()]
    kept = orjson.dumps([changes, await Event.all().values("action", "object_id", "data")])
    assert len(changes) == 4 and all(secrets)
    for secret in secrets:
        assert str(secret).encode() not in kept
