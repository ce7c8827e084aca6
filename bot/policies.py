"""`政策`: what is published for a village, by words; names of beneficiaries are masked as everywhere."""

from collections.abc import Sequence
from datetime import datetime

from bot import texts
from bot.effects import Policies, Policy
from bot.entering import Entries
from bot.paging import paged
from bot.talks import Talk
from disclosures.listing import Published, published_for
from organisation.house import House
from routing.names.spelling import plain

MOST_READ, MOST_SHOWN, MOST_NAMES = 300, 6, 30


async def policies(
    effect: Policies, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    entry = await entries.get(talk.state.entry) if talk.state.entry and not effect.region else None
    region = effect.region or (entry.region_id if entry is not None else talk.state.region)
    codes = house.organisation.table.path(region)
    if not codes:
        talk.state = talk.state._replace(stage="policies", places=(), offered=())
        return texts.POLICIES_WHERE
    page = await published_for(codes, limit=MOST_READ, today=at.astimezone(house.timezone).date())
    found = by_words(page.items, effect.words)[:MOST_SHOWN]
    place = "".join(house.organisation.table.names_of(region)[-2:])
    if not found:
        return texts.NO_POLICIES.format(place=place)
    offered = tuple(_line(item) for item in found)
    talk.state = talk.state._replace(
        stage="policies",
        region=region if not talk.state.entry else talk.state.region,
        places=tuple(item.code for item in found),
        offered=offered,
    )
    return texts.POLICIES.format(place=place, choices=texts.choices(list(offered)))


async def policy(
    effect: Policy, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    region = effect.region or talk.state.region
    entry = await entries.get(talk.state.entry) if talk.state.entry else None
    codes = house.organisation.table.path(entry.region_id if entry is not None else region)
    page = await published_for(codes, limit=MOST_READ, today=at.astimezone(house.timezone).date())
    item = next((item for item in page.items if item.code == effect.code), None)
    if item is None:
        return texts.POLICY_GONE
    return paged(_whole(item), talk=talk)


def by_words(items: Sequence[Published], words: str) -> list[Published]:
    """All of them without words; else those that hold most of the words' pairs of characters, titles first."""
    wanted = plain(words)
    if not wanted:
        return list(items)
    pairs = {wanted[at : at + 2] for at in range(max(1, len(wanted) - 1))}
    scored = []
    for number, item in enumerate(items):
        title, text = plain(item.title + item.area_name), plain(item.text)
        score = sum(3 * (pair in title) + (pair in text) for pair in pairs)
        if score:
            scored.append((-score, number, item))
    return [item for _, _, item in sorted(scored, key=lambda one: one[:2])]


def _line(item: Published) -> str:
    kind = texts.KINDS_OF_POLICY.get(item.kind, "")
    return texts.POLICY_LINE.format(title=item.title, kind=kind)


def _whole(item: Published) -> str:
    people = [f"{name} {amount}".strip() for name, amount in item.beneficiaries]
    lines = [
        item.title,
        texts.POLICY_DATE.format(date=item.date, place=item.region_name) if item.date else item.region_name,
        texts.POLICY_AMOUNT.format(amount=f"{item.amount:,.2f}") if item.amount is not None else "",
        item.text,
        texts.POLICY_PEOPLE.format(people="、".join(people[:MOST_NAMES]), count=len(people))
        if people
        else "",
        texts.POLICY_WRONG,
    ]
    return "\n".join(line for line in lines if line)
