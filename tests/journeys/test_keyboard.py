"""Everything with the keyboard alone, without JavaScript, on 320 pixels: nobody needs a mouse."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from local.server import Stack
from shared.domain.registration.registration import State
from tests.journeys.conftest import Story
from tests.journeys.test_organiser import code, linked
from tests.journeys.test_own_page import link

pytestmark = pytest.mark.browser

_STANDS_OUT = """wanted => {
    const here = document.activeElement, style = getComputedStyle(here)
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    return [here === wanted, here === document.body || seen, here.outerHTML.slice(0, 80)]
}"""


class Keyboard:
    """Somebody without a mouse; what has the focus must be seen, and nothing may stick out."""

    most = 80  # times Tab: more than any page has stops, so that every page is gone round once

    def __init__(self, page: Page) -> None:
        self.page = page

    def opens(self, url: str) -> None:
        self.page.goto(url)
        self._fits()

    def goes_to(self, wanted: Locator) -> None:
        wanted.wait_for()
        for _ in range(self.most):
            self.page.keyboard.press("Tab")
            is_wanted, is_visible, what = wanted.evaluate(_STANDS_OUT)
            assert is_visible, f"the focus cannot be seen on {what}"
            if is_wanted:
                return
        raise AssertionError(f"the tab key does not reach {wanted}")

    def types(self, label: str, text: str) -> None:
        self.goes_to(self.page.get_by_label(label).locator("visible=true").first)
        self.page.keyboard.type(text)

    def ticks(self, label: str) -> None:
        self.goes_to(self.page.get_by_label(label))
        self.page.keyboard.press("Space")
        expect(self.page.get_by_label(label)).to_be_checked()

    def unfolds(self, title: str) -> None:
        self.goes_to(self.page.locator("summary", has_text=title))
        self.page.keyboard.press("Enter")
        self._fits()

    def presses(self, name: str) -> None:
        self.goes_to(self.page.get_by_role("button", name=name, exact=True).locator("visible=true"))
        self._enters()

    def does(self, act: str, sure: str, button: str) -> None:
        """Do one of the acts that need a tick."""
        self.unfolds(act)
        self.ticks(sure)
        self.presses(button)

    def skips(self) -> None:
        """Go past what stands above the content of this page."""
        self.page.keyboard.press("Tab")
        skip = self.page.get_by_role("link", name="Naar de inhoud")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport(ratio=1)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        expect(self.page.locator("main :focus")).to_have_count(1)

    def follows(self, name: str) -> None:
        self.goes_to(self.page.get_by_role("link", name=name).first)
        self._enters()

    def reads(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)
        self._fits()

    def _enters(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self._fits()

    def _fits(self) -> None:
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 320, self.page.url


@pytest.fixture
def keyboard(browser: Browser) -> Iterator[Keyboard]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    context.set_default_timeout(10_000)
    yield Keyboard(context.new_page())
    context.close()


@pytest.fixture
def story(served: Stack) -> Story:
    served.world.reset()
    return Story(served.world)


def test_a_registrant_needs_no_mouse_from_the_form_to_being_forgotten(
    keyboard: Keyboard, story: Story, served: Stack
) -> None:
    keyboard.opens(served.form.url)
    keyboard.types("Naam", "Anna Bos")
    keyboard.types("E-mailadres", "anna@berg.example")
    keyboard.types("School", "Bergcollege")
    keyboard.presses("Aanmelden")
    keyboard.reads("PLG-")

    keyboard.opens(link(story, "anna"))
    keyboard.skips()
    keyboard.opens(link(story, "anna"))
    keyboard.types("E-mailadres van je collega", "bram@berg.example")
    keyboard.presses("Stuur de uitnodiging")
    keyboard.reads("Uitgenodigd: bram@berg.example")
    keyboard.unfolds("Wijzig je gegevens")
    keyboard.types("Je functie", "rector")
    keyboard.presses("Bewaar")
    keyboard.reads("Je wijziging is bewaard.")

    keyboard.opens(link(story, "bram", "/join/"))
    keyboard.types("Je naam", "Bram Kuipers")
    keyboard.types("Je e-mailadres", "bram@berg.example")
    keyboard.presses("Aanmelden")
    assert story.states() == {"Anna": "registered", "Bram": "registered"}

    keyboard.opens(link(story, "anna"))
    keyboard.does("Mail mij mijn links", "Ja, mail mij mijn links", "Mail ze mij")
    keyboard.reads("een mail met je links")
    keyboard.does("Neem je gegevens mee", "Ja, mail mij mijn gegevens", "Mail mij mijn gegevens")
    keyboard.reads("een mail met je gegevens")
    keyboard.does("Meld je af", "Ja, ik wil me afmelden", "Meld me af")
    keyboard.reads("Je bent afgemeld.")
    keyboard.ticks("Ja, ik wil weer meedoen")
    keyboard.presses("Meld je weer aan")
    keyboard.reads("je bent weer aangemeld")

    keyboard.unfolds("Geef je plek aan een collega")
    keyboard.types("Naam van je collega", "Carla Smit")
    keyboard.types("E-mailadres van je collega", "carla@berg.example")
    keyboard.presses("Geef je plek aan je collega")
    keyboard.reads("Je collega staat nu op de lijst")

    keyboard.opens(link(story, "carla"))
    keyboard.does("Mijn link is in verkeerde handen", "mijn oude links moeten stoppen", "Maak nieuwe links")
    keyboard.reads("oude links werken niet meer")
    keyboard.opens(link(story, "carla"))
    keyboard.does("Wis je gegevens", "Ja, wis mijn gegevens", "Wis mijn gegevens")
    keyboard.reads("Je gegevens zijn gewist")
    keyboard.opens(link(story, "carla"))
    keyboard.reads("Deze link werkt niet")
    assert story.states() == {"Anna": "cancelled", "Bram": "registered", "(gewist)": "cancelled"}


def test_a_mistake_takes_the_focus_and_leads_to_its_field(keyboard: Keyboard, story: Story) -> None:
    story.registers("Anna Bos")
    keyboard.opens(link(story, "anna"))
    keyboard.unfolds("Meld je af")
    keyboard.presses("Meld me af")
    expect(keyboard.page.get_by_role("alert")).to_be_focused()
    keyboard.follows("Vink eerst aan dat je dit wilt")
    keyboard.page.keyboard.press("Tab")
    keyboard.page.keyboard.press("Shift+Tab")
    expect(keyboard.page.get_by_label("Ja, ik wil me afmelden")).to_be_focused()


def test_who_lost_their_link_needs_no_mouse(keyboard: Keyboard, story: Story, served: Stack) -> None:
    story.registers("Anna Bos")
    keyboard.opens(f"{served.site.url}/links/plg-2023")
    keyboard.types("Je e-mailadres", "anna@berg.example")
    keyboard.presses("Stuur mij mijn link")
    keyboard.reads("Kijk in je mail")
    assert story.kinds("anna") == ["confirmation", "links"]


def test_an_organiser_needs_no_mouse_from_the_door_to_a_decision(
    keyboard: Keyboard, story: Story, served: Stack
) -> None:
    served.world.set_clock(datetime.fromisoformat("2023-04-15T12:00:00+02:00"))
    served.world.check()
    story.registers("Carla Smit", "Dalcollege")
    served.world.next_day()
    keyboard.opens(linked(served, "Open het overzicht"))
    keyboard.ticks("Ja, mail mij een code")
    keyboard.presses("Mail mij een code")
    keyboard.types("Code uit de mail", code(served))
    keyboard.presses("Log in")
    keyboard.reads("Wat vraagt een besluit?")
    keyboard.follows("Carla Smit, Dalcollege")
    keyboard.follows("Laat meedoen: Carla Smit")
    keyboard.reads("Er gaat 1 mail uit")
    keyboard.types("Waarom?", "belde vooraf")
    keyboard.presses("Laat meedoen")
    keyboard.reads("Gedaan")
    expect(keyboard.page.get_by_role("status")).to_be_focused()
    keyboard.page.keyboard.press("Tab")
    expect(keyboard.page.get_by_role("link", name="Volgende besluit")).to_be_focused()
    keyboard.follows("Overzicht")
    keyboard.skips()
    assert [r.state for r in served.world.registrations()] == [State.ADMITTED]
