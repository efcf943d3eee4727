"""A season of 120 schools and 300 people at the organiser's desk: without a mouse, each click counted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import boto3
import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Browser, Download, Locator, Page, expect

from bench.crowd import school_name
from local.server import Stack
from shared.aws import items
from shared.aws.versions import marked
from shared.aws.wire import to_wire
from shared.domain.network.network import Network
from shared.domain.network.sessions import session_entries
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.registration import Registration, State
from tests.conftest import ROOT
from tests.journeys.test_keyboard import Keyboard
from tests.journeys.test_organiser import code, linked
from tests.journeys.test_own_page import SCHEMES
from tests.people import someone

# Looks at a dozen pages with axe, twice each.
pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZES = [1] * 20 + [2] * 40 + [3] * 40 + [4] * 20  # people of each school
DECIDED_AT = datetime.fromisoformat("2023-04-15T07:00:00+02:00")
SCALE = (ROOT / "docs/scale.md").read_text()


class Organiser(Keyboard):
    """An organiser without a mouse, whose every page is looked at; `clicks` is what a task took so far."""

    most = 400  # the settings of dates have that many stops
    clicks = 0

    def __init__(self, page: Page, axed: Page) -> None:
        super().__init__(page)
        self._axed = axed  # with JavaScript, which axe needs

    def goes_to(self, wanted: Locator) -> None:
        super().goes_to(wanted)
        self.clicks += 1

    def begins(self, home: str) -> None:
        self.opens(home)
        self.clicks = 0

    def reads(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def downloads(self, name: str) -> Download:
        self.goes_to(self.page.get_by_role("link", name=name))
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return download.value

    def _fits(self) -> None:
        super()._fits()
        html = self.page.content()
        assert len(html.encode()) <= 40_000, self.page.url
        self._axed.set_content(html)
        for scheme in SCHEMES:
            self._axed.emulate_media(media="screen", color_scheme=scheme)
            self._is_clean(scheme)
        self._axed.emulate_media(media="print", color_scheme="dark")
        self._is_clean("printed", runOnly=["color-contrast"])  # paper has no screen reader

    def _is_clean(self, how: str, **options: list[str]) -> None:
        results = Axe().run(self._axed, options=options)
        assert results.violations_count == 0, f"{self.page.url}, {how}: {results.generate_report()}"


@pytest.fixture
def organiser(browser: Browser, phone: Page) -> Iterator[Organiser]:
    """Somebody who reads a screen of 1,280 by 1,024 at 400 %: as wide as a phone of 320."""
    context = browser.new_context(
        java_script_enabled=False,
        viewport={"width": 320, "height": 256},
        device_scale_factor=4,
        locale="nl-NL",
    )
    context.set_default_timeout(20_000)
    yield Organiser(context.new_page(), phone)
    context.close()


@pytest.fixture
def season(served: Stack) -> Stack:
    """The morning after the deadline: a hundred schools take part, and twenty wait for a decision.

    All that came before is stored as it was, for 300 registrations and 600 mails would take minutes.
    """
    world = served.world
    world.reset()
    world.set_clock(DECIDED_AT)
    store, table = boto3.client("dynamodb"), world.template.table["TableName"]
    for number, size in enumerate(SIZES):
        for person in everybody(number, size):
            world.table.register([person])
            for place, kind in enumerate(("confirmation", person.state.value), 1):
                store.put_item(TableName=table, Item=mail(world.networks["plg-2023"], person, kind, place))
    world._aftermath.skip(world.now)
    world.next_day()
    return served


def mail(network: Network, person: Registration, kind: str, place: int) -> dict[str, Any]:
    """Return the record of a mail that arrived; who takes part was told the sessions."""
    id_ = f"{person.reference}-{kind}-{place}"
    sessions = session_entries(network) if kind == "admitted" else None
    record = MailRecord(network.id, id_, kind, person.reference, MailState.DELIVERED, DECIDED_AT)
    return to_wire(marked(items.from_mail(replace(record, sessions=sessions))))


def everybody(number: int, size: int) -> Iterator[Registration]:
    """Yield the people of a school as the deadline decided about them."""
    school = school_name(number)
    state = State.ADMITTED if size > 1 else State.HELD
    for place in range(size):
        email = f"p{place}@{school.lower()}.example"
        person = someone(f"Persoon {school}{place}", email, school=school, place="Ede", phone="030 555 01 23")
        yield person.become(state, DECIDED_AT, "check")


def test_a_season_at_the_desk_takes_as_many_clicks_as_the_page_on_scale_says(
    season: Stack, organiser: Organiser
) -> None:
    clicks: dict[str, int] = {}
    home = linked(season, "Open het overzicht")
    organiser.opens(home)
    organiser.ticks("Ja, mail mij een code")
    organiser.presses("Mail mij een code")
    organiser.types("Code uit de mail", code(season))
    organiser.presses("Log in")
    organiser.reads("280 mensen van 100 scholen doen mee")
    clicks["sign in"] = organiser.clicks

    organiser.begins(home)
    organiser.follows("Wie komt er?")
    organiser.reads("300 mensen: 1 tot en met 40")
    clicks["who is coming"] = organiser.clicks

    organiser.begins(home)
    organiser.follows("Beslis over meer tegelijk")
    organiser.ticks("Alle 20 hierboven")
    organiser.presses("Laat meedoen")
    organiser.reads("Er gaan 20 mails uit")
    organiser.presses("Laat meedoen")
    organiser.reads("Gedaan: 20 besluiten.")
    expect(organiser.page.get_by_role("status")).to_be_focused()
    assert {r.state for r in season.world.registrations()} == {State.ADMITTED}
    clicks["twenty decisions"] = organiser.clicks
    assert len([m for m in season.world.mails() if m["kind"] == "admitted"]) == 20

    organiser.begins(home)
    organiser.follows("Instellingen")
    organiser.follows("Data en tijden")
    organiser.goes_to(organiser.page.get_by_label("Datum").nth(1))
    organiser.page.keyboard.type("07072023")
    organiser.presses("Bekijk wat er gebeurt")
    organiser.reads("vrijdag 7 juli 2023")
    organiser.reads("mails uit")
    organiser.presses("Verander dit")
    organiser.reads("Gedaan")
    expect(organiser.page.get_by_role("status")).to_be_focused()
    clicks["move a session"] = organiser.clicks

    organiser.begins(home)
    organiser.follows("Instellingen")
    organiser.follows("Eigen woorden in mails")
    organiser.types("Je doet mee", "Je kunt achter de school parkeren.")
    organiser.presses("Bekijk wat er gebeurt")
    organiser.reads("We zien je graag. Je kunt achter de school parkeren.")
    organiser.presses("Verander dit")
    organiser.reads("Gedaan")
    clicks["own words in a mail"] = organiser.clicks

    organiser.begins(home)
    organiser.follows("Schrijf een bericht")
    organiser.goes_to(organiser.page.get_by_label("Eén school"))
    organiser.page.keyboard.type(f"{school_name(119)} ")
    organiser.types("Onderwerp", "Neem je rooster mee")
    organiser.types("Bericht", "Tot de tiende!")
    organiser.presses("Bekijk de mail")
    organiser.presses("Verstuur naar 4 mensen")
    organiser.reads("Je bericht is verstuurd")
    clicks["write to a school"] = organiser.clicks
    assert len([m for m in season.world.mails() if m["kind"] == "message"]) == 4

    organiser.begins(home)
    organiser.follows("Presentielijst 10 mei")
    organiser.reads("300 mensen")
    clicks["list to sign"] = organiser.clicks

    organiser.begins(home)
    book = load_workbook(
        BytesIO(organiser.downloads("Download voor Excel").path().read_bytes()), read_only=True
    )
    clicks["list in Excel"] = organiser.clicks
    assert {name: len(list(book[name].rows)) for name in book.sheetnames} == {
        "Deelnemers": 301,
        "Scholen": 121,
        "Aanmeldingen": 301,
    }
    for task, number in clicks.items():
        assert f"| {task} |" in SCALE
        (row,) = [line for line in SCALE.splitlines() if line.startswith(f"| {task} |")]
        assert row.split("|")[3].strip() == str(number), row
