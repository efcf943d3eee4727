from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from shared.domain.network import Network
from shared.domain.network_parts import WhenShort
from shared.domain.registration import Registration, State
from shared.mails import registrant
from shared.mails.mail import Mail
from tests.shared.mails.people import (
    ALONE,
    DECIDED,
    EARLY,
    LATE,
    LINKS,
    NOOR,
    PAIR,
    PIET,
    PLG,
    mails,
    person,
    school,
)


def with_rule(**rule: Any) -> Network:
    return PLG.model_copy(update={"rule": PLG.rule.model_copy(update=rule)})


def words(mail: Mail) -> str:
    return " ".join(mail.text.split())


@pytest.mark.parametrize("name", mails())
def test_every_mail_is_as_it_was_approved(name: str, same_as_golden: Callable[[str, Mail], None]) -> None:
    same_as_golden(name if name == "code" else f"nl/{name}", mails()[name])


@pytest.mark.parametrize("name", mails())
def test_a_text_part_fits_in_80_columns_unless_a_link_does_not(name: str) -> None:
    lines = mails()[name].text.splitlines()
    assert [line for line in lines if len(line) > 76 and "://" not in line] == []


@pytest.mark.parametrize("name", mails())
def test_a_link_stands_on_a_line_of_its_own(name: str) -> None:
    lines = mails()[name].text.splitlines()
    assert all(line.startswith(("https://", "Privacy: https://")) for line in lines if "://" in line)


def test_a_confirmation_says_how_many_there_are_and_until_when_the_others_can_come() -> None:
    mail = registrant.confirmation(PLG, NOOR, ALONE, LINKS, date(2023, 3, 31))
    assert "1 van 2 aangemeld" in mail.text
    assert "tot en met vrijdag 14 april 2023" in words(mail)
    assert "vrijdag 31 maart" in mail.text
    assert LINKS.forward in mail.text
    assert LINKS.me in mail.text


def test_a_network_that_wants_three_people_asks_a_loner_for_two_colleagues() -> None:
    mail = registrant.confirmation(with_rule(min_per_school=3), NOOR, ALONE, LINKS, None)
    assert "nog 2 collega’s nodig" in mail.subject
    assert "1 van 3 aangemeld" in mail.text


def test_a_school_with_more_than_enough_people_is_never_3_of_2() -> None:
    three = school(NOOR, PIET, person("Anna Visser"))
    assert (
        "3 aangemeld, 2 nodig - je school is compleet"
        in registrant.complete(PLG, NOOR, three, LINKS, EARLY).text
    )


def test_many_people_are_counted_without_drawing_each_of_them() -> None:
    mail = registrant.confirmation(with_rule(min_per_school=20), NOOR, ALONE, LINKS, None)
    assert "1 van 20 aangemeld" in mail.html
    assert "nog vrij" not in mail.html


@pytest.mark.parametrize(
    ("when_short", "said"),
    [
        (WhenShort.HOLD, "Dan beslist Voortgezet Leren."),
        (WhenShort.DECLINE, "Dan kun je helaas niet meedoen."),
        (WhenShort.ADMIT, "Je krijgt bericht, met alle data voor in je agenda."),
    ],
)
def test_a_loner_reads_what_the_deadline_will_do(when_short: WhenShort, said: str) -> None:
    mail = registrant.confirmation(with_rule(when_short=when_short), NOOR, ALONE, LINKS, None)
    assert said in words(mail)


def test_an_instant_as_deadline_is_said_with_its_time() -> None:
    moment = datetime(2023, 4, 14, 15, tzinfo=UTC)
    window = PLG.registration.model_copy(update={"deadline": moment})
    network = PLG.model_copy(update={"registration": window})
    mail = registrant.confirmation(network, NOOR, ALONE, LINKS, None)
    assert "tot vrijdag 14 april 2023 om 17.00 uur" in words(mail)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2023, 4, 7), "Nog 7 dagen"),
        (date(2023, 4, 13), "Nog 1 dag"),
        (date(2023, 4, 14), "Vandaag is de laatste dag"),
    ],
)
def test_a_reminder_counts_down(today: date, said: str) -> None:
    mail = registrant.reminder(PLG, NOOR, ALONE, LINKS, today, None)
    assert mail.subject.startswith(f"{said}, nog 1 collega nodig")


def test_who_was_invited_reads_from_whom_we_have_what_and_how_to_leave() -> None:
    mail = registrant.invited(PLG, PIET, NOOR, PAIR, LINKS)
    assert (
        "Noor van Dijk gaf ons je naam, je e-mailadres, je functie, je telefoonnummer en je school"
        in words(mail)
    )
    assert "bewaren ze tot en met woensdag 21 februari 2024" in words(mail)
    assert f"Bekijk, wijzig of meld je af: {LINKS.me}" in words(mail)


def test_an_invitation_names_who_asked_and_holds_no_link_to_their_own_page() -> None:
    mail = mails()["invitation"]
    assert "Noor van Dijk gaf ons jouw e-mailadres" in words(mail)
    assert LINKS.forward in mail.text
    assert LINKS.me not in mail.text + mail.html


def test_only_who_counts_is_given_the_link_for_a_colleague() -> None:
    gone = NOOR.become(State.CANCELLED, DECIDED, "person", "")
    assert LINKS.forward in registrant.links(PLG, NOOR, LINKS).text
    assert LINKS.forward not in registrant.links(PLG, gone, LINKS).text


def test_who_was_taken_off_the_list_is_not_offered_to_come_back() -> None:
    gone = NOOR.become(State.CANCELLED, DECIDED, "organiser", "")
    assert "Meld je weer aan" not in registrant.cancelled(PLG, gone, LINKS).text


def test_the_sessions_leave_the_agenda_only_of_who_had_them_there() -> None:
    assert [file.filename for file in mails()["cancelled-admitted"].attachments] == ["plg-2023.ics"]
    assert mails()["cancelled"].attachments == ()


def test_what_we_were_not_given_is_not_listed() -> None:
    bare = replace(PIET, role="", phone="")
    assert "je naam, je e-mailadres en je school" in words(registrant.invited(PLG, bare, NOOR, PAIR, LINKS))


def test_who_was_invited_to_a_short_school_can_bring_someone_too() -> None:
    network = with_rule(min_per_school=3)
    mail = registrant.invited(network, PIET, NOOR, PAIR, LINKS)
    assert LINKS.forward in mail.text


@pytest.mark.parametrize("name", sorted(mails().keys() - {"invited", "late-invited"}))
def test_no_mail_names_a_colleague_but_the_one_who_registered_you(name: str) -> None:
    mail = mails(piet=replace(PIET, name="Balthasar Zonderland"))[name]
    assert "Balthasar" not in mail.text + mail.html
    assert "Zonderland" not in mail.text + mail.html


def test_admission_brings_every_session_as_a_file() -> None:
    mail = registrant.admitted(PLG, NOOR, LINKS, DECIDED)
    assert [(file.filename, file.content_type) for file in mail.attachments] == [
        ("plg-2023.ics", "text/calendar")
    ]


def test_a_network_without_sessions_promises_no_file() -> None:
    mail = registrant.admitted(PLG.model_copy(update={"sessions": ()}), NOOR, LINKS, DECIDED)
    assert mail.attachments == ()
    assert ".ics" not in mail.text


def test_who_waits_because_the_room_is_full_is_not_told_that_the_school_is_short() -> None:
    mail = registrant.held(PLG, NOOR, PAIR, LINKS)
    assert "wachtlijst" in mail.text
    assert "te weinig" not in mail.text


def test_a_network_that_refuses_late_people_does_not_offer_the_forward_link_to_who_is_held() -> None:
    window = PLG.registration.model_copy(update={"late": "refuse"})
    mail = registrant.held(PLG.model_copy(update={"registration": window}), NOOR, ALONE, LINKS)
    assert LINKS.forward not in mail.text
    assert "bel 030 – 23 24 880" in words(mail)


def declined(before: Registration, by: str) -> Mail:
    after = before.become(State.DECLINED, DECIDED, by, "")
    return registrant.declined(PLG, after, school(after), LINKS)


def test_who_is_declined_reads_why() -> None:
    late = person(state=State.LATE, received_at=LATE)
    assert "Van jouw school was er toen 1 aangemeld." in words(declined(NOOR, "check"))
    assert "Je aanmelding kwam daarna binnen" in words(declined(late, "anna@organiser.example"))
    assert "Voortgezet Leren heeft dit besloten" in words(declined(NOOR, "anna@organiser.example"))


def test_an_organiser_without_a_phone_is_not_called() -> None:
    organiser = PLG.organiser.model_copy(update={"phone": None})
    network = PLG.model_copy(update={"organiser": organiser})
    mail = registrant.declined(network, NOOR, ALONE, LINKS)
    assert "tel:" not in mail.html
    assert " bel " not in mail.text


def test_a_network_without_a_privacy_statement_links_to_none() -> None:
    privacy = PLG.privacy.model_copy(update={"statement_url": None})
    mail = registrant.already(PLG.model_copy(update={"privacy": privacy}), NOOR, LINKS)
    assert "Privacy" not in mail.text + mail.html
