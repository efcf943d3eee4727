from datetime import timedelta

import pytest

from shared.domain.network.network import Network
from shared.domain.network.questions import Question
from shared.domain.registration.registration import Registration, State
from shared.domain.report.answers import AnswerTotals
from shared.domain.report.report import Report
from shared.mails.report_lines import answer_totals
from tests.asking import asking
from tests.people import AT, colleagues

CHOSEN: list[dict[str, str]] = [
    {"eten": "yes", "dag": "wo", "klassen": "2", "wens": "x"},
    {"eten": "no", "dag": "vrijdag", "klassen": "3"},
    {"eten": "yes", "dag": "do", "dieet": "noten"},
    {},
]


def people(state: State = State.REGISTERED) -> list[Registration]:
    named = zip(["Anna", "Bram", "Carla", "Dirk"], CHOSEN, strict=True)
    return [r for name, chosen in named for r in colleagues("Berg", name, state=state, questions=chosen)]


def reported(network: Network, state: State = State.REGISTERED) -> Report:
    left = colleagues("Berg", "Eef", state=State.CANCELLED, questions={"eten": "yes"})
    return Report(asking(network), [*people(state), *left], [], None, AT + timedelta(days=2))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("eten", "ja 2, nee 1, niet beantwoord 1"),
        ("dag", "wo 1, do 1, anders 1, niet beantwoord 1"),
        ("klassen", "samen 5, beantwoord 2, niet beantwoord 2"),
        ("wens", "beantwoord 1, niet beantwoord 3"),
        ("dieet", "beantwoord 1, niet beantwoord 3"),
        ("trein", "niet beantwoord 4"),
    ],
)
def test_answers_of_people_who_count_are_numbers(network: Network, question: str, text: str) -> None:
    report = reported(network, State.ADMITTED)
    assert {each.question.id: answer_totals(each) for each in report.answer_totals}[question] == text


def test_a_question_for_who_is_admitted_is_counted_once_somebody_is(network: Network) -> None:
    assert [each.question.id for each in reported(network).answer_totals] == [
        "eten",
        "dag",
        "klassen",
        "wens",
    ]


def test_a_network_without_people_or_questions_has_no_totals(network: Network) -> None:
    assert Report(network, people(), [], None, AT).answer_totals == ()
    assert Report(asking(network), [], [], None, AT).answer_totals == ()


def test_when_sensitive_answers_are_erased_nobody_is_said_not_to_have_answered(network: Network) -> None:
    report = Report(asking(network), people(State.ADMITTED), [], None, network.sensitive_until)
    assert "dieet" not in [each.question.id for each in report.answer_totals]


def test_an_answer_that_does_not_fit_is_no_sign_of_a_changed_form(network: Network) -> None:
    odd = colleagues("Berg", "Fien", extra={"klassen": "twee", "kleur": "rood"})
    assert Report(asking(network), odd, [], None, AT).unknown_fields == (("kleur", 1),)


def test_a_long_list_leaves_the_report_short() -> None:
    choices = tuple(f"{n} {'x' * 60}" for n in range(20))
    question = Question(id="lang", label="Wat?", kind="choice", choices=choices)
    totals = AnswerTotals(question, tuple((choice, 1) for choice in choices), 20, 0, 0)
    assert answer_totals(totals).count("…") == 12
    assert answer_totals(totals).endswith("anders 8")
