"""Whatever the values, WeChat's field rules hold; a push carries only what its name allows."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.templates import VALUES, TemplatesWrong, fill, read_templates, readable_time
from wechat_standin.template_rules import check_fields

ANY = st.text(max_size=60)
KEYS = {
    "place": ["thing1", "const1"],
    "area": ["thing2", "phrase2"],
    "number": ["character_string4", "thing4"],
    "status": ["phrase5", "thing5"],
    "time": ["time6", "date6", "thing6"],
}
NOW = datetime(2026, 11, 23, 7, 1, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


@given(st.data())
def test_every_value_passes_the_platforms_own_check(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(VALUES)))
    fields = {data.draw(st.sampled_from(KEYS[value])): value for value in VALUES[name]}
    values = {value: data.draw(ANY) for value in VALUES[name]}
    values["time"] = readable_time(values["time"], otherwise=NOW, timezone=ZONE)
    template = read_templates({name: {"id": "T", "fields": fields}})[name]
    filled = fill(template, values=values)
    assert filled.keys() == fields.keys()
    check_fields({key: {"value": value} for key, value in filled.items()}, template=None)


@given(ANY)
def test_time_always_reads_as_a_time(given_time: str) -> None:
    assert readable_time(given_time, otherwise=NOW, timezone=ZONE) == "2026年11月23日 15:01"


@pytest.mark.parametrize(
    ("given_time", "read"),
    [
        ("2026-01-02T03:04:05+00:00", "2026年01月02日 11:04"),
        ("2026年01月02日 11:04", "2026年01月02日 11:04"),
        ("2026-01-02T03:04:05", "2026年11月23日 15:01"),
        ("2026年13月02日 11:04", "2026年11月23日 15:01"),
    ],
)
def test_times_are_read_in_the_local_clock(given_time: str, read: str) -> None:
    assert readable_time(given_time, otherwise=NOW, timezone=ZONE) == read


def test_without_fields_the_keys_stand_in_the_order_of_the_contract() -> None:
    templates = read_templates({name: {"id": "T"} for name in VALUES})
    assert templates["report_new"].fields == {"thing1": "place", "thing2": "area", "time3": "time"}
    assert templates["report_reply"].fields == {"thing1": "number", "thing2": "time"}


def test_long_place_keeps_its_end() -> None:
    template = read_templates({"report_new": {"id": "T"}})["report_new"]
    place = "云岭市青川区东河镇" * 3 + "柳树村"
    value = fill(template, values={"place": place, "area": "教育", "time": "2026年11月23日 15:01"})["thing1"]
    assert len(value) == 20 and value.startswith("…") and value.endswith("东河镇柳树村")


@pytest.mark.parametrize(
    "setting",
    [
        {"report_neu": {"id": "T"}},
        {"report_new": {"id": ""}},
        {"report_new": "T"},
        {"report_new": {"id": "T", "fields": {"thing1": "text"}}},
        {"report_new": {"id": "T", "fields": {"thing1": "number"}}},
        {"report_new": {"id": "T", "fields": ["place"]}},
    ],
)
def test_wrong_setting_is_named(setting: dict[str, object]) -> None:
    with pytest.raises(TemplatesWrong) as caught:
        read_templates(setting)
    assert next(iter(setting)) in caught.value.message
