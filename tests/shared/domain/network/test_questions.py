import pytest

from shared.domain.form.draft import Draft
from shared.domain.form.submission import FieldError, InvalidError, Submission, check
from tests.asking import QUESTIONS

JAN = {"name": "Jan de Vries", "email": "jan@berg.example", "school": "Bergcollege"}


def registered(asked: set[str], **answers: str) -> Submission:
    return check(Draft(JAN, questions=answers), QUESTIONS, asked)


def test_a_form_that_does_not_ask_costs_nobody_a_registration() -> None:
    assert registered(set()).questions == {}


@pytest.mark.parametrize(
    ("answer", "code"), [("", "required"), (" ", "required"), ("misschien", "not_a_choice")]
)
def test_a_required_answer_that_does_not_fit_is_a_mistake_where_it_was_asked(answer: str, code: str) -> None:
    with pytest.raises(InvalidError) as invalid:
        registered({"eten"}, eten=answer)
    assert invalid.value.errors == (FieldError("question_eten", code),)


def test_a_missing_answer_is_told_along_with_every_other_mistake() -> None:
    with pytest.raises(InvalidError) as invalid:
        check(Draft({**JAN, "email": "jan"}), QUESTIONS, {"eten"})
    assert [error.field for error in invalid.value.errors] == ["email", "question_eten"]


def test_an_optional_answer_that_does_not_fit_is_kept_and_costs_nothing() -> None:
    submission = registered({"eten", "klassen"}, eten="Ja", klassen="twee")
    assert submission.questions == {"eten": "yes"}
    assert submission.extra == {"klassen": "twee"}
