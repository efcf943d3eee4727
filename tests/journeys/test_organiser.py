"""An organiser on a small phone without JavaScript: from the report, through the code, to a decision."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from local.server import Stack
from shared.domain.decision import Decision, Kind
from shared.domain.registration.registration import State
from shared.domain.schools.matching import Typed, alias_key
from tests.journeys.conftest import FORM, PATH
from tests.journeys.test_own_page import SCHEMES
from tests.moment import Moment

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def _late(served: Stack) -> Moment:
    world = served.world
    world.reset()
    registers(served, "Anna Bos", "Bergcollege")
    registers(served, "Bram Kuipers", "Bergcollege")
    world.set_clock(datetime.fromisoformat("2023-04-15T12:00:00+02:00"))
    world.check()
    registers(served, "Carla Smit", "Dalcollege")
    world.next_day()
    return Moment.of(world)


@pytest.fixture
def late(served: Stack, _late: Moment) -> Stack:
    """The morning after Carla of the Dalcollege came too late; the Bergcollege was in time with two."""
    served.world.reset()
    _late.put_back(served.world)
    return served


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    size = {"width": 320, "height": 700}
    context = browser.new_context(java_script_enabled=False, viewport={**size})  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield context
    context.close()


def registers(served: Stack, name: str, school: str) -> None:
    body = {"naam": name, "emailadres": f"{name.split()[0].lower()}@berg.example", "schoolnaam": school}
    headers = {"content-type": "application/x-www-form-urlencoded", "origin": FORM}
    assert served.world.http("POST", PATH, headers, urlencode(body)).status == 303


def linked(served: Stack, label: str) -> str:
    """Return where a line of the latest report leads."""
    report = [mail for mail in served.world.mails() if mail["kind"] == "report"][-1]
    match = re.search(rf"{label}:\s+(\S+)", report["text"])
    assert match
    return match[1]


def code(served: Stack) -> str:
    mail = [mail for mail in served.world.mails() if mail["kind"] == "code"][-1]
    assert mail["to"] == ["info@voortgezetleren.nl"]
    match = re.search(r"^ +(\d{6})$", mail["text"], re.MULTILINE)
    assert match
    return match[1]


def asks_for_a_code(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("Ja, mail mij een code").check()
    page.get_by_role("button", name="Mail mij een code").click()


def signs_in(page: Page, served: Stack, url: str) -> None:
    asks_for_a_code(page, url)
    page.get_by_label("Code uit de mail").fill(code(served))
    page.get_by_role("button", name="Log in").click()


def test_from_the_report_through_the_code_to_admitting_who_was_late(
    late: Stack, phone: BrowserContext
) -> None:
    page = phone.new_page()
    signs_in(page, late, linked(late, "Beslis over deze persoon"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Dalcollege")
    page.get_by_role("link", name="Laat meedoen: Carla Smit").click()
    expect(page.locator("main")).to_contain_text("Er gaat 1 mail uit")
    expect(page.locator("main")).to_contain_text("carla@berg.example")
    page.get_by_label("Waarom?").fill("belde vooraf")
    page.get_by_role("button", name="Laat meedoen").click()
    expect(page.get_by_role("status")).to_contain_text("Gedaan")
    expect(page.locator("main")).to_contain_text("doet mee door info@voortgezetleren.nl: belde vooraf")
    (carla,) = [r for r in late.world.registrations() if r.name == "Carla Smit"]
    assert carla.state is State.ADMITTED
    assert [m["kind"] for m in late.world.mails() if m["to"] == ["carla@berg.example"]] == [
        "late",
        "admitted",
    ]


def test_who_phoned_is_registered_by_hand_after_the_mails_were_shown_and_is_told_by_whom(
    late: Stack, phone: BrowserContext
) -> None:
    page = phone.new_page()
    signs_in(page, late, linked(late, "Open het overzicht"))
    page.get_by_role("link", name="Meld iemand aan").click()
    page.get_by_label("Naam", exact=False).first.fill("Dirk Mol")
    page.get_by_label("E-mailadres").fill("dirk@")
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
    expect(page.get_by_role("alert")).to_contain_text("E-mailadres: dit e-mailadres klopt niet")
    expect(page.get_by_label("Naam", exact=False).first).to_have_value("Dirk Mol")
    page.get_by_label("E-mailadres").fill("dirk@berg.example")
    page.get_by_label("Naam van de school").fill("Bergcollege")
    page.get_by_label("Doet meteen mee").check()
    page.get_by_label("Hoe weet je dit?").fill("belde op tijd")
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
    before = late.world.mails()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dirk Mol aanmelden?")
    announced = page.locator(".mails li span:first-of-type").all_text_contents()
    page.get_by_role("button", name="Meld aan").click()
    expect(page.get_by_role("status")).to_contain_text("Gedaan")
    expect(page.locator("main")).to_contain_text("doet mee door info@voortgezetleren.nl: belde op tijd")
    (mail,) = late.world.mails()[len(before) :]
    assert (announced, mail["to"], mail["kind"]) == (["dirk@berg.example"], ["dirk@berg.example"], "admitted")
    text = " ".join(mail["text"].split())
    assert "Voortgezet Leren heeft je aangemeld" in text
    assert "Voortgezet Leren gaf ons je naam, je e-mailadres en je school" in text


def test_who_lost_a_mail_gets_it_once_more(late: Stack, phone: BrowserContext) -> None:
    page = phone.new_page()
    signs_in(page, late, linked(late, "Beslis over deze persoon"))
    before = len(late.world.mails())
    page.get_by_role("link", name="Mail opnieuw: Carla Smit").click()
    expect(page.locator("main")).to_contain_text("Er gaat 1 mail uit")
    page.get_by_role("button", name="Mail opnieuw").click()
    expect(page.get_by_role("status")).to_contain_text("Gedaan")
    assert [(m["kind"], m["to"]) for m in late.world.mails()[before:]] == [("late", ["carla@berg.example"])]
    expect(page.get_by_role("link", name="Mail opnieuw: Carla Smit")).to_have_count(0)


def test_two_typings_become_one_school_and_two_again_with_the_keyboard_alone(
    served: Stack, phone: BrowserContext
) -> None:
    world = served.world
    world.reset()
    registers(served, "Anna Bos", "De oude kazerne")
    registers(served, "Bram Kuipers", "Het Hof")
    world.next_day()
    page = phone.new_page()
    signs_in(page, served, linked(served, "Open het overzicht"))
    tabs_to(page, "De oude kazerne")
    tabs_to(page, "Welke school is “De oude kazerne”?")
    page.get_by_label("Naam, plaats of BRIN-nummer").fill("hof")
    page.keyboard.press("Enter")
    tabs_to(page, "Dezelfde school als Het Hof")
    expect(page.locator("main")).to_contain_text("2 van 2: compleet")
    expect(page.locator("main")).to_contain_text("Er gaan 2 mails uit")
    tabs_to(page, "Dit is één school")
    expect(page.locator(".intro")).to_contain_text("2 van 2: compleet")
    tabs_to(page, "Neem terug: “De oude kazerne” en “Het Hof” zijn één school")
    expect(page.locator("main")).to_contain_text("1 van 2: te kort")
    tabs_to(page, "Neem terug")
    expect(page.locator(".intro")).to_contain_text("1 van 2: te kort")


def test_who_is_told_by_a_word_on_schools_is_mailed_by_the_next_check_at_the_latest(served: Stack) -> None:
    world = served.world
    world.reset()
    registers(served, "Anna Bos", "De oude kazerne")
    registers(served, "Bram Kuipers", "Het Hof")
    one, two = (alias_key(Typed(r.school, r.place)) for r in world.registrations())
    world.table.save_decision(
        Decision("plg-2023", "same-1", Kind.SAME, one, "sanne", "", world.now, value=two)
    )
    world.next_day()
    addresses = [m["to"][0] for m in world.mails() if m["kind"] == "complete"]
    assert sorted(addresses) == ["anna@berg.example", "bram@berg.example"]


def test_the_sixth_code_opens_nothing_not_even_the_right_one(late: Stack, phone: BrowserContext) -> None:
    page = phone.new_page()
    asks_for_a_code(page, linked(late, "Open het overzicht"))
    right = code(late)
    for _ in range(5):
        page.get_by_label("Code uit de mail").fill(f"{(int(right) + 1) % 1_000_000:06}")
        page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("werkt niet meer")
    assert page.get_by_label("Code uit de mail").count() == 0
    answer = page.request.post(page.url, form={"code": right}, headers={"origin": late.world.base_url})
    assert answer.status == 403


def test_after_twelve_hours_an_organiser_stands_at_the_door_again(late: Stack, phone: BrowserContext) -> None:
    page = phone.new_page()
    signs_in(page, late, linked(late, "Beslis over deze persoon"))
    page.get_by_role("link", name="Laat meedoen: Carla Smit").click()
    late.world.set_clock(late.world.now + timedelta(hours=12))
    page.get_by_role("button", name="Laat meedoen").click()
    expect(page.get_by_role("button", name="Mail mij een code")).to_be_visible()
    assert {r.state for r in late.world.registrations() if r.name == "Carla Smit"} == {State.LATE}


def test_a_scanner_that_asks_for_every_page_with_head_changes_nothing(late: Stack) -> None:
    url = linked(late, "Beslis over deze persoon").removeprefix(late.world.base_url)
    before = len(late.world.mails())
    for path in (url, url.partition("/school/")[0]):
        assert late.world.http("HEAD", path).status == 200
    assert len(late.world.mails()) == before


def tabs_to(page: Page, name: str) -> None:
    """Go to what is called so with the tab key, and press Enter."""
    wanted = page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first
    wanted.wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("it => it === document.activeElement"):
            return page.keyboard.press("Enter")
    raise AssertionError(f"the tab key does not reach {name!r}")


def test_a_forwarded_report_gets_nowhere_without_the_mailbox(
    late: Stack, phone: BrowserContext, browser: Browser
) -> None:
    url = linked(late, "Open het overzicht")
    signs_in(phone.new_page(), late, url)
    with browser.new_context() as another:
        page = another.new_page()
        for place in (
            url,
            linked(late, "Beslis over deze persoon"),
            f"{url}/export/csv",
            f"{url}/closing/hold",
        ):
            page.goto(place)
            expect(page.get_by_role("button", name="Mail mij een code")).to_be_visible()
            assert "Carla" not in page.content()


def test_what_an_order_announces_is_what_is_mailed(late: Stack, phone: BrowserContext) -> None:
    page = phone.new_page()
    url = linked(late, "Open het overzicht")
    signs_in(page, late, url)
    anna = next(r for r in late.world.registrations() if r.name == "Anna Bos")
    before = len(late.world.mails())
    page.goto(f"{url}/person/{anna.reference}/decline")
    expect(page.locator("main")).to_contain_text("Er gaan 2 mails uit")
    announced = page.locator(".mails li span:first-of-type").all_text_contents()
    page.get_by_role("button", name="Wijs af").click()
    expect(page.get_by_role("status")).to_be_visible()
    mailed = late.world.mails()[before:]
    assert sorted(announced) == sorted(m["to"][0] for m in mailed)
    assert sorted(m["kind"] for m in mailed) == ["changed", "declined"]


def test_everybody_can_read_every_page(late: Stack, browser: Browser) -> None:
    url = linked(late, "Open het overzicht")
    carla = linked(late, "Beslis over deze persoon").rpartition("/")[2]
    anna = next(r.reference for r in late.world.registrations() if r.name == "Anna Bos")
    registers(late, "Bounce Mol", "Dalcollege")  # whom no mail reaches
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        page = context.new_page()
        page.goto(url)
        fine(page)
        page.get_by_label("Ja, mail mij een code").check()
        page.get_by_role("button", name="Mail mij een code").click()
        fine(page)
        page.get_by_label("Code uit de mail").fill(code(late))
        page.get_by_role("button", name="Log in").click()
        places = (
            "",
            f"/school/{carla}",
            f"/person/{carla}/admit",
            f"/school/{carla}/nergens",
            f"/person/{carla}/resend",
            f"/registration?of={carla}",
            f"/typing/{carla}?q=berg",
            f"/typing/{carla}/same/{anna}",
            "/closing/hold",
            "/settings",
            "/settings/dates",
            "/settings/mails",
        )
        for place in places:
            page.goto(url + place)
            fine(page)
        page.goto(f"{url}/registration")
        page.get_by_role("button", name="Bekijk wat er gebeurt").click()
        fine(page)
        page.goto(f"{url}/settings/dates")
        page.get_by_label("Datum").first.fill("")
        page.get_by_role("button", name="Bekijk wat er gebeurt").click()
        fine(page)
        page.get_by_label("Datum").first.fill("2023-05-11")
        page.get_by_role("button", name="Bekijk wat er gebeurt").click()
        fine(page)
        page.goto(f"{url}/settings/mails")
        page.get_by_label("Je aanmelding is binnen").fill("Je kunt achter de school parkeren.")
        page.get_by_role("button", name="Bekijk wat er gebeurt").click()
        fine(page)


def fine(page: Page) -> None:
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{page.url}, {scheme}: {results.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert len(page.content().encode()) < 30_000
