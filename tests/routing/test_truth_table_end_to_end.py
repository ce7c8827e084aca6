"""Every line of `truth_table.csv` is decided by `mashang decide` and by a report that is filed, and both agree."""

import json
from dataclasses import dataclass, field

import orjson
import pytest

from commands.deciding import decided
from intake.draft import Draft
from intake.errors import OutsideJurisdiction
from intake.submit import submit
from models.choices import Channel
from models.decision import RoutingDecision
from models.outbox import OutboxNotice
from models.recusal import Recusal
from models.report import Report
from organisation.house import House
from organisation.live import raise_version
from routing.facts import Subject
from tests.conftest import World
from tests.factories import NOW, bind_liaison, make_entry
from tests.routing.truth import FOR_ONE_LINE, WORDS, Case, read_cases, register
from tests.test_cli_commands import environment, mashang

AT_LEAST = 150
EVERY = {"sqlite": 1, "postgres": 9}
"""Filing all lines twice would only cost time: PostgreSQL gets a sample."""
EVERY_PROCESS = 48
Answer = tuple[str | None, str, tuple[str, ...]]


@dataclass
class Differences:
    """Lines whose answer is not the one written down, all of them at once."""

    found: list[str] = field(default_factory=list)

    def compare(self, case: Case, answer: Answer) -> None:
        expected = (case.owner, case.rule, case.told)
        if answer != expected:
            self.found.append(f"{case}: {answer} instead of {expected}")


async def switched(case: Case, before: Case | None, *, house: House) -> None:
    """The sample's own recusals and those of this line, none of another's."""
    if not case.recusals and not (before and before.recusals):
        return
    await Recusal.filter(reason=FOR_ONE_LINE).delete()
    await register(case)
    await raise_version(at=NOW)
    await house.organisation.refresh()


async def test_the_command_decides_every_line(sampled_world: World, sampled: House) -> None:
    differences, before = Differences(), None
    cases = list(read_cases(sampled.organisation.table))[:: EVERY[sampled_world.name]]
    for case in cases:
        await switched(case, before, house=sampled)
        before = case
        found = await decided(orjson.dumps(case.facts))
        differences.compare(case, (found["body"], found["rule"], tuple(found["liaisons_told"])))
        assert all(found["reasons"]), case
    assert not differences.found, "\n".join(differences.found)
    assert len(cases) >= AT_LEAST // EVERY[sampled_world.name]


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_the_process_decides_as_the_command_does(sampled_world: World, sampled: House) -> None:
    differences = Differences()
    cases = [case for case in read_cases(sampled.organisation.table) if not case.recusals]
    env = environment(sampled_world.database_url)
    for case in cases[::EVERY_PROCESS]:
        done = mashang("decide", env=env, cwd=sampled_world.folder, stdin=json.dumps(case.facts))
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        differences.compare(case, (found["body"], found["rule"], tuple(found["liaisons_told"])))
    assert not differences.found, "\n".join(differences.found)


async def test_a_filed_report_lies_where_the_line_says(sampled_world: World, sampled: House) -> None:
    differences, before = Differences(), None
    for liaison in sampled.organisation.table.liaisons.values():
        if liaison.role != "monitor":
            await bind(liaison.phone, house=sampled)
    await raise_version(at=NOW)
    await sampled.organisation.refresh()
    for case in list(read_cases(sampled.organisation.table))[:: EVERY[sampled_world.name]]:
        await switched(case, before, house=sampled)
        before = case
        differences.compare(case, await filed(case, house=sampled))
    assert not differences.found, "\n".join(differences.found)


async def bind(phone: str, *, house: House) -> None:
    from models.liaison import Liaison

    await bind_liaison(house, await Liaison.get(phone=phone), openid=f"o-{phone}")


async def filed(case: Case, *, house: House) -> Answer:
    """Owner, rule and the liaisons who have a notice, as they are stored."""
    facts = case.facts
    subject = facts.get("subject")
    draft = Draft(
        entry=await make_entry(facts["region"], area=facts["area"], purpose=facts["purpose"]),
        level=facts["level"],
        # words that are no words: names of places that a phone gave with a voice
        text=facts["text"] or WORDS,
        has_words=not case.is_wordless,
        channel=Channel.CHAT,
        person_index="p" * 64,
        subject=Subject(**subject) if subject else None,
        appeal_of=await decided_by(facts.get("appeal_of"), house=house),
        avoid=frozenset(facts["avoid"]),
    )
    before = await Report.all().count()
    try:
        done = await submit(draft, house=house)
    except OutsideJurisdiction:
        assert await Report.all().count() == before, case
        return (None, "outside", ())
    report = await Report.get(id=done.report_id)
    decision = await RoutingDecision.get(report_id=report.id)
    assert decision.body_id == report.owner_id, case
    told = await OutboxNotice.filter(report_id=report.id, liaison_id__not_isnull=True)
    by_id = {person.id: person.phone for person in house.organisation.table.liaisons.values()}
    return (report.owner_id, decision.rule, tuple(by_id[notice.liaison_id] for notice in told))


async def decided_by(body: str | None, *, house: House) -> str | None:
    """The number of an earlier report of the same person which that body decided."""
    if body is None:
        return None
    entry = await make_entry("990121101201", area="civil")
    draft = Draft(entry=entry, level="village", text=WORDS, channel=Channel.CHAT, person_index="p" * 64)
    done = await submit(draft, house=house)
    await Report.filter(id=done.report_id).update(owner_id=body)
    return done.number
