"""Codes are issued beside others, found by place, and retired for good."""

from datetime import timedelta

import pytest

from commands.linting import complaints
from models.choices import EntryStatus, Purpose
from models.entry_code import EntryCode
from models.event import Event
from models.liaison import Liaison
from models.zone import ZoneMember
from organisation.codes.asking import Asked, codes_of, places_below
from organisation.codes.errors import (
    AreaUnknown,
    CodeOver,
    CodeReplacesItself,
    CodeUnknown,
    NoAreas,
    PlaceUnknown,
)
from organisation.codes.issue import issue, issue_lacking
from organisation.codes.replace import replace
from organisation.codes.retire import retire, retire_overdue
from organisation.live import read_table

VILLAGE, TOWNSHIP = "990121101201", "990121101000"


def now(house):
    return house.clock.now()


async def test_a_region_includes_all_below_it(sampled) -> None:
    table = sampled.organisation.table
    of_village = await codes_of(Asked(region=VILLAGE), table=table)
    of_township = await codes_of(Asked(region=TOWNSHIP), table=table)
    everywhere = await codes_of(Asked(), table=table)
    assert len(of_village) == 6 < len(of_township) < len(everywhere) == 120
    assert {code.code for code in of_village} < {code.code for code in of_township}
    assert len(await codes_of(Asked(region=VILLAGE, area="civil", purpose="report"), table=table)) == 1
    with pytest.raises(PlaceUnknown):
        await codes_of(Asked(region="99"), table=table)
    with pytest.raises(AreaUnknown):
        await codes_of(Asked(area="astrology"), table=table)


async def test_issued_codes_stand_beside_those_there_are(sampled) -> None:
    made = await issue(region=VILLAGE, area="civil", purpose=Purpose.REPORT, at=now(sampled), by="system")
    found = await codes_of(Asked(region=VILLAGE, area="civil"), table=sampled.organisation.table)
    assert made.code in {code.code for code in found}
    assert await Event.exists(action="entry.issue", object_id=made.code)
    with pytest.raises(PlaceUnknown):
        await issue(region="99", area="civil", purpose=Purpose.REPORT, at=now(sampled), by="system")


async def test_those_lacking_are_issued_for_a_township_or_everywhere_and_only_once(sampled) -> None:
    table, at = sampled.organisation.table, now(sampled)

    async def lacking(region, *, level="village", area=None, purpose=Purpose.REPORT):
        places = places_below(region, level=level, table=table)
        return await issue_lacking(places, area=area, purpose=purpose, at=at, by="system")

    assert await lacking(TOWNSHIP) == []
    made = await lacking(TOWNSHIP, purpose=Purpose.SUGGEST)
    villages = {code.region_id for code in made}
    assert villages == set(places_below(TOWNSHIP, level="village", table=table))
    assert len(made) == 6 * len(villages)
    assert await lacking(TOWNSHIP, purpose=Purpose.SUGGEST) == []
    groups = await lacking(TOWNSHIP, level="group", area="civil")
    assert {len(code.region_id) for code in groups} == {15}
    everywhere = await lacking(None, purpose=Purpose.SUGGEST)
    assert len(everywhere) + len(made) == 120
    issued = await Event.filter(action="entry.issue").values_list("object_id", flat=True)
    assert set(issued) == {code.code for code in [*made, *groups, *everywhere]}
    with pytest.raises(PlaceUnknown):
        places_below("99", level="village", table=table)
    with pytest.raises(AreaUnknown):
        await lacking(TOWNSHIP, area="astrology")


async def test_no_areas_is_said(house) -> None:
    with pytest.raises(NoAreas):
        await issue_lacking(["1"], area=None, purpose=Purpose.REPORT, at=now(house), by="system")


async def test_a_replaced_code_leads_on_for_a_while(sampled) -> None:
    old = await EntryCode.filter(region_id=VILLAGE).first()
    at = now(sampled)
    new = await replace(f" {old.code.lower()}", days=30, at=at, by="staff:1")
    assert (new.region_id, new.area_id, new.purpose) == (old.region_id, old.area_id, old.purpose)
    with pytest.raises(CodeOver):
        await replace(old.code, at=at, by="staff:1")
    assert await retire_overdue(at=at + timedelta(days=29)) == 0
    stored = await EntryCode.get(code=old.code)
    assert (stored.status, stored.replaced_by_id) == (EntryStatus.ACTIVE, new.code)
    assert await retire_overdue(at=at + timedelta(days=30)) == 1
    assert await retire_overdue(at=at + timedelta(days=31)) == 0
    assert (await EntryCode.get(code=old.code)).status is EntryStatus.RETIRED
    assert (await EntryCode.get(code=new.code)).status is EntryStatus.ACTIVE
    actions = await Event.filter(object_id=old.code).order_by("id").values_list("action", "actor")
    assert actions == [("entry.replace", "staff:1"), ("entry.retire", "system")]
    with pytest.raises(CodeUnknown):
        await replace("23456789ABCD", at=at, by="system")


async def test_retiring_is_done_once(sampled) -> None:
    old, new, *_ = await EntryCode.filter(region_id=VILLAGE).order_by("code")
    at = now(sampled)
    await retire(f" {old.code.lower()} ", replaced_by=new.code, at=at, by="system")
    await retire(old.code, replaced_by=None, at=now(sampled), by="system")
    stored = await EntryCode.get(code=old.code)
    assert (stored.status, stored.replaced_by_id) == (EntryStatus.RETIRED, new.code)
    assert stored.retired_at is not None
    assert await Event.filter(action="entry.retire").count() == 1
    with pytest.raises(CodeReplacesItself):
        await retire(new.code, replaced_by=old.code, at=at, by="system")
    with pytest.raises(CodeUnknown):
        await retire("23456789ABCD", replaced_by=None, at=at, by="system")


async def test_the_linter_is_content_with_the_sample_and_names_what_is_gone(sampled) -> None:
    def kinds(found):
        return {finding.kind: finding.words for finding in found}

    assert {"chief_unbound", "specialist_missing"} == kinds(
        await complaints(sampled.organisation.table)
    ).keys()
    await Liaison.filter(village_id=VILLAGE, role="chief").update(is_active=False)
    await ZoneMember.filter(body_id="lc-hetang").update(is_active=False)
    await EntryCode.filter(region_id=VILLAGE).update(status=EntryStatus.RETIRED)
    found = kinds(await complaints(await read_table(99)))
    assert "柳溪头村" in found["no_chief"] and "柳溪头村" in found["no_code"]
    assert "禾塘" in found["no_zone"]
