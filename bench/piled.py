"""Reports piled up in PostgreSQL by statements of its own: a million through the house would take an hour."""

import asyncpg

from intake.draft import Draft, Identity
from intake.submit import submit
from models.choices import BodyLevel, Channel, RegionLevel
from organisation.house import House
from routing.facts import Subject
from tests.factories import CITY, make_entry

NAME = "卢长庚"
TOWNSHIPS, COUNTIES = 190, 10

REGIONS = f"""INSERT INTO region (code, name, level, parent_id, village_type, is_active)
  SELECT '9902' || lpad(n::text, 2, '0') || '000000', '县' || n, '{RegionLevel.COUNTY}', '{CITY}', '', TRUE
    FROM generate_series(1, {COUNTIES - 1}) n
  UNION ALL SELECT '9903' || lpad(n::text, 5, '0') || '000', '镇' || n, '{RegionLevel.TOWNSHIP}',
    CASE WHEN n % {COUNTIES} = 0 THEN '990101000000'
      ELSE '9902' || lpad((n % {COUNTIES})::text, 2, '0') || '000000' END, '', TRUE
    FROM generate_series(1, {TOWNSHIPS}) n"""
BODIES = f"""INSERT INTO body (code, name, level, room, region_id, phone, hours, is_active)
  SELECT 'T' || n, '镇' || n || '纪委', '{BodyLevel.TOWNSHIP}', '',
      '9903' || lpad(n::text, 5, '0') || '000', '', '', TRUE
    FROM generate_series(1, {TOWNSHIPS}) n"""
# like a filed one in all but these; a twentieth goes to five bodies of the county we sign in to, the newest is a minute
# old, ids and numbers are in no order
REPORTS = """INSERT INTO report SELECT made.* FROM report t CROSS JOIN generate_series(1, {count}) n
  CROSS JOIN LATERAL jsonb_populate_record(t, jsonb_build_object(
    'id', left(md5('i' || n), 22), 'number', upper(left(md5('n' || n), 12)), 'receipt_index', md5('r' || n),
    'owner_id', CASE WHEN n % 200 < 10 THEN (ARRAY['T-EAST', 'T-WEST', 'OFFICE-1', 'LETTERS', 'CADRE'])[n % 5 + 1]
      ELSE 'T' || (n % {townships} + 1) END,
    'status', CASE WHEN n > 90000 THEN 'closed'
      ELSE (ARRAY['received', 'accepted', 'accepted', 'handling', 'handling', 'concluded', 'fed_back', 'closed',
        'declined'])[n % 9 + 1] END,
    'level', (ARRAY['village', 'none', 'unknown'])[n % 3 + 1], 'is_named', n % 4 = 0,
    'area_id', CASE WHEN n % 3 = 0 THEN 'forestry' ELSE 'education' END, 'reporter_index', md5('p' || n / 2),
    'name_index', CASE WHEN n % 4 = 0 THEN md5('a' || n) END, 'phone_index', CASE WHEN n % 4 = 0 THEN md5('t' || n) END,
    'subject_name_index', CASE WHEN n % 5 < 2 THEN md5('s' || n / 3) END, 'subject_post_index', NULL,
    'submitted_at', $2::bigint - n * 86400::bigint - 60000, 'owned_at', $2::bigint - n * 86400::bigint - 60000,
    'due_at', CASE WHEN n <= 90000 THEN $2::bigint - n * 86400::bigint + 7 * 86400000::bigint END
  )) made WHERE t.number = $1"""
BARS = """INSERT INTO report_bar (id, report_id, who_index, sealed_why, since_at)
  SELECT left(md5('b' || r.id || k), 22), r.id, md5('w' || r.id || k), decode(md5(r.id), 'hex'), r.submitted_at
    FROM report r CROSS JOIN generate_series(1, 3) k WHERE r.level = 'village'"""
EVENTS = """INSERT INTO event (at, actor, action, report_id, object_id, data)
  SELECT r.submitted_at, 'staff:' || ascii(r.id), 'report.read', r.id, '', '{}'
    FROM report r CROSS JOIN generate_series(1, 3) k"""


async def add_bodies(url: str) -> None:
    database = await asyncpg.connect(url)
    await database.execute(REGIONS)
    await database.execute(BODIES)
    await database.close()


async def file_some(house: House) -> list[str]:
    """Numbers of reports that can be opened: filed as any other."""
    entry, numbers = await make_entry(), []
    for place in range(40):
        draft = Draft(
            entry=entry,
            level="none",
            text="村口的路灯坏了半年没人修，晚上老人出门看不见，问过几次都说在走流程。" * 4,
            channel=Channel.CHAT,
            person_index=house.vault.index("oa", f"o-{place}"),
            openid=f"o-{place}",
            identity=Identity(name=NAME, phone="13800000000"),
            subject=Subject(name="", post="护林员", unit=""),
        )
        numbers.append((await submit(draft, house=house)).number)
    return numbers


async def pile_up(url: str, count: int, *, like: str, at: int) -> None:
    database = await asyncpg.connect(url)
    await database.execute(REPORTS.format(count=count, townships=TOWNSHIPS), like, at)
    await database.execute(BARS)
    await database.execute(EVENTS)
    await database.execute("VACUUM ANALYZE")
    # a million at once leave gigabytes to be written to the files, which would go on beside what is measured
    await database.execute("CHECKPOINT")
    await database.close()
