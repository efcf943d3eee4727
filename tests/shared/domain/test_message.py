"""What an organiser writes to people: to whom, what may be wrong with it, and what became of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.domain.actions.organiser.writing import DraftMistake, draft_mistakes, read_draft
from shared.domain.message import Audience, Delivery, Message, MessageGroup, deliveries, scrub_message
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.registration import Registration, State
from shared.domain.report.audience import chosen_people, group_sizes
from shared.domain.rule.waiting_list import standings_of
from shared.domain.schools.school import schools
from tests.people import AT, colleagues, someone

ANNA, BRAM = colleagues("Dalcollege", "Anna Bram")
JAN = someone()
LOT = someone("Lot Vos", "lot@vos.example", state=State.HELD, school="Voscollege")
LATE = someone("Mia Pot", "mia@pot.example", state=State.LATE, school="Potcollege")
EVERYBODY = (ANNA, BRAM, JAN, LOT, LATE)
WRITTEN = {"subject": "Hallo", "text": "Kom je?", "token": "0f" * 16, "to-coming": "yes"}
MESSAGE = Message(
    *("plg-2023", date(2023, 3, 20), 1, AT, "sanne@x.example", "", "Hallo", "Kom je?", ""),
    Audience(),
    ("PLG-1", "PLG-2"),
)


def chosen(network: Network, **audience: object) -> list[Registration]:
    standings = standings_of(network, schools(EVERYBODY), (), AT)
    return sorted(chosen_people(network, standings, Audience(**audience)), key=EVERYBODY.index)  # type: ignore[arg-type]


def test_a_group_is_who_is_in_it_by_the_rule(network: Network) -> None:
    assert chosen(network, groups=(MessageGroup.COMING,)) == [ANNA, BRAM]
    assert chosen(network, groups=(MessageGroup.SHORT,)) == [JAN]
    assert chosen(network, groups=(MessageGroup.HELD,)) == [LOT]
    assert chosen(network, groups=(MessageGroup.WAITING,)) == []
    assert chosen(network) == []


def test_a_school_is_everybody_there_who_takes_part_or_may_and_a_session_who_comes(network: Network) -> None:
    assert chosen(network, school=JAN.reference) == [JAN]
    assert chosen(network, school=LATE.reference) == []
    assert chosen(network, session="2023-05-10") == [ANNA, BRAM]
    both = chosen(network, groups=(MessageGroup.COMING, MessageGroup.SHORT), school=ANNA.reference)
    assert both == [ANNA, BRAM, JAN]


def test_one_can_choose_from_groups_and_schools_of_which_somebody_may_come(network: Network) -> None:
    sizes = group_sizes(network, standings_of(network, schools(EVERYBODY), (), AT))
    assert sizes.groups[MessageGroup.COMING] == 2
    assert [(name, number) for _, name, number in sizes.schools] == [
        ("Bergcollege", 1),
        ("Dalcollege", 2),
        ("Voscollege", 1),
    ]


@pytest.mark.parametrize(
    ("typed", "mistakes"),
    [
        ({}, {}),
        ({"subject": " \n"}, {"subject": DraftMistake.NO_SUBJECT}),
        ({"subject": "a" * 61}, {"subject": DraftMistake.LONG_SUBJECT}),
        ({"text": ""}, {"text": DraftMistake.NO_TEXT}),
        ({"text": "a" * 3001}, {"text": DraftMistake.LONG_TEXT}),
        ({"token": "1"}, {"to": DraftMistake.OLD_FORM}),
        ({"link": "https://leren.example:443/a b.pdf"}, {"link": DraftMistake.NO_LINK}),
        ({"link": "http://leren.example"}, {"link": DraftMistake.NO_LINK}),
        ({"link": "https://leren.example@elders.example"}, {"link": DraftMistake.NO_LINK}),
        ({"link": "https://leren.example:x/"}, {"link": DraftMistake.NO_LINK}),
        ({"link": "javascript:alert(1)"}, {"link": DraftMistake.NO_LINK}),
        ({"link": "https://leren.example/" + "a" * 500}, {"link": DraftMistake.NO_LINK}),
        ({"link": "https://leren.example/programma.pdf?v=2"}, {}),
    ],
)
def test_what_is_wrong_is_said_by_field(
    network: Network, typed: dict[str, str], mistakes: dict[str, DraftMistake]
) -> None:
    assert draft_mistakes(read_draft({**WRITTEN, **typed}, network), [ANNA]) == mistakes


def test_without_anybody_nothing_can_be_sent(network: Network) -> None:
    assert draft_mistakes(read_draft(WRITTEN, network), []) == {"to": DraftMistake.NOBODY}


def test_a_subject_is_one_line_and_a_text_keeps_its_paragraphs(network: Network) -> None:
    typed = {"subject": "Hallo\r\nBcc: x@x.example", "text": " Een\r\n\r\ntwee \u202edrie\r\n"}
    draft = read_draft({**WRITTEN, **typed, "session": "2023-01-01"}, network)
    assert (draft.subject, draft.text) == ("Hallo Bcc: x@x.example", "Een\n\ntwee drie")
    assert draft.audience == Audience((MessageGroup.COMING,))


def test_what_became_of_a_message_adds_up() -> None:
    people = tuple(f"PLG-{number}" for number in range(6))
    message = replace(MESSAGE, people=people)
    states = (MailState.DELIVERED, MailState.BOUNCED, MailState.SENT, MailState.FAILED, MailState.WITHHELD)
    mails = [
        MailRecord("plg-2023", f"{person}-message-202303201", "message", person, state, AT)
        for person, state in zip(people, states, strict=False)
    ]
    assert deliveries([message], mails, AT) == {"2023-03-20-1": Delivery(1, 1, 2, 2)}
    assert deliveries([message], mails, AT + timedelta(days=2)) == {"2023-03-20-1": Delivery(1, 1, 1, 3)}


def test_an_address_can_be_taken_out_of_a_message() -> None:
    message = replace(MESSAGE, text="Mail Sanne@x.example of sanne@x.examples")
    bare = scrub_message(message, "sanne@x.example")
    assert (bare.by, bare.text) == ("(gewist)", "Mail (gewist) of sanne@x.examples")
    assert scrub_message(bare, "sanne@x.example") == bare
