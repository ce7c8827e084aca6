"""Matters on such organisations: places, people and words at random, directions that lead nowhere."""

from hypothesis import strategies as st

from routing.authority import FLOOR
from routing.facts import Facts, Subject
from tests.routing.generated import AREAS, CITY, COUNTIES, NAMES, POSTS, Organisation

UNITS = (
    "",
    "甲一镇纪委",
    "甲县纪委监委",
    "江州市纪委监委",
    "县纪委",
    "甲县纪委监委干部监督室",
    "甲一村",
    "甲县第一纪检监察室",
)
PLACES = [CITY, *COUNTIES]
PLACES += [
    f"{county[:6]}1{number:02}{tail}" for county in COUNTIES for number in (1, 2) for tail in ("000", "201")
]
PLACES += ["990121101201"] * 8 + ["990121101201001", "990121101999", "7"]
_words = st.just("") | st.lists(
    st.sampled_from([*NAMES * 3, *POSTS, *UNITS, "钱不见了", "　"]), max_size=8
).map("，".join)
_subjects = st.none() | st.builds(
    Subject, st.sampled_from(["", "王", *NAMES]), st.sampled_from(POSTS), st.sampled_from(UNITS)
)


_number = st.integers(0, 2**16)
_numbers = st.just([]) | st.lists(_number, max_size=2)
_maybe = st.none() | st.none() | _number
_place, _area = st.sampled_from(PLACES), st.sampled_from(AREAS)
_purpose = st.sampled_from(["report", "report", "report", "suggest", "conduct"])
_level = st.sampled_from([*FLOOR, "nonsense"])
_subject = st.none() | _subjects
_is_there = st.booleans()
_avoid = st.frozensets(st.sampled_from(["township", "liaison"]))
_trigger = st.none() | st.none() | st.sampled_from(["masses", "span", "recusal", "assigned"])
_direction = st.sampled_from(["transfer", "return", "lift", "cross", "assigned"])
_nearness = st.sampled_from([0, 1, 2])


@st.composite
def facts_on(draw: st.DrawFn, organisation: Organisation, *, is_directed: bool = False) -> Facts:
    """Codes and people are drawn as numbers: a strategy made anew for each organisation costs as much as the rest."""
    codes = organisation.body_codes or ["NOBODY"]
    people = [p.key for p in (*organisation.rows["staff"], *organisation.rows["liaisons"])] or ["staff:0"]
    region, of = draw(_place), draw(_maybe)
    return Facts(
        region_code=region,
        area_code=draw(_area),
        purpose=draw(_purpose),
        level=draw(_level),
        subject=draw(_subject),
        text=draw(_words),
        has_words=draw(_is_there),
        appeal_of=None if of is None else codes[of % len(codes)],
        avoid=draw(_avoid),
        ruled_out_bodies={codes[number % len(codes)]: "退回" for number in draw(_numbers)},
        ruled_out_people={people[number % len(people)]: "申报" for number in draw(_numbers)},
        zone_trigger=draw(_trigger),
        direction=draw(_direction) if is_directed else "",
        directed_to=_named(organisation, region, draw(_nearness), draw(_number)) if is_directed else "",
    )


def _named(organisation: Organisation, region: str, nearness: int, number: int) -> str:
    """Any body, the township's own, or a neighbour's."""
    digits = (0, 9, 6)[nearness]
    townships = (body for body in organisation.rows["bodies"] if body.level == "township")
    near = [body.code for body in townships if body.region_code[:digits] == region[:digits]] if digits else []
    codes = near or organisation.body_codes or ["NOBODY"]
    return codes[number % len(codes)]
