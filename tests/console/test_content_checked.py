"""Nothing is published that the platform's check refuses, and nothing is lost when it does or cannot be asked."""

from collections.abc import Iterable

import pytest
from aiohttp import web

from clients.content_check import ContentCheck, ContentDoubtful, ContentNotChecked, ContentRefused
from console.app import make_console
from console.content import CONTENT_CHECK
from models.disclosure import Disclosure
from models.survey import Survey
from organisation.house import HOUSE, House
from tests.console.conftest import Browser
from tests.console.test_disclosures_pages import ROW, looked_at


class Answering(ContentCheck):
    """Stands in for the platform: what it was asked, and what it says."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_away = False

    async def __call__(self, texts: Iterable[str], *, is_reviewed: bool) -> None:
        given = list(texts)
        self.asked += given
        if self.is_away:
            raise ContentNotChecked
        for text in given:
            if "贷款" in text:
                raise ContentRefused(text, label=10001)
            if "集会" in text and not is_reviewed:
                raise ContentDoubtful(text, label=20001)


@pytest.fixture
def world_name() -> str:
    """What is said to the platform does not depend on the database."""
    return "sqlite"


@pytest.fixture
def check() -> Answering:
    return Answering()


@pytest.fixture
async def checked(office: House, check: Answering, aiohttp_client) -> Browser:
    app = web.Application()
    app[HOUSE], app[CONTENT_CHECK] = office, check
    app.add_subapp("/console", make_console(office))
    return Browser(await aiohttp_client(app), office)


async def test_a_disclosure(checked: Browser, check: Answering) -> None:
    await checked.sign_in("t-east-a")
    for text, words in (("低息贷款", "广告"), ("村民集会", "已人工复核")):
        await checked.post("/console/disclosures/look", **(ROW | {"text": text}))
        refused = await checked.post("/console/disclosures/publish", rows=looked_at(checked))
        assert refused.status == 422 and words in checked.text and text in checked.text
    assert await Disclosure.all().count() == 0
    check.is_away = True
    away = await checked.post("/console/disclosures/publish", rows=looked_at(checked), reviewed="yes")
    assert away.status == 422 and "过几分钟" in checked.text and await Disclosure.all().count() == 0
    check.is_away = False
    done = await checked.post("/console/disclosures/publish", rows=looked_at(checked), reviewed="yes")
    assert done.status == 303 and await Disclosure.all().count() == 1
    asked = len(check.asked)
    # names of who benefits go to nobody, and what is taken down is nobody's business
    await checked.post("/console/disclosures/look", **(ROW | {"active": "no"}))
    await checked.post("/console/disclosures/publish", rows=looked_at(checked))
    assert len(check.asked) == asked and not any("欧阳明月" in text for text in check.asked)


async def test_a_survey(checked: Browser, check: Answering) -> None:
    await checked.sign_in("head-a")
    await checked.get("/console/surveys")
    form = {"title": "村民集会怎么办", "questions": "*单选 要不要？ | 要 | 不要"}
    refused = await checked.post("/console/surveys", **form)
    assert refused.status == 422 and "已人工复核" in checked.text and form["title"] in checked.text
    assert await Survey.all().count() == 0
    assert (await checked.post("/console/surveys", **form, reviewed="yes")).status == 303
    assert any("要不要" in text for text in check.asked)
