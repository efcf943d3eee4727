"""A registrant’s own page in a real browser: all that one can do, without JavaScript, on a small phone."""

from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from local.server import Stack
from tests.journeys.conftest import Story

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
AFTER = datetime.fromisoformat("2023-04-15T07:00:00+02:00")  # the first check after the deadline

pytestmark = pytest.mark.browser


@pytest.fixture
def story(served: Stack) -> Story:
    served.world.reset()
    return Story(served.world)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def link(story: Story, to: str, part: str = "/me/") -> str:
    """Return the latest link of a kind that somebody was mailed."""
    texts: list[str] = [mail["text"] for mail in story.mails(to=to)]
    return [word for text in texts for word in text.split() if part in word][-1]


def unfold(page: Page, title: str) -> None:
    page.locator("summary", has_text=title).click()


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def test_a_registrant_corrects_invites_leaves_and_comes_back(page: Page, story: Story) -> None:
    story.registers("Anna Boss", "Bergcolege")
    page.goto(link(story, "anna"))
    expect(page.locator("main")).to_contain_text("nog 1 collega nodig")

    unfold(page, "Wijzig je gegevens")
    page.get_by_label("Je naam").fill("Anna Bos")
    page.get_by_label("Naam van je school").fill("Bergcollege")
    press(page, "Bewaar")
    expect(page.get_by_role("status")).to_have_text("Je wijziging is bewaard.")
    expect(page.get_by_role("heading", name="Bergcollege")).to_be_visible()

    page.get_by_label("E-mailadres van je collega").first.fill("bram@berg.example")
    press(page, "Stuur de uitnodiging")
    expect(page.locator("main")).to_contain_text("Uitgenodigd: bram@berg.example")
    assert story.kinds("bram") == ["invitation"]

    page.goto(link(story, "bram", "/join/"))
    page.get_by_label("Je naam").fill("Bram Kuipers")
    page.get_by_label("Je e-mailadres").fill("bram@berg.example")
    press(page, "Aanmelden")
    assert story.kinds("bram") == ["invitation", "confirmation"]
    assert story.kinds("anna") == ["confirmation", "complete"]

    page.goto(link(story, "anna"))
    unfold(page, "Meld je af")
    expect(page.locator("details[open]")).to_contain_text("Daarna is er van je school nog 1 van 2.")
    press(page, "Meld me af")
    expect(page.get_by_role("alert")).to_contain_text("Vink eerst aan dat je dit wilt.")
    page.get_by_label("Ja, ik wil me afmelden").check()
    press(page, "Meld me af")
    expect(page.get_by_role("status")).to_contain_text("Je bent afgemeld.")
    assert story.kinds("bram")[-1] == "changed"

    page.get_by_label("Ja, ik wil weer meedoen").check()
    press(page, "Meld je weer aan")
    expect(page.get_by_role("status")).to_contain_text("je bent weer aangemeld")
    assert story.states() == {"Anna": "registered", "Bram": "registered"}
    assert story.kinds("bram")[-1] == "changed"  # the third mail of this day that others caused
    story.world.set_clock(story.world.now.replace(hour=17))
    assert story.kinds("bram")[-1] == "complete"


def test_somebody_who_takes_part_gives_their_place_to_a_colleague(
    page: Page, story: Story, served: Stack
) -> None:
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    served.world.set_clock(AFTER)
    served.world.check()
    page.goto(link(story, "anna"))
    with page.expect_download() as file:
        page.get_by_role("link", name="Zet in je agenda").click()
    assert file.value.suggested_filename == "plg-2023.ics"

    unfold(page, "Geef je plek aan een collega")
    page.get_by_label("Naam van je collega").fill("Carla Smit")
    page.get_by_label("E-mailadres van je collega").fill("carla@berg.example")
    press(page, "Geef je plek aan je collega")
    expect(page.get_by_role("status")).to_contain_text("Je collega staat nu op de lijst")
    assert story.states() == {"Anna": "cancelled", "Bram": "admitted", "Carla": "admitted"}
    assert story.kinds("carla") == ["invited", "admitted"]
    assert story.kinds("bram") == ["confirmation", "admitted"]  # the school never fell short
    (goodbye,) = story.mails("cancelled")
    assert [each["filename"] for each in goodbye["attachments"]] == ["plg-2023.ics"]


def test_somebody_takes_their_data_along_and_is_forgotten(page: Page, story: Story) -> None:
    story.registers("Anna Bos")
    own = link(story, "anna")
    page.goto(own)
    unfold(page, "Neem je gegevens mee")
    with page.expect_download() as file:
        page.get_by_role("link", name="Download je gegevens").click()
    taken = file.value.path().read_text()
    assert "anna@berg.example" in taken
    page.get_by_label("Ja, mail mij mijn gegevens").check()
    press(page, "Mail mij mijn gegevens")
    expect(page.get_by_role("status")).to_contain_text("We sturen je een mail met je gegevens.")
    ((mailed,),) = [mail["attachments"] for mail in story.mails("data", "anna")]
    assert b64decode(mailed["content_base64"]).decode() == taken
    unfold(page, "Wis je gegevens")
    page.get_by_label("Ja, wis mijn gegevens").check()
    press(page, "Wis mijn gegevens")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je gegevens zijn gewist")
    answer = page.goto(own)
    assert answer
    assert answer.status == 404


def test_who_lost_their_link_finds_the_way_back(page: Page, story: Story) -> None:
    story.registers("Anna Bos")
    page.goto(link(story, "anna", "/join/"))
    page.get_by_role("link", name="Vraag hem opnieuw").click()
    page.get_by_label("Je e-mailadres").fill("anna@berg.example")
    press(page, "Stuur mij mijn link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in je mail")
    assert story.kinds("anna") == ["confirmation", "links"]
    page.goto(link(story, "anna"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Je aanmelding")


def test_the_keyboard_is_enough_to_leave(page: Page, story: Story) -> None:
    story.registers("Anna Bos")
    page.goto(link(story, "anna"))
    page.locator("summary", has_text="Meld je af").focus()
    for key in ("Enter", "Tab", "Space", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("status")).to_contain_text("Je bent afgemeld.")


def test_opening_every_link_of_every_mail_changes_nothing(page: Page, story: Story, served: Stack) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    story.registers("Carla Smit", "Dalcollege")
    served.world.set_clock(AFTER)
    served.world.check()
    before, count = served.world.registrations(), len(story.mails())
    links = {word for mail in story.mails() for word in mail["text"].split() if served.site.url in word}
    assert {link.split("/")[3] for link in links} == {"me", "join", "organiser"}
    for url in sorted(links):
        for method in ("HEAD", "GET"):
            page.request.fetch(url, method=method)
        page.goto(url)
        for href in page.locator("a[href^='/']").evaluate_all("all => all.map(a => a.href)"):
            page.request.get(href)
    assert served.world.registrations() == before
    assert len(story.mails()) == count


def test_everybody_can_read_the_page_however_it_stands(browser: Browser, story: Story, served: Stack) -> None:
    story.registers("Anna Bos")
    own = link(story, "anna")
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()

    def look() -> None:
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            results = Axe().run(page)
            assert results.violations_count == 0, f"{scheme}: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    page.goto(own)
    look()
    assert len(page.content()) < 30_000
    press(page, "Geef je plek aan je collega")
    look()
    page.get_by_label("Ja, ik wil me afmelden").check()
    press(page, "Meld me af")
    look()
    page.goto(f"{served.site.url}/links/plg-2023")
    look()
    press(page, "Stuur mij mijn link")
    look()
    context.close()


def test_the_link_for_a_colleague_is_copied_by_one_button_that_needs_javascript(
    browser: Browser, story: Story
) -> None:
    story.registers("Anna Bos", "Bergcollege")
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(link(story, "anna"))
        page.get_by_role("button", name="Kopieer de link").click()
        expect(page.get_by_role("status")).to_have_text("De link is gekopieerd.")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator(".copy").inner_text().strip()
        assert "/join/" in copied


def test_without_javascript_no_button_promises_to_copy(page: Page, story: Story) -> None:
    story.registers("Anna Bos", "Bergcollege")
    page.goto(link(story, "anna"))
    expect(page.get_by_role("button", name="Kopieer de link")).to_have_count(0)
    expect(page.get_by_role("link", name="WhatsApp")).to_be_visible()
