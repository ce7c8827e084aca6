"""A word to somebody who reported in the mini-program: one message for each consent, and nothing without one."""

from dataclasses import dataclass

from clients.clock import Clock
from clients.wechat import WeChatAccount, WeChatError, WeChatFailed
from delivery.consents import count_consent, refused, spend_consent
from delivery.outcomes import Failed, Outcome, Sent, TryAgain
from delivery.quotas import Quotas
from delivery.refusals import Alarms, outcome_of
from delivery.templates import Template, fill

NO_CONSENT_LEFT = 43101


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """The mini-program's account; without it nobody is told there."""

    mini: WeChatAccount
    clock: Clock

    async def deliver(
        self,
        notice: str,
        *,
        openid: str,
        person_index: str,
        template: Template | None,
        values: dict[str, str],
        alarms: Alarms,
        quotas: Quotas,
    ) -> Outcome:
        if template is None:
            return Failed(reason="not-configured", channel="subscription")
        at = self.clock.now()
        if not await spend_consent(person_index, template=notice, at=at):
            return Failed(reason="no-consent", channel="subscription")
        quotas.count("subscription", at=at)
        try:
            await self.mini.send_subscription(openid, template.id, fill(template, values=values))
        except WeChatError as error:
            if isinstance(error, WeChatFailed) and error.errcode == NO_CONSENT_LEFT:
                await refused(person_index, template=notice, at=at)
                return Failed(reason="no-consent", channel="subscription")
            outcome = outcome_of(error, alarms=alarms, channel="subscription", at=at)
            if isinstance(outcome, TryAgain):
                await count_consent(person_index, template=notice, result="accept", at=at)
            return outcome
        return Sent(channel="subscription")
