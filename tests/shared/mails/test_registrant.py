import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shared.domain.mail import Mail
from shared.domain.network.network import Network
from shared.domain.network.parts import WhenShort
from shared.domain.network.sessions import session_entries
from shared.domain.network.version_history import closing
from shared.domain.registration.colleague import replaced
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.mails import on_request, registrant
from shared.mails.calendar import CalendarRevision
from shared.phrases.language import phrases_of
from tests.shared.mails.people import (
    ALONE,
    DECIDED,
    EARLY,
    ENGLISH,
    LATE,
    LINKS,
    LOST,
    NOOR,
    PAIR,
    PIET,
    PLG,
    every,
    mails,
    person,
    school,
    waiting,
)


@pytest.fixture(params=[PLG, ENGLISH], ids=["nl", "en"])
def network(request: pytest.FixtureRequest) -> Network:
    """The first network, and the same in English: what is promised is promised in both."""
    parameter: Network = request.param
    return parameter


def in_language(network: Network, dutch: str, english: str) -> str:
    """What a mail of this network says, of the two."""
    return {"nl": dutch, "en": english}[network.language]


def with_rule(network: Network, **rule: Any) -> Network:
    return network.model_copy(update={"rule": network.rule.model_copy(update=rule)})


def words(mail: Mail) -> str:
    return " ".join(mail.text.split())


@pytest.mark.parametrize("name", every())
def test_every_mail_is_as_it_was_approved(name: str, same_as_golden: Callable[[str, Mail], None]) -> None:
    same_as_golden(name, every()[name])


@pytest.mark.parametrize("name", every())
def test_a_text_part_fits_in_80_columns_unless_a_link_does_not(name: str) -> None:
    lines = every()[name].text.splitlines()
    assert [line for line in lines if len(line) > 76 and "://" not in line] == []


@pytest.mark.parametrize("name", every())
def test_a_link_stands_on_a_line_of_its_own(name: str) -> None:
    lines = every()[name].text.splitlines()
    assert all(line.startswith(("https://", "Privacy: https://")) for line in lines if "://" in line)


def test_a_confirmation_says_how_many_there_are_and_until_when_the_others_can_come(network: Network) -> None:
    mail = registrant.confirmation(network, NOOR, ALONE, LINKS, date(2023, 3, 31))
    assert in_language(network, "1 van 2 aangemeld", "1 of 2 registered") in mail.text
    assert in_language(
        network, "tot en met vrijdag 14 april 2023", "up to and including Friday 14 April 2023"
    ) in words(mail)
    assert in_language(network, "vrijdag 31 maart", "Friday 31 March") in mail.text
    assert LINKS.forward in mail.text
    assert LINKS.me in mail.text


def test_a_confirmation_says_whose_address_is_missing_until_they_register(network: Network) -> None:
    noor = replace(NOOR, without_address=("Jan Bos", "Win op win.example"))
    mail = registrant.confirmation(network, noor, school(noor), LINKS, None)
    assert in_language(
        network,
        "1 van 2: we missen het e-mailadres van Jan Bos en je collega.",
        "1 of 2: we lack the email address of Jan Bos and your colleague.",
    ) in words(mail)
    noor = replace(NOOR, without_address=("Piet Jansen",))
    mail = registrant.confirmation(network, noor, school(noor, PIET), LINKS, None)
    assert in_language(network, "e-mailadres van", "email address of") not in words(mail)


def test_a_network_that_wants_three_people_asks_a_loner_for_two_colleagues(network: Network) -> None:
    mail = registrant.confirmation(with_rule(network, min_per_school=3), NOOR, ALONE, LINKS, None)
    assert in_language(network, "nog 2 collega’s nodig", "2 more colleagues needed") in mail.subject
    assert in_language(network, "1 van 3 aangemeld", "1 of 3 registered") in mail.text


def test_a_school_with_more_than_enough_people_is_never_3_of_2(network: Network) -> None:
    three = school(NOOR, PIET, person("Anna Visser"))
    assert (
        in_language(
            network,
            "3 aangemeld, 2 nodig - je school is compleet",
            "3 registered, 2 needed - your school is complete",
        )
        in registrant.complete(network, NOOR, three, LINKS, EARLY).text
    )


def test_many_people_are_counted_without_drawing_each_of_them(network: Network) -> None:
    mail = registrant.confirmation(with_rule(network, min_per_school=20), NOOR, ALONE, LINKS, None)
    assert in_language(network, "1 van 20 aangemeld", "1 of 20 registered") in mail.html
    assert in_language(network, ">vrij<", ">free<") not in mail.html


@pytest.mark.parametrize(
    ("when_short", "dutch", "english"),
    [
        (WhenShort.HOLD, "Dan beslist Voortgezet Leren.", "Then Voortgezet Leren decides."),
        (WhenShort.DECLINE, "Dan kun je helaas niet meedoen.", "Then, sadly, you cannot take part."),
        (WhenShort.ADMIT, "Je krijgt bericht, met alle data", "We email you, with all the dates"),
    ],
)
def test_a_loner_reads_what_the_deadline_will_do(
    when_short: WhenShort, dutch: str, english: str, network: Network
) -> None:
    mail = registrant.confirmation(with_rule(network, when_short=when_short), NOOR, ALONE, LINKS, None)
    assert in_language(network, dutch, english) in words(mail)


def test_an_instant_as_deadline_is_said_with_its_time(network: Network) -> None:
    moment = datetime(2023, 4, 14, 15, tzinfo=UTC)
    window = network.registration.model_copy(update={"deadline": moment})
    network = network.model_copy(update={"registration": window})
    mail = registrant.confirmation(network, NOOR, ALONE, LINKS, None)
    assert in_language(
        network, "tot vrijdag 14 april 2023 om 17.00 uur", "until Friday 14 April 2023 at 17:00"
    ) in words(mail)


@pytest.mark.parametrize(
    ("today", "dutch", "english"),
    [
        (date(2023, 4, 7), "Nog 7 dagen", "7 days left"),
        (date(2023, 4, 13), "Nog 1 dag", "1 day left"),
        (date(2023, 4, 14), "Vandaag is de laatste dag", "Today is the last day"),
    ],
)
def test_a_reminder_counts_down(today: date, dutch: str, english: str, network: Network) -> None:
    mail = registrant.reminder(network, NOOR, ALONE, LINKS, today, None)
    assert mail.subject.startswith(
        in_language(network, f"{dutch}, nog 1 collega nodig", f"{english}, 1 more colleague needed")
    )


def test_who_was_invited_reads_from_whom_we_have_what_and_how_to_leave(network: Network) -> None:
    mail = registrant.invited(network, PIET, NOOR, PAIR, LINKS)
    for dutch, english in (
        (
            "gaf ons je naam, je e-mailadres, je functie, je telefoonnummer en je school",
            "gave us your name, your email address, your role, your phone number and your school",
        ),
        ("tot en met woensdag 21 februari 2024", "up to and including Wednesday 21 February 2024"),
        (f"Bekijk, wijzig of meld je af: {LINKS.me}", f"See, change or cancel: {LINKS.me}"),
    ):
        assert in_language(network, dutch, english) in words(mail)


def test_an_invitation_names_who_asked_and_holds_no_link_to_their_own_page(network: Network) -> None:
    mail = mails(network=network)["invitation"]
    assert in_language(
        network, "Noor van Dijk gaf ons jouw e-mailadres", "Noor van Dijk gave us your email address"
    ) in words(mail)
    assert LINKS.forward in mail.text
    assert LINKS.me not in mail.text + mail.html


def test_only_who_counts_is_given_the_link_for_a_colleague(network: Network) -> None:
    gone = NOOR.become(State.CANCELLED, DECIDED, "person", "")
    assert LINKS.forward in on_request.links(network, NOOR, LINKS).text
    assert LINKS.forward not in on_request.links(network, gone, LINKS).text


def test_who_was_taken_off_the_list_is_not_offered_to_come_back(network: Network) -> None:
    gone = NOOR.become(State.CANCELLED, DECIDED, "organiser", "")
    assert (
        in_language(network, "Meld je weer aan", "Register again")
        not in registrant.cancelled(network, gone, ALONE, LINKS).text
    )


def test_the_sessions_leave_the_agenda_only_of_who_had_them_there(network: Network) -> None:
    assert [file.filename for file in mails(network=network)["cancelled-admitted"].attachments] == [
        "plg-2023.ics"
    ]
    assert mails(network=network)["cancelled"].attachments == ()


def test_what_we_were_not_given_is_not_listed(network: Network) -> None:
    bare = replace(PIET, role="", phone="")
    sentence = in_language(
        network, "je naam, je e-mailadres en je school", "your name, your email address and your school"
    )
    assert sentence in words(registrant.invited(network, bare, NOOR, PAIR, LINKS))


def test_who_was_invited_to_a_short_school_can_bring_someone_too(network: Network) -> None:
    network = with_rule(network, min_per_school=3)
    mail = registrant.invited(network, PIET, NOOR, PAIR, LINKS)
    assert LINKS.forward in mail.text


@pytest.mark.parametrize(
    "name",
    sorted(
        name
        for name in mails()
        if name not in {"invited", "invited-to-confirm", "late-invited", "message-shared"}
        and "together" not in name
    ),
)
def test_no_mail_names_a_colleague_but_the_one_who_registered_you(name: str) -> None:
    mail = mails(piet=replace(PIET, name="Balthasar Zonderland"))[name]
    assert "Balthasar" not in mail.text + mail.html
    assert "Zonderland" not in mail.text + mail.html


def test_admission_brings_every_session_as_a_file(network: Network) -> None:
    mail = registrant.admitted(network, NOOR, LINKS, DECIDED)
    assert [(file.filename, file.content_type) for file in mail.attachments] == [
        ("plg-2023.ics", "text/calendar")
    ]


def test_a_network_without_sessions_promises_no_file(network: Network) -> None:
    mail = registrant.admitted(network.model_copy(update={"sessions": ()}), NOOR, LINKS, DECIDED)
    assert mail.attachments == ()
    assert ".ics" not in mail.text


def test_a_school_that_is_short_and_waits_for_a_place_reads_until_when_it_may_replace_somebody(
    network: Network,
) -> None:
    noor, piet, els = (r.become(State.ADMITTED, DECIDED, "check") for r in (NOOR, PIET, person("Els Bos")))
    gone = [r.become(State.CANCELLED, LATE, "person") for r in (piet, els)]
    new = person("Kim Pol", received_at=LATE + timedelta(hours=1))
    here, three = waiting(school(noor, new, *gone)), with_rule(network, min_per_school=3)
    mail = registrant.confirmation(three, new, here, LINKS, None)
    until = in_language(network, "tot en met zaterdag 22 april 2023", "Saturday 22 April 2023")
    assert until in words(mail)
    assert in_language(network, "wachtlijst", "waiting list") in words(mail)
    after = registrant.confirmation(three, new, here, LINKS, None, LOST)
    assert until not in words(after)


def test_sessions_that_do_not_take_place_come_with_one_file_and_no_new_dates(network: Network) -> None:
    none = network.model_copy(update={"sessions": ()})
    mail = registrant.moved(none, NOOR, LINKS, session_entries(network), CalendarRevision(DECIDED))
    assert len(mail.attachments) == 1
    assert in_language(network, "het agendabestand bij", "the calendar file that comes") in words(mail)
    assert in_language(network, "Deze bijeenkomsten gaan niet door.", "do not take place.") in mail.html
    assert in_language(network, "nieuwe data", "new dates") not in mail.html
    assert in_language(network, "Kun je dan niet?", "come then?") not in words(mail)


def test_whoever_is_admitted_between_sessions_reads_of_the_next_and_afterwards_of_none(
    network: Network,
) -> None:
    second, last = network.sessions[1], network.sessions[-1]
    between = registrant.admitted(network, NOOR, LINKS, DECIDED, at=DECIDED.replace(month=6, day=1))
    assert in_language(network, "De volgende bijeenkomst", "The next session") in between.html
    assert phrases_of(network).day(second.date) in words(between)
    assert phrases_of(network).day(network.sessions[0].date) not in words(between)
    after = registrant.admitted(network, NOOR, LINKS, DECIDED, at=DECIDED.replace(month=12, day=1))
    assert in_language(network, "De bijeenkomsten zijn al geweest.", "The sessions are over.") in words(after)
    assert phrases_of(network).day(last.date) not in words(after)
    assert (after.attachments, ".ics" in after.text) == ((), False)
    for untrue in ("We zien je graag", "look forward"):
        assert untrue not in after.text


def held(
    network: Network, before: Registration, by: str, reason: Reason | None, *others: Registration
) -> Mail:
    after = before.become(State.HELD, LOST, by, "", reason)
    return registrant.held(network, after, school(after, *others), LINKS)


SHORT = Reason(ReasonCode.SHORT, people=1)
ENDED = Reason(
    ReasonCode.REPAIR_ENDED, PIET.reference, people=1, until=date(2023, 5, 10), day=date(2023, 5, 3)
)
ADMITTED = NOOR.become(State.ADMITTED, DECIDED, "check", reason=Reason(ReasonCode.COMPLETE, people=2))


def test_who_waits_because_the_room_is_full_is_not_told_that_the_school_is_short(network: Network) -> None:
    after = NOOR.become(State.HELD, LOST, "check", "", Reason(ReasonCode.NETWORK_FULL))
    mail = registrant.held(network, after, waiting(school(after, PIET)), LINKS)
    assert in_language(network, "wachtlijst", "waiting list") in words(mail)
    assert in_language(network, "te weinig", "too few") not in words(mail)


def test_who_took_over_an_uncertain_place_and_must_confirm_is_not_told_to_be_registered(
    network: Network,
) -> None:
    mail = registrant.confirm(network, NOOR.become(State.HELD, LOST, "person"), LINKS)
    assert in_language(network, "Er is een aanmelding", "There is a registration") in words(mail)
    assert in_language(network, "Je bent ", "You are ") not in words(mail)


def test_whom_an_organiser_holds_reads_that_and_nothing_about_the_school_or_a_waiting_list(
    network: Network,
) -> None:
    for mail in (
        held(network, NOOR, "sanne@x.example", None),
        held(network, NOOR, "sanne@x.example", None, PIET),
    ):
        assert in_language(network, "Leren heeft dit besloten.", "Leren has decided this.") in words(mail)
        assert in_language(network, "te weinig", "too few") not in words(mail)
        assert in_language(network, "wachtlijst", "waiting list") not in words(mail)


def test_whose_colleague_left_reads_when_and_takes_the_dates_out_of_the_agenda(network: Network) -> None:
    mail = held(network, ADMITTED, "check", ENDED)
    assert in_language(
        network,
        "Een collega van je school doet sinds woensdag 3 mei niet meer mee. "
        "Je school is niet op tijd weer compleet geworden: dat kon tot en met woensdag 10 mei.",
        "A colleague at your school has left, on Wednesday 3 May. "
        "Your school was not complete again in time: it had up to and including Wednesday 10 May.",
    ) in words(mail)
    assert in_language(network, "te weinig", "too few") not in words(mail)
    assert in_language(network, "Haal de data uit je agenda", "Take the dates out") in words(mail)
    (file,) = mail.attachments
    assert b"METHOD:CANCEL" in file.content


def test_whose_place_was_taken_by_an_earlier_release_reads_that_a_colleague_left(network: Network) -> None:
    mail = held(network, ADMITTED, "check", SHORT)
    assert in_language(
        network, "Een collega van je school doet niet meer mee.", "A colleague at your school has left."
    ) in words(mail)


def test_who_is_admitted_again_gets_the_dates_with_a_higher_sequence(network: Network) -> None:
    away = ADMITTED.become(State.HELD, LOST, "check", reason=ENDED)
    back = away.become(State.ADMITTED, LOST + timedelta(days=1), "sanne@x.example")
    mails_in_order = (
        registrant.admitted(network, ADMITTED, LINKS, DECIDED),
        registrant.held(network, away, school(away), LINKS),
        registrant.admitted(network, back, LINKS, LOST + timedelta(days=1)),
    )
    calendars = [mail.attachments[0].content for mail in mails_in_order]
    assert [re.findall(rb"SEQUENCE:(\d+)", file)[0] for file in calendars] == [b"0", b"1", b"2"]


def test_who_never_had_the_dates_gets_no_file_that_removes_them(network: Network) -> None:
    assert held(network, NOOR, "check", SHORT).attachments == ()
    assert declined(network, NOOR, "check", SHORT).attachments == ()
    assert len(declined(network, ADMITTED, "check", ENDED).attachments) == 1


def test_who_gave_their_place_away_reads_who_has_it(network: Network) -> None:
    mail = mails(network=network)["cancelled-replaced"]
    assert in_language(
        network,
        "Je collega Hugo Pot heeft jouw plek overgenomen. Je doet zelf niet meer mee",
        "Your colleague Hugo Pot has taken your place. You yourself no longer take part",
    ) in words(mail)
    assert in_language(network, "afgemeld", "cancelled") not in words(mail) + mail.subject


def test_a_successor_who_corrected_the_name_or_was_typed_by_an_organiser_is_not_named(
    network: Network,
) -> None:
    for by, renamed in (("person", True), ("sanne@x.example", False)):
        left, came = replaced(NOOR, "Hugo Pot", "hugo@school.example", "seed", Change(EARLY, NOOR.state, by))
        if renamed:
            reason = Reason(ReasonCode.CHANGED, fields=("name",))
            history = (*came.history, Change(LATE, came.state, "person", reason=reason))
            came = replace(came, name="Balthasar Pot", history=history)
        mail = registrant.cancelled(network, left, school(left, came), LINKS)
        assert "Pot" not in mail.text
        assert in_language(network, "Je collega heeft jouw plek", "Your colleague has taken your") in words(
            mail
        )


def test_a_network_that_refuses_late_people_does_not_offer_the_forward_link_to_who_is_held(
    network: Network,
) -> None:
    window = network.registration.model_copy(update={"late": "refuse"})
    mail = held(network.model_copy(update={"registration": window}), NOOR, "check", SHORT)
    assert LINKS.forward not in mail.text
    assert in_language(network, "bel 030 – 23 24 880", "call 030 – 23 24 880") in words(mail)


def declined(network: Network, before: Registration, by: str, reason: Reason | None = None) -> Mail:
    after = before.become(State.DECLINED, DECIDED, by, "", reason)
    return registrant.declined(network, after, school(after), LINKS)


def test_who_is_declined_reads_why(network: Network) -> None:
    late = person(state=State.LATE, received_at=LATE)
    let_in = late.become(State.ADMITTED, LATE, "anna@organiser.example")
    by_hand = "anna@organiser.example"
    for dutch, english, mail in (
        ("te weinig mensen aangemeld", "too few people", declined(network, NOOR, "check", SHORT)),
        ("doet sinds woensdag 3 mei niet meer", "has left", declined(network, ADMITTED, "check", ENDED)),
        ("kwam na de deadline binnen", "came in after the deadline", declined(network, late, by_hand)),
        ("Leren heeft dit besloten", "Leren has decided this", declined(network, NOOR, by_hand)),
        ("Leren heeft dit besloten", "Leren has decided this", declined(network, let_in, by_hand)),
    ):
        assert in_language(network, dutch, english) in words(mail)


def test_who_was_late_for_a_deadline_that_is_later_now_reads_that_it_was_the_old_one(
    network: Network,
) -> None:
    late, later = person(state=State.LATE, received_at=LATE), closing(network, LATE + timedelta(days=7))
    says = in_language(network, "kwam na de oude deadline binnen", "came in after the earlier deadline")
    assert [says in words(declined(each, late, "sanne@x.example")) for each in (network, later)] == [
        False,
        True,
    ]


def test_a_school_that_was_declined_does_not_read_that_a_window_has_closed_which_is_open_again(
    network: Network,
) -> None:
    says = in_language(network, "Aanmelden kon", "Registration was open")
    reopened = closing(network, DECIDED + timedelta(days=7))
    assert [says in words(declined(each, NOOR, "check", SHORT)) for each in (network, reopened)] == [
        True,
        False,
    ]


def test_an_organiser_without_a_phone_is_not_called(network: Network) -> None:
    organiser = network.organiser.model_copy(update={"phone": None})
    alone = network.model_copy(update={"organiser": organiser})
    mail = registrant.declined(alone, NOOR, ALONE, LINKS)
    assert "tel:" not in mail.html
    assert in_language(network, " bel ", " call ") not in mail.text


def test_a_network_without_a_privacy_statement_links_to_none(network: Network) -> None:
    privacy = network.privacy.model_copy(update={"statement_url": None})
    mail = on_request.already(network.model_copy(update={"privacy": privacy}), NOOR, LINKS)
    assert "Privacy" not in mail.text + mail.html


@pytest.mark.parametrize("at", [EARLY, LATE], ids=["in time", "after the deadline"])
def test_whose_school_has_an_exception_reads_in_no_mail_that_they_need_a_colleague(
    network: Network, at: datetime
) -> None:
    alone = replace(school(NOOR), is_waived=True)
    excepted = in_language(network, "een uitzondering gemaakt", "made an exception")
    needs = in_language(network, "nodig|te kort|Vraag", "needed|short|ask")
    comes = in_language(network, "Je krijgt bericht dat je meedoet", "We let you know that you are in")
    for written in (
        registrant.confirmation(network, NOOR, alone, LINKS, None, at),
        registrant.changed(network, NOOR, alone, LINKS, at),
        registrant.deadline(network, NOOR, alone, LINKS, None, None, EARLY),
    ):
        assert excepted in words(written)
        assert comes in words(written)
        assert re.search(rf"\b({needs})\b", f"{written.subject} {words(written)}") is None
    admitted = NOOR.become(State.ADMITTED, at, "check")
    stays = in_language(network, "Je doet mee, en dat blijft zo.", "You are in, and that stays so.")
    assert stays in words(
        registrant.changed(network, admitted, replace(alone, registrations=(admitted,)), LINKS, at)
    )
