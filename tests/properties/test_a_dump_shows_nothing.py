"""A stolen database or media folder, searched for what was said and by whom; and sealed values that were moved."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from tortoise import Tortoise
from tortoise.fields import BinaryField
from tortoise.models import Model

from access.viewer import Viewer, viewer_of
from casework.accept import accept
from casework.assist import assist
from casework.dispose import dispose
from casework.lift import lift
from casework.note_receipt import note_receipt
from casework.note_result import note_result
from casework.recuse import recuse
from casework.reply import reply
from casework.save_draft import save_draft as keep_words
from casework.see_identity import see_identity
from casework.send_back import send_back
from casework.send_out import send_out
from casework.transfer import transfer
from clients.database import rows
from console.filters.kept import REPORTS, keep_filter
from console.sessions import begin_session
from intake.attachments import store_upload
from intake.draft import Draft, Identity, Location
from intake.submit import submit
from miniapp_api.draft_shapes import DraftBody
from miniapp_api.operations import Call
from miniapp_api.saved_drafts import save_draft
from miniapp_api.sessions import open_session
from models.api_draft import ApiDraft
from models.api_session import ApiSession
from models.attachment import Attachment
from models.choices import Channel
from models.conversation import Conversation
from models.liaison import Liaison
from models.referral import Referral
from models.report import Report
from models.staff import Staff
from models.staff_draft import StaffDraft
from models.survey import Survey, SurveyAnswer
from organisation.credentials import seal_totp_secret
from organisation.house import House
from routing.facts import Subject
from surveys.answering import answer
from tests.bot.chatting import Villager, a_turnstile, receipt_in
from tests.conftest import World
from tests.factories import CITY, NOW, bind_liaison, bind_staff, make_entry, make_organisation
from vault.keys import DataKey, KeyUnknown, SealBroken

VOICE = b"#!AMR\n" + (b"\x3c" + b"the sound of a voice".ljust(31, b".")) * 50
SECRETS = [
    "会计把低保金领走了", "马德福", "食堂会计", "林秋水", "13912345678", "o-villager-one", "o-villager-two",
    "o-chief-of-east", "o-leader-of-east", "mini-openid-three", "30.123456", "小学后门", "我们会去核实的",
    "马德福是我姐夫", "media-id-of-wechat", "JBSWY3DPEHPK3PXPJBSW", "2026-10-01", "还没提交的话",
    "the sound of a voice", "几个村都说食堂的账", "副书记冯远书面授权", "台账还没有核对",
    "需要当面核实身份", "请看一看食堂的灶台", "正想告诉您的话", "还在手机上写的话", "经侦大队三中队",
    "值班员签收的回执", "发票都是买来的", "对食堂不满意的答卷", "灶台边上那一位", "还没问出去的题目",
]  # fmt: skip
EMPTY_HERE = {"inbox_message.sealed_body", "sealing_key.sealed_check", "shelved_push.sealed_body"}
"""Columns that only trouble or a start of the system fills; they are bound like the rest of their table."""
ELSEWHERE = {"idempotency_key.sealed_answer"}
"""Sealed by what only the client has: tests/miniapp_api."""


@pytest.fixture
async def told(house: House, world: World) -> AsyncIterator[House]:
    """Every sealed column filled: two reports, a draft, a reply, a recusal, accounts and sessions."""
    await make_organisation(house)
    chief, leader = await Liaison.get(phone="13900000001"), await Staff.get(username="t-east-l")
    await bind_liaison(house, chief, openid="o-chief-of-east")
    await bind_staff(house, leader, openid="o-leader-of-east")
    leader.sealed_totp_secret = seal_totp_secret(
        "JBSWY3DPEHPK3PXPJBSW", username=leader.username, vault=house.vault
    )
    await leader.save()
    await begin_session(await Staff.get(username="t-west-l"), is_complete=False, house=house)
    await open_session(role="reporter", house=house, openid="mini-openid-three")
    async with a_turnstile(house) as turnstile:
        receipt = receipt_in(await Villager(turnstile, "o-villager-one").report((await make_entry()).code))
        waiting = Villager(turnstile, "o-villager-two")
        await waiting.say("还没提交的话")
        await waiting.photo("media-id-of-wechat")
    await file_in_full(house)
    await write_elsewhere(house)
    SECRETS.append(receipt)
    yield house
    SECRETS.remove(receipt)


async def file_in_full(house: House) -> None:
    session = house.vault.index("session", "somebody")
    uploads = [await store_upload(VOICE, house=house, session_index=session) for _ in range(2)]
    filed = await submit(
        Draft(
            entry=await make_entry(),
            level="village",
            text="会计把低保金领走了",
            channel=Channel.WEB,
            person_index=session,
            openid="mini-openid-three",
            identity=Identity(name="林秋水", phone="13912345678"),
            subject=Subject(name="马德福", post="食堂会计"),
            occurred_on="2026-10-01",
            location=Location(latitude=30.123456, longitude=104.0, label="小学后门"),
            attachments=(uploads[0].id,),
        ),
        house=house,
    )
    by = await seen_by("t-east-a", house=house)
    await reply(filed.number, text="我们会去核实的", by=by, house=house)
    await see_identity(filed.number, reason="需要当面核实身份", by=by, house=house)
    deputy = await Liaison.get(phone="13900000002")
    await assist(filed.number, liaison=str(deputy.id), text="请看一看食堂的灶台", by=by, house=house)
    await recuse(filed.number, reason="马德福是我姐夫", by=by, house=house)
    by = await seen_by("t-east-l", house=house)
    await transfer(filed.number, reason="几个村都说食堂的账", trigger="recusal", by=by, house=house)
    by = await seen_by("office-1-l", house=house)
    await lift(filed.number, reason="副书记冯远书面授权", by=by, house=house)
    by = await seen_by("head-a", house=house)
    await accept(filed.number, kind="clue", by=by, house=house)
    await keep_words("reply", {"text": "正想告诉您的话"}, number=filed.number, by=by, house=house)
    await keep_words("survey", {"title": "还没问出去的题目"}, by=by, house=house)
    await dispose(filed.number, disposition="talk", text="先找马德福谈", by=by, house=house)
    by = await seen_by("head-l", house=house)
    await send_back(filed.number, reason="台账还没有核对", by=by, house=house)
    await pass_on(filed.number, by=by, house=house)


async def pass_on(number: str, *, by: Viewer, house: House) -> None:
    sent = {"partner": "police", "office": "经侦大队三中队", "text": "食堂进货的发票"}
    await send_out(number, by=by, house=house, **sent)
    referral = (await Referral.get()).id
    await note_receipt(number, referral=referral, text="值班员签收的回执", by=by, house=house)
    await note_result(number, referral=referral, text="发票都是买来的", by=by, house=house)


async def write_elsewhere(house: House) -> None:
    """A draft in the mini-program, a questionnaire with an answer in words, and a search that somebody has saved."""
    session = await ApiSession.get()
    body = DraftBody(entry="ABCDEFGHJKMN", text="还在手机上写的话")
    await save_draft(Call(request=None, house=house, held_session=session, body=body))
    questions = [{"key": "q1", "kind": "text", "label": "您说", "options": [], "is_required": True}]
    survey = await Survey.create(code="S", region_id=CITY, title="问卷", questions=questions, made_at=NOW)
    await answer(survey, answers={"q1": "对食堂不满意的答卷"}, person_index="somebody", house=house)
    asked, by = {"q": "林秋水"}, await seen_by("head-a", house=house)
    await keep_filter("灶台边上那一位", of_list=REPORTS, asked=asked, by=by, house=house)


async def seen_by(username: str, *, house: House) -> Viewer:
    person = await Staff.get(username=username).select_related("body")
    return viewer_of(person, body=person.body, county_code="", vault=house.vault)


def models() -> Iterator[type[Model]]:
    yield from Tortoise.apps["models"].values()


async def test_a_dump_searched_for_what_was_said_shows_nothing(told: House, world: World) -> None:
    found = [
        (model._meta.db_table, name, secret)
        for model in models()
        for row in await rows(f"SELECT * FROM {model._meta.db_table}")
        for name, value in dict(row).items()
        for secret in SECRETS
        if any(form in as_bytes(value) for form in forms(secret))
    ]
    assert not found
    stored = [path for path in world.folder.rglob("*") if path.is_file() and path.name != "clock"]
    assert len(stored) >= 2
    for path in stored:
        content = path.read_bytes()
        assert not [secret for secret in SECRETS if secret.encode() in content], path.name


def as_bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def forms(secret: str) -> Iterator[bytes]:
    yield secret.encode()
    yield secret.encode().hex().encode()
    yield secret.encode("unicode_escape")


async def test_no_sealed_value_opens_at_another_place_or_by_another_key(told: House) -> None:
    values = [value async for value in every_sealed_value(told)]
    filled = {f"{table}.{column}" for table, column, *_ in values}
    assert filled == sealed_columns() - EMPTY_HERE - ELSEWHERE
    keys = {"ring": Ring(told)} | {name: key async for name, key in every_key(told)}
    places = {place for *_, place, _ in values}
    for table, column, key, place, sealed in values:
        opened = {
            (other_key, other_place)
            for other_key in keys
            for other_place in places
            if opens(keys[other_key], sealed, place=other_place)
        }
        assert opened == {(key, place)}, f"{table}.{column}"


def sealed_columns() -> set[str]:
    return {
        f"{model._meta.db_table}.{name}"
        for model in models()
        for name, field in model._meta.fields_map.items()
        if isinstance(field, BinaryField) and name != "chain_hash"
    }


class Ring:
    def __init__(self, house: House) -> None:
        self._vault = house.vault

    def open(self, sealed: bytes, *, place: str) -> bytes:
        return (
            self._vault.key(sealed, place=place).raw
            if place.endswith(":key")
            else (self._vault.open(sealed, place=place).encode())
        )


def opens(key: Any, sealed: bytes, *, place: str) -> bool:
    try:
        key.open(sealed, place=place)
    except (SealBroken, KeyUnknown):
        return False
    return True


async def every_key(house: House) -> AsyncIterator[tuple[str, DataKey]]:
    for report in await Report.all():
        yield f"report:{report.id}", house.vault.key(report.data_key, place=f"report:{report.id}:key")
    for talk in await Conversation.all():
        yield f"conversation:{talk.id}", house.vault.key(talk.data_key, place=f"conversation:{talk.id}:key")
    reports = {name: key async for name, key in report_keys(house)}
    for file in await Attachment.all():
        place = f"attachment:{file.id}:key"
        if file.is_under_report:
            yield (
                f"attachment:{file.id}",
                DataKey(reports[str(file.report_id)].open(file.data_key, place=place)),
            )
        else:
            yield f"attachment:{file.id}", house.vault.key(file.data_key, place=place)
    for kind in (ApiDraft, SurveyAnswer, StaffDraft):
        for row in await kind.exclude(data_key=None):
            name = f"{kind._meta.db_table}:{row.id}"
            yield name, house.vault.key(row.data_key, place=f"{name}:key")


async def report_keys(house: House) -> AsyncIterator[tuple[str, DataKey]]:
    for report in await Report.all():
        yield report.id, house.vault.key(report.data_key, place=f"report:{report.id}:key")


UNDER_REPORT = {
    "message": "message",
    "outbox_notice": "outbox",
    "routing_decision": "routing_decision",
    "report_bar": "report_bar",
    "case_record": "case_record",
    "identity_look": "identity_look",
    "liaison_task": "liaison_task",
    "referral": "referral",
    "staff_draft": "staff_draft",
}
UNDER_TALK = {"draft_piece": "draft_piece", "inbox_message": "inbox"}


async def every_sealed_value(house: House) -> AsyncIterator[tuple[str, str, str, str, bytes]]:
    """Table, column, the key it opens by, the place it is bound to, and the value itself."""
    columns = [column.split(".") for column in sorted(sealed_columns() - ELSEWHERE)]
    for table, column in columns:
        for row in await rows(f"SELECT * FROM {table}"):
            if row[column] is not None:
                key, place = bound_to(table, column.removeprefix("sealed_"), row)
                yield table, column, key, place, bytes(row[column])


def bound_to(table: str, column: str, row: Any) -> tuple[str, str]:
    if table in UNDER_REPORT and row["report_id"]:
        return f"report:{row['report_id']}", f"{UNDER_REPORT[table]}:{row['id']}:{column}"
    if table in UNDER_TALK:
        own = row["key"] if table == "inbox_message" else row["id"]
        return f"conversation:{row['conversation_id']}", f"{UNDER_TALK[table]}:{own}:{column}"
    if column == "data_key":
        is_inner = table == "attachment" and row["is_under_report"]
        return f"report:{row['report_id']}" if is_inner else "ring", f"{table}:{row['id']}:key"
    if table in ("report", "conversation", "attachment", "api_draft", "survey_answer", "staff_draft"):
        return f"{table}:{row['id']}", f"{table}:{row['id']}:{column}"
    own = row["username"] if (table, column) == ("staff", "totp_secret") else row["id"]
    return "ring", f"{table}:{own}:{column}"


async def test_no_row_of_a_bar_names_whom_it_hides_from(told: House) -> None:
    """Who is barred may be who is reported (design §6): the table alone says nobody's id or unit."""
    barred = await rows("SELECT * FROM report_bar")
    assert barred
    known = {str(person.id) for person in await Staff.all()} | {"T-EAST", "match", "recusal", "declared"}
    for row in barred:
        readable = {str(value) for column, value in dict(row).items() if not column.startswith("sealed_")}
        assert not readable & known
