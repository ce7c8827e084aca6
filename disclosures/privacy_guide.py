"""隐私指引: a county's own part of it, written in the console."""

from collections.abc import Sequence

from tortoise.transactions import in_transaction

from clients.content_check import ContentCheck
from models.errors import DomainError
from models.privacy_guide import PrivacyGuide
from organisation.house import House
from vault.log import record

LONGEST_NAME, LONGEST_CONTACT, LONGEST_MORE = 128, 200, 5000


class GuideIncomplete(DomainError):
    key = "privacy-guide-incomplete"
    message = "请填写运营单位的名称和联系方式，群众要知道找谁。"


async def guide_of(path: Sequence[str]) -> PrivacyGuide | None:
    """Of the county in a path from the city down; None where it has written nothing yet."""
    return await PrivacyGuide.filter(county_id__in=list(path)).first()


async def keep_guide(
    *,
    operator: str,
    contact: str,
    more: str,
    county: str,
    by: str,
    house: House,
    check: ContentCheck | None,
    is_reviewed: bool = False,
) -> None:
    """Raises `GuideIncomplete` or what `check` does; nothing is changed then."""
    operator, contact = operator.strip()[:LONGEST_NAME], contact.strip()[:LONGEST_CONTACT]
    more = more.replace("\r\n", "\n").strip()[:LONGEST_MORE]
    if not operator or not contact:
        raise GuideIncomplete
    if check is not None:
        await check([operator, contact, more], is_reviewed=is_reviewed)
    at = house.clock.now()
    values = {"operator": operator, "contact": contact, "more": more, "changed_at": at}
    async with in_transaction():
        await PrivacyGuide.update_or_create(county_id=county, defaults=values)
        await record("privacy-guide.keep", by=by, at=at, object_id=county)
