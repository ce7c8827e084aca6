"""试算: how a matter would be decided, for the county; nothing of the question is stored or logged."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from access.viewer import Viewer
from console import texts
from console.callers import Caller, allowed
from console.forms import Form, read_form
from console.pages import page
from console.reports import viewer_of
from models.choices import Level, Purpose, RegionLevel, Trigger
from organisation.house import HOUSE
from organisation.reach import knows_all_recusals, table_known_to
from organisation.stating.facts import FactWrong, stated_facts
from routing.decide import decide
from routing.decision import Decision
from routing.facts import Facts
from routing.table import RoutingTable
from vault.log import record

PLAIN = ("entry", "region", "area", "purpose", "level", "text", "appeal_of")
TEXT_LIMIT = 2000
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A decision in words, as whoever asked may know it."""

    body: str
    rule: str
    words: Sequence[str]
    out: Sequence[tuple[str, str]]
    told: Sequence[str]


@allowed(Caller.COUNTY)
async def show_what_if(request: web.Request) -> web.StreamResponse:
    table = await _table(request, viewer_of(request))
    return _page(request, table=table, form={})


@allowed(Caller.COUNTY)
async def ask_what_if(request: web.Request) -> web.StreamResponse:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    form, table = await read_form(request), await _table(request, viewer)
    try:
        facts = await _facts(form, table=table)
    except FactWrong as wrong:
        return _page(request, table=table, form=form, wrong=_field(wrong, form=form))
    answer = _in_words(decide(facts, table), table=table)
    await record("what-if.ask", by=viewer.actor, at=house.clock.now())
    return _page(request, table=table, form=form, answer=answer)


async def _table(request: web.Request, viewer: Viewer) -> RoutingTable:
    return await asyncio.to_thread(table_known_to, viewer, request.config_dict[HOUSE].organisation.table)


async def _facts(form: Form, *, table: RoutingTable) -> Facts:
    given: dict[str, Any] = {name: form[name].strip() for name in PLAIN if form.get(name, "").strip()}
    given["text"] = form.get("text", "")[:TEXT_LIMIT]
    subject = {name: form.get(f"subject_{name}", "").strip()[:64] for name in ("name", "post", "unit")}
    if any(subject.values()):
        given["subject"] = subject
    given["avoid"] = [name for name in ("township", "liaison") if form.get(f"avoid_{name}")]
    facts = await stated_facts(given, table=table)
    trigger = form.get("trigger", "")
    return replace(
        facts,
        has_words=not form.get("is_wordless"),
        zone_trigger=trigger if trigger in tuple(Trigger) else None,
    )


def _field(wrong: FactWrong, *, form: Form) -> Mapping[str, str]:
    """The field to mark, and what to do: a code that leads elsewhere is the code's fault."""
    is_by_code = bool(form.get("entry", "").strip()) and wrong.name in ("region", "area")
    name = "entry" if is_by_code else wrong.name
    return {name: texts.WHAT_IF_WRONG.get(name, texts.WHAT_IF_CHOOSE)}


def _in_words(decision: Decision, *, table: RoutingTable) -> Answer:
    return Answer(
        body=table.name_of(f"body:{decision.body}") if decision.body else texts.WHAT_IF_OUTSIDE,
        rule=texts.RULES.get(decision.rule, ""),
        words=decision.reasons,
        # the table held nothing but what this reader may know
        out=[(out.name, out.reason) for out in decision.ruled_out],
        told=[liaison.name for liaison in decision.liaisons_told],
    )


def _page(
    request: web.Request,
    *,
    table: RoutingTable,
    form: Form,
    wrong: Mapping[str, str] | None = None,
    answer: Answer | None = None,
) -> web.Response:
    viewer = viewer_of(request)
    return page(
        request,
        "what_if.html",
        status=422 if wrong else 200,
        typed=form,
        wrong=wrong or {},
        answer=answer,
        knows_recusals=knows_all_recusals(viewer),
        places=_places(table),
        areas=sorted(table.areas.items()),
        purposes=[(str(each), each.label) for each in Purpose],
        levels=[(str(each), each.label) for each in Level],
        triggers=[(str(each), each.label) for each in Trigger],
        bodies=sorted((body.code, body.name) for body in table.bodies.values()),
        limit=TEXT_LIMIT,
    )


def _places(table: RoutingTable) -> Sequence[tuple[str, Options]]:
    """Villages under their townships."""
    nodes = sorted(table.tree.nodes.values(), key=lambda node: node.code)
    villages: dict[str, list[tuple[str, str]]] = {}
    for node in nodes:
        if node.level == RegionLevel.VILLAGE:
            villages.setdefault(table.township_of(node.code) or "", []).append((node.code, node.name))
    townships = [node for node in nodes if node.level == RegionLevel.TOWNSHIP]
    return [(node.name, villages.get(node.code, [])) for node in townships]
