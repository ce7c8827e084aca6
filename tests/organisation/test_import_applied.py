"""What an import does to the database: all or nothing, nothing twice, nothing deleted; in both worlds."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from clients.clock import Clock
from models.area import Area
from models.body import Body
from models.cadre import Cadre
from models.choices import EntryStatus
from models.disclosure import Disclosure
from models.entry_code import EntryCode
from models.event import Event
from models.liaison import Liaison
from models.organisation_version import OrganisationVersion
from models.recusal import Recusal
from models.region import Region
from models.specialist import Specialist
from models.staff import Staff
from models.staff_session import StaffSession
from models.zone import Zone, ZoneMember
from organisation import credentials, entry_codes
from organisation.importing import ImportRefused, ImportSummary, import_path
from organisation.live import current_version
from vault.vault import Vault

VAULT = Vault(keys=[bytes(range(32))], index_key=bytes(range(32, 64)))
MODELS = (
    Area,
    Region,
    Body,
    Zone,
    ZoneMember,
    Specialist,
    Staff,
    Liaison,
    Cadre,
    Recusal,
    Disclosure,
    EntryCode,
)
VILLAGE = "990121100201"
CODE = entry_codes.with_check("ABCDEFGHJK")
FILES = {
    "areas": "code,name,sort\nedu,教育,1\ncivil,民政,2\n",
    "regions": (
        "code,name,level,parent_code,village_type,households\n"
        "990121100201001,一组,group,990121100201,,9\n"
        "990121100201,村,village,990121100000,和谐稳定村,30\n"
        "990121100000,镇,township,990121000000,,\n"
        "990121000000,县,county,990100000000,,\n"
        "990100000000,市,city,,,\n"
    ),
    "bodies": (
        "code,name,level,room,region_code,phone\n"
        "city,市纪委,city,,990100000000,\n"
        "office,一室,office,,990121000000,\n"
        "town,镇纪委,township,,990121100000,0999-123456\n"
    ),
    "zones": "code,name,county_code,office_body,commander\nz1,一区,990121000000,office,甲\n",
    "zone_members": "zone_code,body_code\nz1,town\n",
    "staff": (
        "username,name,body_code,role,phone,password,totp_secret,bind_code\n"
        "wang,王,town,leader,16900000001,a-good-password,JBSWY3DPEHPK3PXP,1234\n"
        "li,李,town,handler,16900000002,,,\n"
        "root,管,city,operator,,another-password,,\n"
    ),
    "liaisons": "name,village_code,group_code,role,phone,bind_code\n张,990121100201,,chief,16900000011,5678\n",
    "cadres": "name,aliases,post,unit,level,region_code\n钱,老钱,书记,村,village,990121100201\n",
    "recusals": (
        "who,from_kind,from,reason\n"
        "wang,person,钱,亲属\n16900000011,region,990121100201,利益\ntown,body,office,曾任职\n"
    ),
    "disclosures": (
        "code,kind,area_code,region_code,title,amount,date,text,beneficiaries\n"
        'd1,fund,edu,990121100201,补助,10.50,2026-01-02,文,"[{""name"": ""孙"", ""amount"": 10.5}]"\n'
    ),
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    put(folder, FILES)
    return folder


def put(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")


def alone(folder: Path, table: str, content: str) -> Path:
    target = folder.parent / "alone"
    target.mkdir(exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    put(target, {table: content})
    return target


async def bring_in(path: Path) -> ImportSummary:
    return await import_path(path, vault=VAULT, clock=Clock(), by="system")


async def everything() -> dict[str, list[dict[str, object]]]:
    return {
        model.__name__: await model.all().order_by(model._meta.pk_attr).values()
        for model in (*MODELS, OrganisationVersion, Event)
    }


@pytest.mark.usefixtures("database")
async def test_all_files_go_in_with_their_values(files: Path) -> None:
    summary = await bring_in(files)
    assert {file: count.created for file, count in summary.counts.items()} == {
        "areas.csv": 2,
        "regions.csv": 5,
        "bodies.csv": 3,
        "zones.csv": 1,
        "zone_members.csv": 1,
        "staff.csv": 3,
        "liaisons.csv": 1,
        "cadres.csv": 1,
        "recusals.csv": 3,
        "disclosures.csv": 1,
        "entries.csv": 2,
    }
    group = await Region.get(code=f"{VILLAGE}001")
    assert (group.parent_id, group.level, group.households) == (VILLAGE, "group", 9)
    disclosure = await Disclosure.get(code="d1")
    assert (disclosure.amount, disclosure.date) == (Decimal("10.50"), date(2026, 1, 2))
    assert disclosure.beneficiaries == [{"name": "孙", "amount": "10.50"}]
    recusals = await Recusal.all().order_by("id")
    assert [sum(v is not None for v in (r.staff_id, r.liaison_id, r.body_id)) for r in recusals] == [1, 1, 1]
    assert await current_version() == 1
    [event] = await Event.all()
    assert (event.action, event.actor, event.object_id) == ("organisation.import", "system", "1")
    assert event.data["staff.csv"] == [3, 0, 0]


@pytest.mark.usefixtures("database")
async def test_a_repeated_import_changes_nothing_at_all(files: Path) -> None:
    await bring_in(files)
    before = await everything()
    summary = await bring_in(files)
    assert summary.lines() == ["没有变化"]
    assert not summary.passwords
    assert await everything() == before


@pytest.mark.usefixtures("database")
async def test_one_bad_row_and_nothing_is_applied(files: Path) -> None:
    await bring_in(files)
    before = await everything()
    put(
        files,
        {
            "areas": "code,name,sort\nedu,新名,1\nlaw,司法,3\n",
            "staff": FILES["staff"] + "zhao,赵,nobody,handler,,,,\n",
        },
    )
    with pytest.raises(ImportRefused) as refused:
        await bring_in(files)
    assert [(p.file, p.row, p.value) for p in refused.value.problems] == [("staff.csv", 5, "nobody")]
    assert await everything() == before


@pytest.mark.usefixtures("database")
async def test_every_kind_of_value_is_updated_in_place(files: Path) -> None:
    await bring_in(files)
    put(
        files,
        {
            "areas": "code,name,sort\nedu,学校,5\ncivil,民政,2\n",
            "regions": FILES["regions"].replace("和谐稳定村,30", "发展滞后村,"),
            "bodies": FILES["bodies"].replace("0999-123456", ""),
            "disclosures": (
                "code,kind,area_code,region_code,title,amount,date,text,beneficiaries\n"
                "d1,project,civil,990121100000,改造,,2026-02-03,,\n"
            ),
            "recusals": FILES["recusals"].replace("亲属", "夫妻"),
        },
    )
    summary = await bring_in(files)
    changed = {file: count.changed for file, count in summary.counts.items() if count.total}
    assert changed == dict.fromkeys(
        ("areas.csv", "regions.csv", "bodies.csv", "disclosures.csv", "recusals.csv"), 1
    )
    assert (await Area.get(code="edu")).name == "学校"
    village = await Region.get(code=VILLAGE)
    assert (village.village_type, village.households) == ("发展滞后村", None)
    assert (await Body.get(code="town")).phone == ""
    row = await Disclosure.get(code="d1")
    assert (row.kind, row.area_id, row.region_id, row.amount, row.date, row.text, row.beneficiaries) == (
        "project",
        "civil",
        "990121100000",
        None,
        date(2026, 2, 3),
        "",
        [],
    )
    assert await Recusal.filter(reason="夫妻").count() == 1
    assert await current_version() == 2


@pytest.mark.usefixtures("database")
async def test_rows_are_put_out_of_use_and_never_deleted(files: Path) -> None:
    await bring_in(files)
    summary = await bring_in(
        alone(
            files,
            "cadres",
            FILES["cadres"]
            .replace("region_code", "region_code,active")
            .replace(f",{VILLAGE}", f",{VILLAGE},否"),
        )
    )
    assert summary.counts["cadres.csv"].deactivated == 1
    assert [cadre.is_active for cadre in await Cadre.all()] == [False]
    # files that do not say leave it so, and what a file leaves out stays
    assert (await bring_in(files)).lines() == ["没有变化"]
    await bring_in(alone(files, "cadres", "name,level,region_code\n周,village,990121100201\n"))
    assert await Cadre.all().count() == 2


@pytest.mark.usefixtures("database")
async def test_passwords_are_hashed_kept_and_made_once(files: Path) -> None:
    summary = await bring_in(files)
    staff = {person.username: person for person in await Staff.all()}
    assert staff["wang"].password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert credentials.is_password("a-good-password", of=staff["wang"].password_hash)
    assert list(summary.passwords) == ["li"]
    assert credentials.is_password(summary.passwords["li"], of=staff["li"].password_hash)
    assert any(summary.passwords["li"] in line for line in summary.lines())
    assert summary.passwords["li"] not in repr(summary)
    put(files, {"staff": FILES["staff"].replace("a-good-password", "a-better-password")})
    assert (await bring_in(files)).counts["staff.csv"].changed == 1
    wang = await Staff.get(username="wang")
    assert credentials.is_password("a-better-password", of=wang.password_hash)
    assert (
        credentials.open_totp_secret(wang.sealed_totp_secret, username="wang", vault=VAULT)
        == "JBSWY3DPEHPK3PXP"
    )
    assert b"JBSWY3DPEHPK3PXP" not in bytes(wang.sealed_totp_secret)


@pytest.mark.usefixtures("database")
async def test_accounts_of_the_first_import_work_and_later_changes_wait(files: Path) -> None:
    """The operator who makes himself an account, or takes one over, gets nowhere alone."""
    await bring_in(files)
    assert await Staff.filter(confirmed_at=None).count() == 0
    wang = await Staff.get(username="wang")
    now = datetime.now(UTC)
    await StaffSession.create(
        token_index="t",
        staff=wang,
        is_complete=True,
        created_at=now,
        seen_at=now,
        expires_at=now + timedelta(1),
    )
    put(
        files,
        {
            "staff": FILES["staff"]
            .replace("a-good-password", "known-to-operator")
            .replace("管,city", "理,city")
            + "spy,细,town,handler,,a-spy-password,,\n"
        },
    )
    summary = await bring_in(files)
    assert summary.waiting == 2
    waiting = {person.username: person.confirmed_at is None for person in await Staff.all()}
    assert waiting == {"wang": True, "li": False, "root": False, "spy": True}
    assert await StaffSession.all().count() == 0
    known = {person.username: person.known_since for person in await Staff.all()}
    assert known == {"wang": 2, "li": 1, "root": 2, "spy": 2}
    # saying it again confirms nobody
    await bring_in(files)
    assert await Staff.filter(confirmed_at=None).count() == 2


@pytest.mark.usefixtures("database")
async def test_an_operator_made_reader_waits(files: Path) -> None:
    await bring_in(files)
    put(files, {"staff": FILES["staff"].replace("root,管,city,operator", "root,管,city,leader")})
    await bring_in(files)
    assert (await Staff.get(username="root")).confirmed_at is None


@pytest.mark.usefixtures("database")
async def test_who_is_newly_kept_away_sees_nothing_until_matched(files: Path) -> None:
    """Matching all reports again takes minutes at full size: the account waits, not the recusal."""
    await bring_in(files)
    before = await current_version()
    row = "who,from_kind,from,reason\n{who},region,990121100201,岳父\n"
    for who, waiting in (("li", {"li"}), ("town", {"li", "wang"}), ("16900000011", set())):
        put(files, {"recusals": row.format(who=who)})
        await bring_in(files)
        version = await current_version()
        assert version > before
        known = dict(await Staff.all().values_list("username", "known_since"))
        assert {name for name, since in known.items() if since == version} == waiting
    assert (await bring_in(files)).lines() == ["没有变化"]
    assert dict(await Staff.all().values_list("username", "known_since")) == known


@pytest.mark.usefixtures("database")
async def test_a_used_bind_code_does_not_open_again(files: Path) -> None:
    await bring_in(files)
    chief = await Liaison.get(phone="16900000011")
    assert chief.bind_code_index == credentials.bind_code_index("5678", vault=VAULT)
    await Liaison.filter(id=chief.id).update(bind_code_index=None, openid_index="somebody")
    assert (await bring_in(files)).lines() == ["没有变化"]
    assert (await Liaison.get(id=chief.id)).bind_code_index is None


@pytest.mark.usefixtures("database")
async def test_without_a_file_each_village_and_area_gets_one_code(files: Path) -> None:
    await bring_in(files)
    codes = await EntryCode.all()
    assert sorted((c.purpose, c.area_id, c.region_id) for c in codes) == [
        ("report", "civil", VILLAGE),
        ("report", "edu", VILLAGE),
    ]
    assert all(entry_codes.is_valid(code.code) for code in codes)
    await EntryCode.filter(area_id="edu").update(status=EntryStatus.RETIRED)
    await bring_in(alone(files, "areas", "code,name\nlaw,司法\n"))
    assert await EntryCode.filter(area_id="law").count() == 1
    assert await EntryCode.filter(area_id="edu").count() == 1


@pytest.mark.usefixtures("database")
async def test_codes_of_a_file_are_kept_made_once_and_retired(files: Path) -> None:
    head = "code,purpose,area_code,region_code,active\n"
    rows = f"{CODE.lower()},码上点,edu,{VILLAGE},\n,suggest,edu,{VILLAGE},\n,report,edu,{VILLAGE},\n"
    put(files, {"entries": head + rows})
    await bring_in(files)
    codes = {code.purpose.value: code.code for code in await EntryCode.all()}
    assert codes["report"] == CODE
    assert set(codes) == {"report", "suggest"}
    assert (await bring_in(files)).lines() == ["没有变化"]
    await bring_in(
        alone(files, "entries", f"{head}{CODE},report,edu,{VILLAGE},no\n,suggest,edu,{VILLAGE},no\n")
    )
    assert {code.status for code in await EntryCode.all()} == {EntryStatus.RETIRED}
    assert all(code.retired_at for code in await EntryCode.all())
    await bring_in(alone(files, "entries", f"{head}{CODE},report,edu,{VILLAGE},yes\n"))
    assert (await EntryCode.get(code=CODE)).status == EntryStatus.ACTIVE
