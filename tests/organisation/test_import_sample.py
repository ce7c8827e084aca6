"""The sample prefecture is whole: what the issue counts is there, and it goes in as it stands."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from models.choices import BodyLevel
from models.entry_code import EntryCode
from models.staff import Staff
from organisation.importing.reading import read
from organisation.importing.stored import Stored
from organisation.importing.tables import TABLES
from organisation.importing.terms import VILLAGE_TYPE
from organisation.importing.validating import batch_of, check

SAMPLE = Path(__file__).parents[2] / "sample"


def rows(table: str) -> list[dict[str, str]]:
    with (SAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sample_is_valid_on_an_empty_database() -> None:
    reading = read(SAMPLE)
    check(batch_of(reading), stored=Stored(), found=reading.problems)
    given_by_counties = {"entries", "figures", "holidays", "sayings"}
    assert {raw.table.name for raw in reading.tables} == {table.name for table in TABLES} - given_by_counties


def test_the_places_are_counted_and_invented() -> None:
    regions = rows("regions")
    assert Counter(region["level"] for region in regions) == {
        "city": 1,
        "county": 2,
        "township": 6,
        "village": 20,
        "group": 60,
    }
    assert all(region["code"].startswith("99") for region in regions)
    types = {region["village_type"] for region in regions} - {""}
    assert len(types) == 10
    assert all(VILLAGE_TYPE.read(name) == name for name in types)


def test_each_county_has_its_rooms_and_head_and_each_zone_its_office() -> None:
    bodies = rows("bodies")
    rooms = Counter((body["region_code"], body["room"]) for body in bodies if body["level"] == "county")
    counties = {region["code"] for region in rows("regions") if region["level"] == "county"}
    assert rooms == {
        (county, room): 1 for county in counties for room in ("", "letters", "cases", "conduct", "cadre")
    }
    levels = Counter(body["level"] for body in bodies)
    assert (levels["township"], levels["office"], levels["city"]) == (6, 3, 1)
    assert levels["stationed"] >= 1
    zones = rows("zones")
    assert len({zone["office_body"] for zone in zones}) == len(zones) == 3
    assert all("纪检监察第" in zone["name"] and zone["commander"] for zone in zones)
    assert len(rows("zone_members")) == 6
    assert rows("specialists")


def test_every_body_has_a_leader_and_a_handler_and_every_role_is_there() -> None:
    roles = {(person["body_code"], person["role"]) for person in rows("staff")}
    for body in rows("bodies"):
        assert {(body["code"], "leader"), (body["code"], "handler")} <= roles
    assert {role for _, role in roles} == {"handler", "leader", "approver", "operator"}
    for person in rows("staff"):
        assert len(person["password"]) >= 12
        assert bool(person["totp_secret"]) == (person["role"] != "handler")


def test_every_village_has_its_liaisons_and_every_group_a_monitor() -> None:
    liaisons = rows("liaisons")
    for region in rows("regions"):
        if region["level"] == "village":
            here = {person["role"] for person in liaisons if person["village_code"] == region["code"]}
            assert here == {"chief", "deputy", "monitor"}
        if region["level"] == "group":
            assert any(person["group_code"] == region["code"] for person in liaisons)


def test_recusals_of_every_kind_cadres_of_every_level_and_things_of_every_area() -> None:
    usernames = {person["username"] for person in rows("staff")}
    phones = {person["phone"] for person in rows("liaisons")}
    kinds = {
        ("staff" if r["who"] in usernames else "liaison" if r["who"] in phones else "body", r["from_kind"])
        for r in rows("recusals")
    }
    assert len(kinds) == 9
    cadres = rows("cadres")
    assert {cadre["level"] for cadre in cadres} == {"village", "township", "department", "county"}
    assert all(cadre["aliases"] for cadre in cadres)
    things = {(thing["area_code"], thing["kind"]) for thing in rows("disclosures")}
    assert things == {
        (area["code"], kind) for area in rows("areas") for kind in ("policy", "project", "fund")
    }
    assert len(rows("areas")) == 6


@pytest.mark.usefixtures("sampled")
async def test_the_sample_goes_in_with_working_accounts_and_a_code_per_village_and_area() -> None:
    assert await EntryCode.filter(purpose="report").count() == 20 * 6
    staff = await Staff.all().prefetch_related("body")
    assert all(person.confirmed_at and person.is_active for person in staff)
    assert any(person.body.level == BodyLevel.STATIONED for person in staff)
