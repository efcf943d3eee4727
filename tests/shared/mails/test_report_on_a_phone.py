"""A morning's report is read on a phone in a minute, also with many schools and decisions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from shared.domain.network.questions import Question
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.report.report import Report
from shared.mails.report import report
from tests.shared.mails.people import DECIDED, EARLY, LATE, PAGES, PLG, person

SCHOOLS = 45
WIDEST = "* { font-family: 'DejaVu Sans' !important; }"  # of the fonts of phones and machines of tests


def of_every_kind() -> Report:
    """The morning after the deadline of forty-five schools, with decisions of four kinds and lost mails."""
    spam = (Change(EARLY, State.QUARANTINED, "person", reason=Reason(ReasonCode.HONEYPOT)),)
    aside = [person(f"Win {n}", school="Casino", state=State.QUARANTINED, history=spam) for n in range(3)]
    unreached = [person(f"Persoon z{n}", school=f"{chr(88 + n)}{n} College") for n in range(3)]
    unreached = [r.become(State.ADMITTED, DECIDED, "check") for r in unreached]
    records = (("admitted", MailState.BOUNCED), ("confirmation", MailState.BOUNCED))
    lost = [
        MailRecord(PLG.id, kind, kind, r.reference, state, DECIDED)
        for r in unreached
        for kind, state in records
    ]
    asks = Question(id="mee", label="Neem je iemand mee naar de bijeenkomst in de middag?", kind="yes-no")
    network = PLG.model_copy(update={"form": PLG.form.model_copy(update={"questions": (asks,)})})
    everyone = [*people(10, 18), *unreached, *aside]
    return Report(network, everyone, lost, DECIDED, DECIDED + timedelta(days=1))


def people(late: int, held: int) -> Iterator[Registration]:
    """Two people of each of 45 schools, one of those that are held; the late ones after them."""
    for number in range(SCHOOLS):
        for nth in "xy"[: 1 if number < held else 2]:
            someone = person(f"Persoon {nth}{number}", school=f"{chr(65 + number % 26)}{number} College")
            someone = replace(someone, received_at=EARLY + timedelta(hours=number))
            if number < held:
                yield someone.become(State.HELD, DECIDED, "check", reason=Reason(ReasonCode.SHORT, people=1))
            elif number < held + late:
                yield replace(
                    someone, state=State.LATE, received_at=LATE, history=(Change(LATE, State.LATE, "person"),)
                )
            else:
                yield someone.become(State.ADMITTED, DECIDED, "check")


@pytest.mark.browser
@pytest.mark.parametrize(("late", "held"), [(0, 0), (20, 12), (0, 20)])
def test_forty_five_schools_are_at_most_2500_pixels(browser: Browser, late: int, held: int) -> None:
    morning = DECIDED + timedelta(days=1)
    mail = report(PLG, Report(PLG, list(people(late, held)), [], DECIDED, morning), PAGES)
    with browser.new_page(viewport={"width": 375, "height": 800}) as page:
        page.set_content(mail.html)
        page.add_style_tag(content=WIDEST)
        assert page.evaluate("document.documentElement.scrollHeight") <= 2_500
        assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.browser
def test_a_morning_with_decisions_of_every_kind_is_no_longer(browser: Browser) -> None:
    mail = report(PLG, of_every_kind(), PAGES)
    with browser.new_page(viewport={"width": 375, "height": 800}) as page:
        page.set_content(mail.html)
        page.add_style_tag(content=WIDEST)
        assert page.evaluate("document.documentElement.scrollHeight") <= 2_500


def test_where_much_is_asked_the_rest_is_on_the_overview() -> None:
    said = " ".join(report(PLG, of_every_kind(), PAGES).text.split())
    assert "Daar staan ook alle scholen, de aanmeldingen per dag en de antwoorden op jullie vragen." in said
    assert "Aanmeldingen per dag ---" not in said
    assert "3 keer misschien spam Win 0, Casino · en nog 2 Beslis over alle 3:" in said
    assert "3 Wacht op controle" in said


def test_many_decisions_stand_by_what_they_ask_with_the_first_of_each() -> None:
    morning = DECIDED + timedelta(days=1)
    mail = report(PLG, Report(PLG, list(people(20, 12)), [], DECIDED, morning), PAGES)
    said = " ".join(mail.text.split())
    assert "52 besluiten" in mail.subject
    assert "40 mensen waren te laat" in said
    assert f"Beslis over alle 40: {PAGES}/decisions#late" in said
    first = "12 scholen wachten op besluit A0 College · B1 College · C2 College · en nog 9"
    assert f"{first} Beslis over alle 12: {PAGES}/decisions#held" in said.replace(", Zeist", "")
