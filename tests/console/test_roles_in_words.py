"""What a role may do, in words, is what the code allows: no permission without its words, no words without it."""

import re

import pytest
from aiohttp import web

from access.viewer import Viewer
from casework.texts import ACTIONS
from casework.transitions import TABLE, Who, is_legal, part_of
from console.account import texts
from console.account.duties import POSTS, duties_of, shared, somebody
from console.account.roles import beside_choice
from console.callers import Caller, caller_of
from console.keeping.texts import KINDS
from console.routes import add_routes
from models.choices import BodyLevel, Role, Room, Status
from organisation.reach import ALL_KINDS, reach_of
from tests.console.test_access_matrix import MAY_CALL, sees

ROOMS = {"LETTERS": Room.LETTERS, "CASES": Room.CASES, "CADRE": Room.CADRE}
LEVELS = {
    "T": BodyLevel.TOWNSHIP,
    "OFFICE": BodyLevel.OFFICE,
    "STATIONED": BodyLevel.STATIONED,
    "CITY": BodyLevel.CITY,
}
# which page of the console goes with whose words
PAGES = {
    "GET /console/ledger": ("ledger-reader@office", "ledger-reader@county"),
    "POST /console/ledger/export": ("ledger-reader",),
    "GET /console/undelivered": ("reader",),
    "GET /console/templates": ("reader",),
    "GET /console/enter": ("entering",),
    "GET /console/disclosures": ("entering",),
    "GET /console/what-if": ("county",),
    "GET /console/check": ("check",),
    "GET /console/hand-on": ("leader",),
    "GET /console/readings": ("readings", "county-readings"),
    "GET /console/log": ("watcher",),
    "GET /console/organisation": ("keeper",),
    "GET /console/organisation/recusals": ("recusals",),
}
# what of its words tells of an address, by the first part of that; what everybody may call is no permission
ADDRESSES = {
    "reports": "本机构承办的反映",
    "pulse": "本机构承办的反映",
    "attachments": "照片和录音",
    "templates": "写答复模板",
    "drafts": "存草稿",
    "undelivered": "没有送达的消息再发一次",
    "quarantine": "放在一边的反映",
    "retention": "提出销毁",
    "filters": "本机构承办的反映",
    "rectifications": "公开给村里",
    "enter": "登记来信",
    "disclosures": "公开本地的政策",
    "privacy-guide": "改隐私指引",
    "surveys": "发问卷",
    "what-if": "试算",
    "alive": "扫码次数",
    "ledger": "导出表格",
    "quarters": "季度反馈",
    "hand-on": "移交给另一位",
    "readings": "看过、查过",
    "log": "留痕有没有",
    "limits": "哪些限量",
    "organisation": "组织最近的改动",
    "check": "检查组织里的",
    "codes": "印海报",
}


def person(username: str) -> Viewer:
    """Somebody of the access matrix."""
    if username == "root":
        return somebody(Role.OPERATOR, level=BodyLevel.COUNTY)
    body, _, part = username.upper().rpartition("-")
    role = {"L": Role.LEADER, "APPROVER": Role.APPROVER}.get(part, Role.HANDLER)
    level = LEVELS.get(body.partition("-")[0], BodyLevel.COUNTY)
    return somebody(role, level=level, room=ROOMS.get(body, Room.NONE))


def test_each_permission_and_each_action_of_staff_has_its_words() -> None:
    asked = {caller.value for caller in Caller if caller not in Caller.of_everybody()}
    told = {key.partition("@")[0] for key in (*texts.SEES, *texts.DOES)}
    assert told - asked == {
        *("approving", "readings", "county-readings", "recusals"),
        *("give-quarters", "codes", "retire-codes", "check", "confirm"),
    }
    assert asked <= told
    staff = {Who.HANDLER, Who.LEADER, Who.OFFICE, Who.COUNTY}
    assert set(texts.DEEDS) == {action for action, row in TABLE.items() if row.who & staff}
    assert set(ALL_KINDS) <= set(KINDS)


def test_each_address_that_not_everybody_may_call_is_told_of() -> None:
    app = web.Application()
    add_routes(app)
    found = {
        route.resource.canonical.split("/")[1]
        for route in app.router.routes()
        if caller_of(route.handler) not in Caller.of_everybody()
    }
    assert found == set(ADDRESSES), (
        "say in console/account/texts.py what it lets people do, and name the words here"
    )
    said = " ".join(words for each in (texts.SEES, texts.DOES, texts.DEEDS) for words in each.values())
    assert [words for words in ADDRESSES.values() if words not in said] == []


@pytest.mark.parametrize("username", sees())
def test_the_words_are_those_of_the_access_matrix(username: str) -> None:
    found = duties_of(person(username))
    told = {*found.sees, *found.does}
    for address, keys in PAGES.items():
        words = {text for each in (texts.SEES, texts.DOES) for key, text in each.items() if key in keys}
        assert bool(words & told) == (username in MAY_CALL[address].split()), address
    for level in ("office", "county"):
        is_theirs = (
            username in MAY_CALL["GET /console/ledger"].split() and person(username).body_level == level
        )
        assert (texts.SEES[f"ledger-reader@{level}"] in told) == is_theirs
    marks = set(sees()[username].values())
    assert (texts.SEES["reader"] in told) == ("P" in marks)
    assert (texts.UNSEEN["reader"] in found.never) == ("P" not in marks)
    assert (texts.UNSEEN["ledger-reader"] in found.never) == ("r" not in marks)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("post", POSTS, ids="-".join)
def test_each_role_is_told_exactly_what_the_table_of_transitions_lets_it_do(
    role: Role, post: tuple[BodyLevel, Room]
) -> None:
    viewer = somebody(role, level=post[0], room=post[1])
    may = {
        action
        for action in TABLE
        if any(is_legal(action, status=status, role=part_of(viewer, action=action)) for status in Status)
    }
    told = {words.partition("：")[0] for words in duties_of(viewer).does if "：" in words}
    assert told == {ACTIONS[action] for action in may}
    reach = reach_of(viewer, region_code="somewhere")
    (kept,) = [words for words in duties_of(viewer).does if words.startswith("新增、修改")] or [""]
    listed = f"、{kept.partition('的')[2].rstrip('。')}、"
    assert all(
        (f"、{KINDS[kind]}、" in listed) == (reach is not None and kind in reach.kinds) for kind in ALL_KINDS
    )


def test_where_the_body_is_not_chosen_yet_only_what_holds_everywhere_is_told() -> None:
    told = dict(beside_choice([Role.HANDLER, Role.OPERATOR]))
    handler, operator = told["承办人"], told["系统管理员"]
    assert texts.SEES["reader"] in handler.sees and not any("台账" in words for words in handler.sees)
    assert texts.UNSEEN["reader"] in operator.never
    office = dict(beside_choice([Role.HANDLER], level=BodyLevel.OFFICE))["承办人"]
    assert texts.SEES["ledger-reader@office"] in office.sees
    assert shared([handler, office]).sees == handler.sees


async def test_a_leader_who_makes_an_account_reads_them_beside_the_choice(opened_browser) -> None:
    leader = await (await opened_browser()).sign_in("t-east-l")
    await leader.get("/console/organisation/staff/new")
    offered = re.findall(r"<summary>(\w+)能看什么、做什么</summary>", leader.text)
    assert offered == ["承办人", "负责人"]
    assert texts.SEES["reader"] in leader.text and texts.NEVER_A_READER[0] in leader.text
    await leader.get("/console/roles")
    for words in duties_of(person("t-east-l")).does:
        assert f"<li>{words}</li>" in leader.text
    await leader.get("/console/roles?role=operator&body=county.")
    assert texts.UNSEEN["reader"] in leader.text and texts.SEES["reader"] not in leader.text


@pytest.fixture
def world_name() -> str:
    return "sqlite"
