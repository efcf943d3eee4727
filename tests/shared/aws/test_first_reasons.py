"""Sentences of version 1 that are not among the fixtures of items."""

from datetime import date

import pytest

from shared.aws.first_reasons import reason_and_note
from shared.domain.registration.reason import Reason, ReasonCode
from tests.people import AT


@pytest.mark.parametrize(
    "why",
    [
        "",
        "belde op 3 april",
        "heeft gewijzigd: schoenmaat",
        "nog veel personen nodig",
        "in de plaats van Anna",
        "was compleet en kan tot en met maandag 31 april iemand vervangen",
    ],
)
def test_an_unknown_sentence_stays_a_note(why: str) -> None:
    assert reason_and_note(why, "person", AT) == (None, why)


def test_words_that_an_organiser_typed_stay_a_note_also_where_they_are_ours() -> None:
    assert reason_and_note("heeft zich weer aangemeld", "sanne@x.example", AT)[0] is None


def test_an_organiser_puts_a_colleague_in_somebodys_place() -> None:
    reason = Reason(ReasonCode.TOOK_PLACE, reference="PLG-7K3MQ2XD")
    assert reason_and_note("in de plaats van PLG-7K3MQ2XD", "sanne", AT) == (reason, "")


def test_a_day_without_its_year_is_the_first_one_to_come() -> None:
    until = Reason(ReasonCode.MAY_REPLACE, until=date(2024, 1, 9))
    assert reason_and_note("was compleet en kan tot dinsdag 9 januari iemand vervangen", "check", AT) == (
        until,
        "",
    )


def test_one_person_and_more_are_read() -> None:
    for why, people in (("1 persoon tellen mee", 1), ("12 personen tellen mee", 12)):
        assert reason_and_note(why, "check", AT)[0] == Reason(ReasonCode.COMPLETE, people=people)
