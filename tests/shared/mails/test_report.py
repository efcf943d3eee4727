from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bench.crowd import school_name
from functions.submit import refusals
from shared.domain.decision import Decision, Kind
from shared.domain.mail import Mail
from shared.domain.network.parts import Rule
from shared.domain.outbox import FROM_ONE_PLACE, MANY_BOUNCE, MailRecord, MailState
from shared.domain.registration.registration import Registration, State
from shared.domain.report.changes import Changes
from shared.domain.report.report import Report
from shared.domain.rule.standing import SchoolStanding
from shared.domain.schools.school import School
from shared.http import Problem
from shared.mails.morning import next_day
from shared.mails.network_lines import network_changes
from shared.mails.report import report
from shared.mails.report_actions import mail_button
from shared.mails.report_lines import REFUSAL_NAMES
from tests.shared.mails.people import (
    DECIDED,
    EARLY,
    LATE,
    NOOR,
    PAGES,
    PIET,
    PLG,
    person,
    report_closed,
    report_open,
)


def at(moment: datetime, *people: Registration, previous: datetime | None = None) -> Mail:
    return report(PLG, Report(PLG, people, [], previous, moment), PAGES)


def test_a_report_before_the_deadline_is_as_it_was_approved(
    same_as_golden: Callable[[str, Mail], None],
) -> None:
    same_as_golden("report-open", report(PLG, report_open(), PAGES))


def test_a_dropped_session_is_named_by_its_day_and_no_other_changed() -> None:
    fewer = PLG.model_copy(update={"sessions": PLG.sessions[1:]})
    changed = Report(fewer, [], [], None, EARLY, previous_network=PLG)
    assert network_changes(changed) == ["De bijeenkomst van woensdag 10 mei 2023 gaat niet door"]


def test_a_report_after_the_deadline_is_as_it_was_approved(
    same_as_golden: Callable[[str, Mail], None],
) -> None:
    same_as_golden("report-closed", report(PLG, report_closed(), PAGES))


@pytest.mark.parametrize(
    ("people", "moment", "subject"),
    [
        ([], EARLY, "PLG: 0 scholen compleet, 25 dagen"),
        ([NOOR], EARLY, "PLG: 0 scholen compleet, 1 te kort, 25 dagen"),
        ([NOOR, PIET], datetime(2023, 4, 13, 5, tzinfo=UTC), "PLG: 1 school compleet, 1 dag"),
        (
            [NOOR, PIET],
            datetime(2023, 4, 14, 5, tzinfo=UTC),
            "PLG: 1 school compleet, vandaag is de deadline",
        ),
        ([NOOR, PIET], DECIDED, "PLG: 1 school compleet, bijeenkomst 10 mei"),
        (
            [person(state=State.LATE, received_at=LATE)],
            DECIDED,
            "PLG: 0 scholen compleet, 1 besluit, bijeenkomst 10 mei",
        ),
    ],
)
def test_the_subject_says_where_the_rule_stands(
    people: list[Registration], moment: datetime, subject: str
) -> None:
    assert at(moment, *people).subject == subject


def test_a_network_that_wants_three_counts_short_schools_the_same_way() -> None:
    network = PLG.model_copy(update={"rule": PLG.rule.model_copy(update={"min_per_school": 3})})
    mail = report(network, Report(network, [NOOR, PIET], [], None, EARLY), PAGES)
    assert mail.subject == "PLG: 0 scholen compleet, 1 te kort, 25 dagen"


def test_a_day_on_which_nothing_changed_says_so() -> None:
    mail = at(EARLY + timedelta(days=2), NOOR, previous=EARLY + timedelta(days=1))
    assert "Er is niets veranderd sinds dinsdag 21 maart, 9.00 uur." in mail.text


def test_a_report_of_nobody_is_whole() -> None:
    mail = at(EARLY)
    assert "Er is geen school." in mail.text
    assert "Er zijn geen aanmeldingen." in mail.text
    assert "kon niet worden gemaakt" not in mail.text


class Broken(Report):
    """A report of which one fact cannot be worked out."""

    @property
    def changes(self) -> Changes:
        raise RuntimeError


class BrokenSchools(Report):
    """A report that cannot even count its schools."""

    @property
    def schools(self) -> tuple[School, ...]:
        raise RuntimeError

    @cached_property
    def standings(self) -> tuple[SchoolStanding, ...]:
        raise RuntimeError


def test_a_section_that_fails_says_so_and_leaves_the_others_whole() -> None:
    mail = report(PLG, Broken(PLG, (NOOR,), (), None, EARLY), PAGES)
    for part in (mail.text, mail.html):
        assert part.count("Dit onderdeel kon niet worden gemaakt.") == 1
        assert "Montessori Lyceum" in part
    assert "Wat is er nieuw?" not in mail.text
    assert mail.subject == "PLG: 0 scholen compleet, 1 te kort, 25 dagen"


def test_a_report_that_cannot_count_still_comes_and_says_what_it_misses() -> None:
    mail = report(PLG, BrokenSchools(PLG, (NOOR,), (), None, EARLY), PAGES)
    assert mail.subject == "PLG: het rapport van vandaag"
    assert "Niet alle bestanden konden worden gemaakt." in mail.text
    assert mail.attachments == ()
    assert "Aanmeldingen per dag" in mail.text


def test_the_lists_are_attached() -> None:
    assert [file.filename for file in at(EARLY, NOOR).attachments] == [
        "plg-2023-2023-03-20.xlsx",
        "plg-2023-2023-03-20.csv",
    ]


def test_a_question_about_one_person_is_a_mail_to_them_that_says_what_about() -> None:
    late = person("Lieke Vos", state=State.LATE, received_at=LATE)
    (question,) = Report(PLG, [late], [], None, DECIDED).questions
    mail = urlsplit(mail_button(PLG, question).url)
    assert mail.path == "lieke.vos@school.example"
    assert parse_qs(mail.query)["subject"] == [f"Je aanmelding voor PLG ({late.reference})"]


def test_people_who_are_asked_together_do_not_see_each_others_address() -> None:
    twin = person("Jan Kok", place="Driebergen")
    (question,) = Report(PLG, [NOOR, twin], [], None, EARLY).questions
    mail = urlsplit(mail_button(PLG, question).url)
    assert mail.path == "info@voortgezetleren.nl"
    assert parse_qs(mail.query)["bcc"] == ["jan.kok@school.example,noor.van.dijk@school.example"]


def test_an_address_cannot_add_to_the_link_of_its_line() -> None:
    late = person(state=State.LATE, received_at=LATE, email="a?bcc=b&x@school.example")
    (question,) = Report(PLG, [late], [], None, DECIDED).questions
    assert set(parse_qs(urlsplit(mail_button(PLG, question).url).query)) == {"subject"}


def schools_of(number: int, people: int = 1) -> list[Registration]:
    return [
        person(
            f"Persoon {n}-{m}",
            person_key=f"{n}-{m}",
            email=f"p{m}@s{n}.example",
            school=f"{school_name(n)} College",
            place="Amersfoort",
        )
        for n in range(number)
        for m in range(people)
    ]


@pytest.mark.parametrize("number", [45, 300, pytest.param(3000, marks=pytest.mark.slow)])
def test_gmail_shows_the_whole_report_however_many_schools_there_are(number: int) -> None:
    mail = at(EARLY, *schools_of(number))
    assert len(mail.html.encode()) <= 80_000
    for part in (mail.text, mail.html):
        assert f"Te kort ({number})" in part
        assert part.index("Werkt alles?") < part.index("De telling") < part.index(f"cholen ({number})")


def test_a_report_of_a_few_schools_lists_each_of_them() -> None:
    text = at(EARLY, *schools_of(8)).text
    assert "Alle scholen (8)" in text
    assert text.count("1 van 2") == 8


def test_a_report_of_many_schools_lists_first_those_that_need_attention_and_says_where_the_others_are() -> (
    None
):
    people = schools_of(130, people=2)
    text = at(EARLY, *people[:-1]).text
    assert (
        f"{school_name(129)} College, Amersfoort" in text.partition("Te kort (1)")[2].partition("Compleet")[0]
    )
    assert "Compleet (129)" in text
    assert text.count("2 van 2") < 129
    assert "Eerst wie aandacht vraagt. De rest staat in de bijlage." in " ".join(text.split())


def test_a_report_begins_with_who_comes_and_the_way_to_the_desk() -> None:
    text = " ".join(at(EARLY, NOOR, PIET).text.split())
    start = text.index("2 mensen van 1 school zouden meedoen als de deadline nu was.")
    assert start < text.index("Open het overzicht") < text.index("Wat is er nieuw?")


@pytest.mark.parametrize(
    ("moment", "number", "label"),
    [
        (datetime(2023, 4, 13, 5, tzinfo=UTC), "1", "dag nog"),
        (datetime(2023, 4, 20, 5, tzinfo=UTC), "20", "dagen tot de bijeenkomst"),
        (datetime(2023, 5, 9, 5, tzinfo=UTC), "1", "dag tot de bijeenkomst"),
        (datetime(2023, 5, 10, 5, tzinfo=UTC), "0", "dagen: vandaag"),
        (datetime(2023, 12, 1, 5, tzinfo=UTC), "–", "bijeenkomsten voorbij"),
    ],
)
def test_after_the_deadline_the_days_are_counted_to_the_next_session(
    moment: datetime, number: str, label: str
) -> None:
    assert next_day(PLG, moment)[:2] == (number, label)


def test_a_network_without_sessions_only_has_a_deadline() -> None:
    alone = PLG.model_copy(update={"sessions": ()})
    assert next_day(alone, DECIDED + timedelta(days=1)).news == "deadline voorbij"


def test_a_crowd_at_one_school_makes_no_line_of_the_report_long() -> None:
    people = [person(f"Persoon {chr(65 + n % 26)}{n}", person_key=str(n)) for n in range(300)]
    mail = at(EARLY, *people)
    assert "en nog 292" in mail.text
    assert len(mail.html.encode()) <= 80_000


def test_long_names_and_many_decisions_do_not_make_the_report_too_long_either() -> None:
    people = [
        person(
            "Ü" * 100,
            person_key=str(n),
            school="&" * 150 + str(n),
            place="é" * 60,
            state=state,
            received_at=LATE,
        )
        for n in range(200)
        for state in (State.LATE, State.REGISTERED)
    ]
    mail = at(DECIDED, *people)
    assert len(mail.html.encode()) <= 80_000
    assert "besluiten" in mail.subject
    assert "De telling" in mail.text


def test_many_questions_are_counted_and_not_all_written_out() -> None:
    people = [
        person(f"Persoon {n}", person_key=str(n), state=State.LATE, received_at=LATE) for n in range(65)
    ]
    mail = at(DECIDED, *people)
    assert "65 besluiten" in mail.subject
    said = " ".join(mail.text.split())
    assert "65 mensen waren te laat" in said
    assert "Persoon 0, Montessori Lyceum · Persoon 1, Montessori Lyceum · " in said
    assert "en nog 62" in said
    assert f"Beslis over alle 65: {PAGES}/decisions#late" in said
    assert len(mail.html.encode()) <= 80_000


def text_of(moment: datetime, *people: Registration, **known: Any) -> str:
    return " ".join(report(PLG, Report(PLG, people, [], None, moment, **known), PAGES).text.split())


DAY_BEFORE = datetime(2023, 4, 13, 5, tzinfo=UTC)


def test_the_day_before_the_deadline_the_closing_mails_are_announced_by_name() -> None:
    said = text_of(DAY_BEFORE, NOOR)
    assert "1 school (1 persoon) wacht op besluit" in said
    assert "Montessori Lyceum, Zeist: Noor van Dijk" in said.partition("Als de deadline nu was")[2]
    assert "Deze mails gaan de ochtend na de deadline uit." in said
    assert "Deze mails gaan" not in text_of(DAY_BEFORE - timedelta(days=2), NOOR)


def test_a_closing_that_is_held_is_said_with_who_holds_it() -> None:
    hold = Decision(PLG.id, "1", Kind.HOLD_CLOSING, "", "Sanne", "we bellen nog", DAY_BEFORE)
    assert "Sanne houdt het besluit vast sinds donderdag 13 april: we bellen nog." in text_of(
        DAY_BEFORE, NOOR, decisions=[hold]
    )


def test_a_waived_school_stands_apart_with_its_reason() -> None:
    waiver = Decision(PLG.id, "1", Kind.WAIVE, NOOR.reference, "Sanne", "kleine school", EARLY)
    said = text_of(DAY_BEFORE, NOOR, decisions=[waiver])
    assert "Uitzondering (1)" in said
    assert "kleine school" in said
    assert "1 school (1 persoon) doet mee" in said


def test_a_school_that_may_replace_someone_says_until_when() -> None:
    noor, piet = (r.become(State.ADMITTED, DECIDED, "check", "") for r in (NOOR, PIET))
    gone = piet.become(State.CANCELLED, DECIDED + timedelta(days=2), "person", "")
    said = text_of(DECIDED + timedelta(days=3), noor, gone)
    assert "Mag iemand vervangen (1)" in said
    assert "tot en met maandag 24 april iemand vervangen" in said


def test_a_changed_rule_is_named_as_the_cause() -> None:
    before = PLG.model_copy(update={"rule": Rule(min_per_school=1)})
    facts = Report(PLG, [NOOR], [], EARLY + timedelta(hours=1), DAY_BEFORE, previous_network=before)
    said = " ".join(report(PLG, facts, PAGES).text.split())
    assert "Door een regelwijziging: van elke school doen nu minstens 2 mensen mee" in said
    assert "1 school is niet meer compleet" in said


def test_who_waits_for_a_place_is_named() -> None:
    window = PLG.registration.model_copy(update={"max_participants": 1})
    small = PLG.model_copy(update={"registration": window})
    facts = Report(small, [NOOR, PIET], [], None, DAY_BEFORE)
    assert "2 mensen staan op de wachtlijst" in report(small, facts, PAGES).text


def test_a_report_says_what_this_release_cannot_read() -> None:
    mail = report(PLG, Report(PLG, [NOOR], [], None, EARLY, unreadable_count=2), PAGES)
    assert "2 aanmeldingen of besluiten kan deze versie niet lezen" in mail.text
    assert "kan deze versie niet lezen" not in at(EARLY, NOOR).text


def test_a_report_says_which_first_mails_wait_and_why() -> None:
    records = [
        MailRecord(PLG.id, f"m{i}", "confirmation", "x", MailState.PENDING, EARLY, reason=reason)
        for i, reason in enumerate([FROM_ONE_PLACE, MANY_BOUNCE, MANY_BOUNCE])
    ]
    text = " ".join(report(PLG, Report(PLG, [NOOR], records, None, EARLY), PAGES).text.split())
    assert "1 eerste mail wacht nog: er kwamen veel aanmeldingen tegelijk" in text
    assert "2 eerste mails wachten nog: er kwamen te veel eerste mails terug" in text


def test_a_report_counts_what_is_kept_no_longer_because_one_place_sent_too_much() -> None:
    reports = {n: Report(PLG, [NOOR], [], None, EARLY, gave_way=n) for n in (0, 1, 12)}
    texts = {n: " ".join(report(PLG, each, PAGES).text.split()) for n, each in reports.items()}
    assert "bewaren we niet meer" not in texts[0]
    assert "1 inzending die niet op het formulier paste, bewaren we niet meer" in texts[1]
    assert "12 inzendingen die niet op het formulier pasten, bewaren we niet meer" in texts[12]


def test_every_reason_to_refuse_a_browser_has_a_name() -> None:
    codes = {
        *(each.code for each in vars(refusals).values() if isinstance(each, Problem)),
        refusals.not_open_yet(PLG).code,
        refusals.closed(PLG).code,
        refusals.too_many(EARLY).code,
        refusals.not_valid((), False).code,
    }
    browsers_never_get = {"origin", "unknown-network"}
    assert codes - browsers_never_get == set(REFUSAL_NAMES)
