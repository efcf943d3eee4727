"""The organisation's own form on its own origin, filled in by a person in a real browser."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from local.server import Stack

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, browser: Browser, served: Stack) -> Iterator[Page]:
    served.world.reset()
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 360, "height": 800})
    context.set_default_timeout(10_000)
    opened = context.new_page()
    opened.goto(served.form.url)
    yield opened
    context.close()


def fill(page: Page, **fields: str) -> None:
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " ")).first.fill(value)


def test_a_person_registers_with_a_colleague_and_both_are_mailed(page: Page, served: Stack) -> None:
    fill(page, Naam="Anna Bos", **{"E-mailadres": "anna@berg.example"}, School="Bergcollege", Plaats="Ede")
    fill(page, Naam_van_je_collega="Bram Kuipers")
    page.get_by_label("E-mailadres van je collega").fill("bram@berg.example")
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_url(f"{served.form.url}/bedankt*")
    reference = served.world.registrations()[0].reference
    expect(page.locator("main")).to_contain_text("PLG-")
    assert reference.startswith("PLG-")
    assert [m["kind"] for m in served.world.mails()] == ["confirmation", "invited"]
    # The organisation's own name for a field is in the network's map.
    assert {r.school for r in served.world.registrations()} == {"Bergcollege"}


def test_mistakes_are_shown_at_their_fields_and_what_was_typed_is_kept(page: Page, served: Stack) -> None:
    fill(page, Naam="Anna Bos", **{"E-mailadres": "anna@berg"}, Plaats="Ede")
    page.get_by_role("button", name="Aanmelden").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_visible()
    expect(page.locator("[aria-invalid=true]")).to_have_count(2)
    expect(page.locator("input[name=naam], input[name=name]").first).to_have_value("Anna Bos")
    page.locator("[aria-invalid=true][type=email]").fill("anna@berg.example")
    page.locator("[aria-invalid=true]:not([type=email])").fill("Bergcollege")
    page.get_by_role("button", name="Aanmelden").first.click()
    page.wait_for_url(f"{served.form.url}/bedankt*")
    assert [r.place for r in served.world.registrations()] == ["Ede"]


def test_our_own_pages_have_nothing_that_axe_finds(browser: Browser, served: Stack) -> None:
    served.world.reset()
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(served.form.url)
    fill(page, Naam="Anna Bos", **{"E-mailadres": "anna@berg.example"}, School="Bergcollege")
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_url(f"{served.form.url}/bedankt*")
    text = served.world.mails()[0]["text"]
    links = [word for word in text.split() if "/me/" in word or "/join/" in word]
    for url in [served.site.url, served.form.url, f"{served.site.url}/me/wrong", *links]:
        page.goto(url)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{url}: {results.generate_report()}"
    page.close()
