"""Forgetting who somebody in the mini-program is (domain.md §6): asked for by them, or told by WeChat."""

from tortoise.transactions import in_transaction

from intake.attachments import discard_unfiled, drop_files
from intake.unlinking import unlink_reports
from models.api_draft import ApiDraft
from models.api_session import ApiSession
from models.subscription import SubscriptionConsent
from organisation.house import House


async def forget_person(person_index: str, *, house: House) -> int:
    """Reports stay and are cut off; sessions, draft, consents and what was not filed go. Answers how many were cut."""
    async with in_transaction():
        unlinked = await unlink_reports(person_index, house=house, at=house.clock.now())
        for table in (ApiSession, ApiDraft, SubscriptionConsent):
            await table.filter(person_index=person_index).delete()
    await drop_files(await discard_unfiled(session_index=person_index), house=house)
    return unlinked
