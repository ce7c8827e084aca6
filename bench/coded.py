"""A prefecture with a code for every village and area, and matters published in it."""

import datetime

from models.area import Area
from models.body import Body
from models.disclosure import Disclosure
from models.entry_code import EntryCode
from models.region import Region
from organisation.entry_codes import make
from organisation.live import raise_version

VILLAGES, TOWNSHIPS, AREAS = 2887, 178, 6
NOW = datetime.datetime(2026, 11, 26, 2, tzinfo=datetime.UTC)


async def make_prefecture() -> list[str]:
    city, county = "990100000000", "990101000000"
    towns = [f"9901{number:05}000" for number in range(10001, 10001 + TOWNSHIPS)]
    villages = [f"{towns[number % TOWNSHIPS][:9]}{1 + number // TOWNSHIPS:03}" for number in range(VILLAGES)]
    places = [(city, "云岭市", "city", None), (county, "青川区", "county", city)]
    places += [(code, f"东河{number}镇", "township", county) for number, code in enumerate(towns)]
    places += [(code, f"柳树{code[-3:]}村", "village", f"{code[:9]}000") for code in villages]
    areas = [f"area{number}" for number in range(AREAS)]
    await Area.bulk_create([Area(code=code, name=f"领域{code[-1]}", sort=1) for code in areas])
    # parents first
    for code, name, level, parent in places[:2]:
        await Region.create(code=code, name=name, level=level, parent_id=parent)
    rest = [
        Region(code=code, name=name, level=level, parent_id=parent)
        for code, name, level, parent in places[2:]
    ]
    await Region.bulk_create(rest, batch_size=500)
    await Body.bulk_create(
        [
            Body(code=f"T{code}", name="镇纪委", level="township", region_id=code, phone="0990-1234567")
            for code in towns
        ]
    )
    published = [(town, area, n) for town in towns for area in areas for n in range(5)]
    published += [(village, areas[number % AREAS], 0) for number, village in enumerate(villages[::3])]
    await Disclosure.bulk_create(
        [
            Disclosure(
                code=f"{region}-{area}-{n}",
                kind="fund",
                area_id=area,
                region_id=region,
                title=f"第{n + 1}批困难群众生活补助资金发放情况",
                amount="12500.00",
                date=datetime.date(2026, 1 + n, 3),
                beneficiaries=[{"name": "张桂花", "amount": "500"}],
            )
            for region, area, n in published
        ],
        batch_size=500,
    )
    codes = [make() for _ in range(VILLAGES * AREAS)]
    await EntryCode.bulk_create(
        [
            EntryCode(
                code=code,
                purpose="report",
                area_id=areas[n % AREAS],
                region_id=villages[n // AREAS],
                issued_at=NOW,
            )
            for n, code in enumerate(codes)
        ],
        batch_size=500,
    )
    await raise_version(at=NOW)
    return codes
