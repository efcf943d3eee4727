from datetime import date
from string import Formatter

import pytest

from shared.domain.network.fields import CORRECTABLE_FIELDS, FIELDS
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, State
from shared.domain.schools.school import schools
from shared.phrases import dutch, english
from shared.phrases.language import Phrases
from shared.phrases.reasons import reason_text, why, why_not_counted
from tests.languages import foreign
from tests.people import AT, someone


def names(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def bare(text: str) -> str:
    return "".join(words for words, *_ in Formatter().parse(text))


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_says_the_same_in_every_language(code: ReasonCode) -> None:
    assert names(dutch.REASONS[code]) == names(english.REASONS[code])
    assert foreign(bare(dutch.REASONS[code]), "nl") == set()
    assert foreign(bare(english.REASONS[code]), "en") == set()


def test_every_language_names_every_field_that_a_person_can_correct() -> None:
    assert dutch.FIELDS.keys() == english.FIELDS.keys()
    assert {*CORRECTABLE_FIELDS} <= dutch.FIELDS.keys() <= FIELDS.keys()


@pytest.mark.parametrize(
    ("reason", "phrases", "text"),
    [
        (Reason(ReasonCode.SHORT, people=1), dutch, "1 persoon te kort"),
        (Reason(ReasonCode.SHORT, people=1), english, "1 person short"),
        (Reason(ReasonCode.CHANGED, fields=("name", "role")), dutch, "heeft gewijzigd: naam, functie"),
        (Reason(ReasonCode.CHANGED, fields=("name", "role")), english, "changed: name, role"),
        (Reason(ReasonCode.TOOK_PLACE, reference="PLG-1"), dutch, "in de plaats van PLG-1"),
        (Reason(ReasonCode.TOOK_PLACE, reference="PLG-1"), english, "in the place of PLG-1"),
        (Reason(ReasonCode.MAY_REPLACE, until=date(2023, 4, 27)), dutch,
         "was compleet en kan tot en met donderdag 27 april iemand vervangen"),
        (Reason(ReasonCode.MAY_REPLACE, until=date(2023, 4, 27)), english,
         "was complete and can replace someone up to and including Thursday 27 April"),
    ],
)  # fmt: skip
def test_a_reason_is_worded_with_its_particulars(reason: Reason, phrases: Phrases, text: str) -> None:
    assert reason_text(reason, phrases) == text


def test_a_person_who_does_not_count_is_told_why() -> None:
    (school,) = schools([jan := someone(state=State.CANCELLED)])
    assert why_not_counted(jan, school, dutch) == "heeft zich afgemeld"
    (school,) = schools([jan := someone()])
    assert why_not_counted(jan, school, dutch) == ""


def test_an_organisers_note_comes_behind_the_reason_as_it_was_typed() -> None:
    again = Reason(ReasonCode.MAILED_AGAIN)
    assert why(Change(AT, State.HELD, "sanne", "belde", again), english) == "email sent again: belde"
    assert why(Change(AT, State.HELD, "sanne", "belde"), english) == "belde"
    assert why(Change(AT, State.HELD, "sanne"), english) == ""
