"""How one notice reaches one recipient: who may still be told, by which channel, in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from access.notified import Standing, liaison_standing, listed_standing, staff_standing
from clients.clock import Clock
from clients.wechat import WeChatAccount, WeChatError
from delivery.breaker import Breaker
from delivery.chat import Chat, mark_unfollowed
from delivery.outbox import Claimed
from delivery.outcomes import Failed, Outcome, Sent, TryAgain
from delivery.quotas import Quotas
from delivery.refusals import Alarms, outcome_of
from delivery.subscriptions import Subscriptions
from delivery.templates import Template, fill, readable_time
from models.choices import Channel, Status
from models.liaison import Liaison
from models.report import Report
from models.staff import Staff
from vault.keys import DataKey
from vault.vault import Vault

STATUS_LABELS = {str(status): status.label for status in Status}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Everything needed to deliver; `templates` as `read_templates` makes them."""

    vault: Vault
    clock: Clock
    timezone: ZoneInfo
    wechat: WeChatAccount
    templates: Mapping[str, Template]
    alarms: Alarms = field(default_factory=Alarms)
    subscriptions: Subscriptions | None = None
    text: Breaker = field(default_factory=Breaker)
    template: Breaker = field(default_factory=Breaker)
    quotas: Quotas = field(default_factory=Quotas)

    async def deliver(self, claimed: Claimed) -> Outcome:
        report = await Report.get(id=claimed.report_id)
        key = self.vault.key(report.data_key, place=f"report:{report.id}:key")
        values = self._values(claimed, key=key)
        if claimed.staff_id is not None:
            return await self._to_staff(claimed, values=values)
        if claimed.liaison_id is not None:
            return await self._to_liaison(claimed, values=values)
        return await self._to_reporter(claimed, report=report, key=key, values=values)

    def _values(self, claimed: Claimed, *, key: DataKey) -> dict[str, str]:
        values: dict[str, str] = key.open_json(claimed.sealed_payload, place=f"outbox:{claimed.id}:payload")
        given = values.get("status", "")
        time = readable_time(values.get("time", ""), otherwise=claimed.created_at, timezone=self.timezone)
        return values | {"time": time, "status": STATUS_LABELS.get(given, given)}

    async def _to_staff(self, claimed: Claimed, *, values: dict[str, str]) -> Outcome:
        person = await Staff.get(id=claimed.staff_id)
        standing = await staff_standing(person, report_id=claimed.report_id, vault=self.vault)
        if standing is Standing.MUST_NOT and claimed.notice == "urge":
            at = self.clock.now()
            standing = await listed_standing(person, report_id=claimed.report_id, at=at, vault=self.vault)
        place = f"staff:{person.id}:openid"
        return await self._to_told(standing, claimed, person.sealed_openid, place=place, values=values)

    async def _to_liaison(self, claimed: Claimed, *, values: dict[str, str]) -> Outcome:
        person = await Liaison.get(id=claimed.liaison_id)
        standing = await liaison_standing(person, report_id=claimed.report_id, vault=self.vault)
        place = f"liaison:{person.id}:openid"
        return await self._to_told(standing, claimed, person.sealed_openid, place=place, values=values)

    async def _to_told(
        self,
        standing: Standing,
        claimed: Claimed,
        sealed_openid: bytes | None,
        *,
        place: str,
        values: dict[str, str],
    ) -> Outcome:
        if standing is Standing.MUST_NOT:
            return Failed(reason="no-longer-responsible")
        if standing is Standing.NOT_YET:
            return TryAgain(reason="not-cleared")
        if sealed_openid is None:
            return Failed(reason="not-bound")
        openid = self.vault.open(sealed_openid, place=place)
        return await self._by_template(claimed, openid=openid, values=values)

    async def _to_reporter(
        self, claimed: Claimed, *, report: Report, key: DataKey, values: dict[str, str]
    ) -> Outcome:
        openid = _reporter_openid(report, key=key)
        if report.channel is Channel.MINI and self.subscriptions and openid:
            return await self.subscriptions.deliver(
                claimed.notice,
                openid=openid,
                person_index=str(report.reporter_index),
                template=self.templates.get(f"mini_{claimed.notice}"),
                values=values,
                alarms=self.alarms,
                quotas=self.quotas,
            )
        if report.channel is not Channel.CHAT:
            return Failed(reason="no-chat")
        if openid is None:
            return Failed(reason="unlinked")
        person = self.vault.index("oa", openid)
        chat = await Chat.find(
            person,
            openid=openid,
            wechat=self.wechat,
            alarms=self.alarms,
            breaker=self.text,
            quotas=self.quotas,
        )
        outcome = await chat.deliver(claimed, key=key, values=values, clock=self.clock)
        if outcome is None:
            outcome = await self._by_template(claimed, openid=openid, values=values)
        if isinstance(outcome, Failed) and outcome.reason == "not-following":
            await mark_unfollowed(person)
        return outcome

    async def _by_template(self, claimed: Claimed, *, openid: str, values: dict[str, str]) -> Outcome:
        template = self.templates.get(claimed.notice)
        if template is None:
            return Failed(reason="not-configured", channel="template")
        data, at = fill(template, values=values), self.clock.now()
        if (until := self.template.rests_until(at)) is not None:
            return TryAgain(reason="channel-rests", not_before=until)
        if (later := self.quotas.later(claimed.notice, api="template", at=at)) is not None:
            return TryAgain(reason="quota-kept", not_before=later)
        self.quotas.count("template", at=at)
        try:
            # within ten minutes the same id is sent once: a retry after a lost answer repeats nothing
            await self.wechat.send_template(openid, template.id, data, client_msg_id=claimed.id)
        except WeChatError as error:
            self.template.failed(error, at=at)
            outcome = outcome_of(error, alarms=self.alarms, channel="template", at=at)
            return self.template.put_off(outcome, at=at)
        self.template.worked()
        self.alarms.clear()
        return Sent(channel="template")


def _reporter_openid(report: Report, *, key: DataKey) -> str | None:
    """None once the link between the WeChat account and the report was cut."""
    if report.reporter_index is None or report.sealed_reporter is None:
        return None
    reporter = key.open_json(bytes(report.sealed_reporter), place=f"report:{report.id}:reporter")
    openid = reporter.get("openid")
    return str(openid) if openid else None
