"""Every change of the organisation is kept as it was and as it became; an earlier day can be looked at again."""

import orjson

from models.liaison import Liaison
from models.organisation_change import OrganisationChange
from models.staff import Staff
from organisation.history import table_at
from organisation.importing import tables
from organisation.importing.applying import import_batch
from organisation.importing.rows import batch_of_rows
from organisation.live import current_version
from routing.decide import decide
from routing.facts import Facts

VILLAGE, OFFICE = "990121101201", "lc-office-1"


async def changed(house, table, **row):
    batch = batch_of_rows(table, [row])
    summary = await import_batch(batch, vault=house.vault, clock=house.clock, by="staff:1")
    await house.organisation.refresh()
    return summary


async def test_the_first_import_is_the_base(sampled) -> None:
    assert await OrganisationChange.all().count() == 0
    again = await table_at(await current_version())
    assert again.bodies == sampled.organisation.table.bodies
    assert again.staff == sampled.organisation.table.staff
    assert again.recusals == sampled.organisation.table.recusals


async def test_an_earlier_day_decides_as_it_did(sampled) -> None:
    facts = Facts(region_code=VILLAGE, area_code="education", level="village")
    first, before = await current_version(), sampled.organisation.table
    owner = decide(facts, before).body
    for body in (owner, OFFICE):
        await changed(sampled, tables.RECUSALS, **{"who": body, "from_kind": "region", "from": VILLAGE})
    await changed(sampled, tables.BODIES, **row_of(before.bodies["lc-letters"]), phone="12345")
    now = sampled.organisation.table
    assert decide(facts, now).body not in (owner, OFFICE)
    assert decide(facts, await table_at(first)).body == owner
    assert decide(facts, await table_at(first + 1)).body == OFFICE
    then = await table_at(first)
    assert (then.bodies, then.zones, then.staff) == (before.bodies, before.zones, before.staff)
    assert then.recusals == before.recusals and then.cadres == before.cadres


def row_of(body):
    row = {"code": body.code, "name": body.name, "level": body.level, "room": body.room}
    return row | {"region_code": body.region_code}


async def test_a_change_says_what_was_and_who_did_it(sampled) -> None:
    await changed(sampled, tables.ZONES, **zone(sampled, commander="新指挥"))
    change = await OrganisationChange.get()
    assert (change.kind, change.key, change.actor) == ("zones", "lc-zone-1", "staff:1")
    assert change.before is not None and change.before["commander"] != "新指挥"
    assert change.after["commander"] == "新指挥" and change.version == await current_version()
    await changed(sampled, tables.ZONES, **zone(sampled, commander="新指挥"))
    assert await OrganisationChange.all().count() == 1, "nothing changed, nothing kept"


def zone(house, *, commander):
    one = house.organisation.table.zones["lc-zone-1"]
    office, county = one.office_body, one.county_code
    return {
        "code": one.code,
        "name": one.name,
        "county_code": county,
        "office_body": office,
        "commander": commander,
    }


async def test_no_secret_stands_in_a_change(sampled) -> None:
    await changed(
        sampled,
        tables.STAFF,
        username="hetang-9",
        name="秦新来",
        body_code="lc-hetang",
        role="handler",
        phone="16900990999",
        password="long-enough-1",
        bind_code="123456",
    )
    liaison = await Liaison.filter(village_id=VILLAGE).first()
    await changed(
        sampled,
        tables.LIAISONS,
        name="改名",
        village_code=VILLAGE,
        role=str(liaison.role),
        phone=liaison.phone,
        bind_code="654321",
    )
    kept = orjson.dumps([[change.before, change.after] for change in await OrganisationChange.all()])
    person = await Staff.get(username="hetang-9")
    assert await OrganisationChange.all().count() == 2
    for secret in (person.password_hash, person.bind_code_index, "long-enough-1", "123456", "654321"):
        assert secret and secret.encode() not in kept
    for column in (b"password", b"totp", b"bind_code", b"openid"):
        assert column not in kept
