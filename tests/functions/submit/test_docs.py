"""docs/form.md: what web masters copy works as it stands there, in a real browser."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from functions.schools import handler as schools
from functions.submit import handler as submit
from functions.submit.services import services as submit_services
from shared.aws.table import Table
from shared.domain.network.network import Network
from tests.conftest import ROOT
from tests.functions.submit.posts import OPEN, SITE, event
from tests.shared.domain.schools.matching.sample import register

# Behind these three stands the widget for proof of work, which is another project's.
FORM, SCRIPT, SUGGEST, *_ = re.findall(r"```html\n(.*?)```", (ROOT / "docs/form.md").read_text(), re.DOTALL)
API = "https://aanmelden.example"

pytestmark = pytest.mark.browser


def answer(route: Route) -> None:
    asked = route.request
    sent: dict[str, Any] = event(
        asked.post_data_buffer or b"", asked.headers.get("content-type", ""), at=OPEN
    )
    sent["headers"] |= {"accept": asked.headers.get("accept", "*/*"), "origin": SITE}
    query = parse_qs(urlsplit(asked.url).query)
    sent |= {"queryStringParameters": {"q": query["q"][0]}} if query else {}
    sent["requestContext"]["http"]["method"] = asked.method
    said = (schools if query else submit).handler(sent, None)
    route.fulfill(status=said["statusCode"], headers=said["headers"], body=said["body"])


@pytest.fixture(
    params=[FORM, FORM + SCRIPT, FORM + SCRIPT + SUGGEST], ids=["plain", "script", "both scripts"]
)
def page(
    request: pytest.FixtureRequest,
    browser: Browser,
    table: Table,
    plg: Network,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Page]:
    """The form of the docs, on the organisation's own site."""
    monkeypatch.setenv("TABLE", "tweetal")
    submit_services.cache_clear()
    schools.services.cache_clear()
    opened = browser.new_page()
    opened.route(f"{API}/**", answer)
    opened.route(
        f"{SITE}/**",
        lambda r: r.fulfill(content_type="text/html", body=f"<!doctype html>{request.param}"),
    )
    opened.goto(f"{SITE}/aanmelden")
    yield opened
    opened.close()
    submit_services.cache_clear()
    schools.services.cache_clear()


def test_a_web_masters_form_registers_two_people(page: Page, table: Table) -> None:
    page.get_by_label("Naam (verplicht)").fill("Fatima Aydin")
    page.get_by_label("E-mailadres (verplicht)").fill("fatima@berg.example")
    page.get_by_label("School (verplicht)").fill("Bergcollege")
    page.get_by_label("Naam van je collega").fill("Jan de Vries")
    page.get_by_label("E-mailadres van je collega").fill("jan@berg")
    page.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_be_focused()
    wrong = page.locator("[aria-invalid=true]")
    expect(wrong).to_have_count(1)
    expect(wrong).to_have_accessible_description(re.compile("Dit e-mailadres klopt niet"))
    expect(page.locator("[name=naam], [name=name]")).to_have_value("Fatima Aydin")
    assert table.registrations("plg-2023") == ()
    wrong.fill("jan@berg.example")
    with page.expect_response(lambda said: said.status in (201, 303)):
        page.get_by_role("button").click()
    assert {r.name: r.extra for r in table.registrations("plg-2023")} == {
        "Fatima Aydin": {},
        "Jan de Vries": {},
    }


@pytest.mark.parametrize("page", [FORM + SCRIPT + SUGGEST], indirect=True, ids=["both scripts"])
def test_who_types_a_school_gets_suggestions_and_who_picks_one_sends_its_brin(
    page: Page, table: Table
) -> None:
    table.save_register(register(), OPEN)
    school = page.get_by_label("School (verplicht)")
    with page.expect_response(lambda said: "/schools?q=" in said.url):
        school.press_sequentially("vitusco")
    expect(page.locator("datalist option")).to_have_count(1)
    school.fill(page.locator("datalist option").get_attribute("value") or "")
    expect(school).to_have_value("St Vituscollege")
    expect(page.get_by_label("Plaats van de school")).to_have_value("Bussum")
    expect(page.locator("[name=brin]")).to_have_value("90AH00")
