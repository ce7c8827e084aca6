"""Codes are issued beside others, found by place, and retired for good."""

import pytest

from commands.linting import complaints
from models.choices import EntryStatus, Purpose
from models.entry_code import EntryCode
from models.event import Event
from models.liaison import Liaison
from models.zone import ZoneMember
from organisation.issuing import (
    AreaUnknown,
    Asked,
    CodeReplacesItself,
    CodeUnknown,
    PlaceUnknown,
    codes_of,
    issue,
    retire,
)
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
