"""A network's own questions on our pages."""

import pytest

from shared.domain.form.draft import draft
from shared.domain.form.form_map import form_map
from shared.domain.form.submission import InvalidError, check
from shared.domain.network.network import Network
from shared.domain.network.parts import FormSettings
from shared.domain.network.questions import Question
from shared.http import Problem
from shared.pages import form_page
from shared.pages.problems import field_messages, not_valid
from shared.phrases import dutch
from tests.asking import asking
from tests.shared.pages.test_pages import OPEN, Html

JAN = [("naam", "Jan de Vries"), ("email", "jan@berg.example"), ("school", "Bergcollege")]


def form_with(network: Network, *answers: tuple[str, str], problem: Problem | None = None) -> Html:
    return Html(form_page(network, OPEN, draft([*JAN, *answers], form_map(network.form)), problem))


def test_our_form_asks_what_a_network_wants_to_know_when_people_register(network: Network) -> None:
    page = form_with(asking(network))
    fields = [each["name"] for each in page.all("select") + page.all("input") if "question" in each["name"]]
    assert fields == ["question_eten", "question_dag", "question_klassen", "question_wens"]
    assert "Eet je mee? (verplicht)" in page.words
    assert "required" in page.of("question_eten")
    assert page.of("question_klassen")["inputmode"] == "numeric"
    assert [each["value"] for each in page.all("option")] == ["", "yes", "no", "", "wo", "do"]


def test_a_question_is_asked_in_the_language_of_the_page(network: Network) -> None:
    page = form_with(asking(network).model_copy(update={"language": "en"}))
    assert "Will you join lunch? (required)" in page.words
    assert "Eet je mee" not in page.words


def test_answers_that_were_given_stay_in_the_form(network: Network) -> None:
    typed = [
        ("question_eten", "ja"),
        ("question_dag", "do"),
        ("question_klassen", "twee"),
        ("dieet", "noten"),
    ]
    page = form_with(asking(network), *typed)
    assert [each["value"] for each in page.all("option") if "selected" in each] == ["yes", "do"]
    assert page.of("question_klassen")["value"] == "twee"
    hidden = {each["name"]: each["value"] for each in page.all("input") if each.get("type") == "hidden"}
    assert hidden == {"question_dieet": "noten"}


def test_a_required_answer_that_is_missing_is_told_at_its_field(network: Network) -> None:
    asks = asking(network)
    typed = draft([*JAN, ("question_eten", "")], form_map(asks.form))
    with pytest.raises(InvalidError) as invalid:
        check(typed, asks.form.questions, {"eten", "dag"})
    page = form_with(asks, problem=not_valid(field_messages(invalid.value.errors, dutch)))
    assert page.of("question_eten")["aria-invalid"] == "true"
    assert "Beantwoord deze vraag." in page.words
    assert "Eet je mee? Beantwoord deze vraag." in page.words
    links = [each["href"] for each in page.all("a") if each["href"].startswith("#")]
    assert links == ["#content", "#question_eten"]


def test_a_network_without_questions_has_no_list_to_choose_from(network: Network) -> None:
    page = form_page(network, OPEN, draft(JAN))
    assert "<select" not in page
    assert "select {" not in page


@pytest.mark.parametrize("honeypot", ["website", "fax"])
def test_a_field_called_website_can_be_a_question_and_robots_still_find_a_trap(
    network: Network, honeypot: str
) -> None:
    asks = Question(id="website", label="Wat is de website van je school?")
    form = FormSettings(questions=(asks,), honeypot=honeypot)
    page = form_with(network.model_copy(update={"form": form}))
    trap = page.of("website")["name"]
    read = draft([*JAN, ("website", "https://berg.example"), (trap, "spam")], form_map(form))
    assert check(read, form.questions).questions == {"website": "https://berg.example"}
    assert check(read, form.questions).website == "spam"
    assert trap == ("fax" if honeypot == "fax" else "tweetal_website")
