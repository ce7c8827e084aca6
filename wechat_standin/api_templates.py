"""Template messages to followers, subscription messages to those who consented."""

from __future__ import annotations

import asyncio
from typing import Any

from wechat_standin.api_custom import follower
from wechat_standin.errors import ApiError
from wechat_standin.gate import Ask, api_route
from wechat_standin.people import Person
from wechat_standin.settings import Template
from wechat_standin.standin import StandIn
from wechat_standin.template_rules import check_fields

SAME_ID_SECONDS = 600.0
STATES = ("developer", "trial", "formal")


async def send_template(ask: Ask) -> dict[str, Any]:
    body = ask.json()
    person = follower(ask, body.get("touser"))
    template = _template(ask.standin, body.get("template_id"))
    values = check_fields(body.get("data"), template=template)
    now, client_id = ask.standin.clock.now(), str(body.get("client_msg_id") or "")
    sent_at, sent_id = person.sent_ids.get(client_id, (0.0, 0)) if client_id else (0.0, 0)
    if sent_id and now - sent_at < SAME_ID_SECONDS:
        return {"errcode": 0, "errmsg": "ok", "msgid": sent_id}
    message_id = ask.standin.next_id()
    if client_id:
        person.sent_ids[client_id] = (now, message_id)
    if not person.blocks_templates:
        _show(ask.standin, person, body, values, template)
    ask.standin.later(_tell_result(ask.standin, person, message_id))
    return {"errcode": 0, "errmsg": "ok", "msgid": message_id}


async def send_subscription(ask: Ask) -> dict[str, Any]:
    body = ask.json()
    person = ask.standin.people.find_mini(body.get("touser"))
    if person is None:
        raise ApiError(40003)
    template = _template(ask.standin, body.get("template_id"))
    if body.get("miniprogram_state", "formal") not in STATES:
        raise ApiError(40097)
    _check_page(ask.standin, body.get("page"))
    values = check_fields(body.get("data"), template=template)
    if person.consents.get(body["template_id"], 0) < 1:
        raise ApiError(43101)
    person.consents[body["template_id"]] -= 1
    _show(ask.standin, person, body, values, template)
    return {"errcode": 0, "errmsg": "ok", "msgid": ask.standin.next_id()}


def _template(standin: StandIn, template_id: object) -> Template | None:
    if not isinstance(template_id, str) or not template_id:
        raise ApiError(40037)
    if standin.settings.templates and template_id not in standin.settings.templates:
        raise ApiError(40037)
    return standin.settings.templates.get(template_id)


def _check_page(standin: StandIn, page: object) -> None:
    if page is None or page == "":
        return
    path = page.split("?")[0] if isinstance(page, str) else "/"
    pages = standin.settings.mini_pages
    if path.startswith("/") or (pages and path not in pages):
        raise ApiError(41030)


def _show(
    standin: StandIn, person: Person, body: dict[str, Any], values: dict[str, str], template: Template | None
) -> None:
    labels = template.fields if template is not None else {}
    content = {
        "template_id": body["template_id"],
        "title": template.title if template is not None else "",
        "fields": [
            {"key": key, "label": labels.get(key, ""), "value": value} for key, value in values.items()
        ],
        "url": str(body.get("url") or ""),
        "page": str((body.get("miniprogram") or {}).get("pagepath") or body.get("page") or ""),
    }
    person.show(at=standin.clock.now(), sender="account", kind="template", type="template", content=content)


async def _tell_result(standin: StandIn, person: Person, message_id: int) -> None:
    await asyncio.sleep(standin.settings.template_event_delay)
    status = "failed:user block" if person.blocks_templates else "success"
    await standin.push(
        person,
        {"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "MsgID": message_id, "Status": status},
    )


ROUTES = [
    api_route("/cgi-bin/message/template/send", send_template, needs="oa"),
    api_route("/cgi-bin/message/subscribe/send", send_subscription, needs="mini"),
]
