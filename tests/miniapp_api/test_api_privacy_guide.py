"""The privacy guide says what is kept and how long, as it is kept, and whom to ask in a county."""

from disclosures.privacy_guide import keep_guide
from organisation.house import House
from retention.rules import default_rules
from tests.factories import COUNTY, EAST_VILLAGE
from tests.miniapp_api.conftest import Phone


async def test_what_is_kept_and_whom_to_ask(phone: Phone, house: House) -> None:
    told = (await phone.get("/privacy-guide")).body
    assert (told["operator"], told["contact"], told["more"]) == ("", "", "")
    lines = [line for section in told["sections"] for line in section["lines"]]
    (drafts,) = (rule.keep for rule in default_rules() if rule.what == "api-draft")
    assert any(f"最多存 {drafts.removesuffix('d')} 天" in line for line in lines)
    assert any("检举控告，已结案 10 年；" in line for line in lines)
    assert any("手机网页的登录最长 7 天，小程序的登录最长 30 天" in line for line in lines)
    assert not any("{" in line for line in lines)
    await keep_guide(
        operator="青川区纪委监委",
        contact="0990-1234567",
        more="补充",
        county=COUNTY,
        by="staff:1",
        house=house,
        check=None,
    )
    here = (await phone.get(f"/privacy-guide?region={EAST_VILLAGE}")).body
    assert (here["operator"], here["contact"], here["more"]) == ("青川区纪委监委", "0990-1234567", "补充")
    assert (await phone.get("/privacy-guide?region=999999000000")).body == told
