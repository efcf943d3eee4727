"""A network's own questions and their answers, as people read them."""

from collections.abc import Iterable

from shared.domain.network.parts import Language
from shared.domain.network.questions import Question
from shared.domain.registration.registration import Registration
from shared.phrases.language import PHRASES


def question_label(question: Question, language: Language) -> str:
    """Return what a question asks, in a language; in Dutch if the network does not word it in English."""
    return (question.label_en if language == "en" else None) or question.label


def answer_text(question: Question, stored: str, language: Language) -> str:
    """Write a stored answer: "ja" for "yes"."""
    if question.kind != "yes-no":
        return stored
    return dict(answer_options(question, language)).get(stored, stored)


def answer_options(question: Question, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen, as it is stored and as people read it; nothing if the answer is typed."""
    if question.kind == "yes-no":
        return (("yes", PHRASES[language].YES), ("no", PHRASES[language].NO))
    return tuple((choice, choice) for choice in question.choices)


def answers(
    registration: Registration, questions: Iterable[Question], language: Language = "nl"
) -> list[tuple[str, str]]:
    """Return what a person answered to these questions, each with its label."""
    texts = ((q, registration.questions.get(q.id, "")) for q in questions)
    return [(question_label(q, language), answer_text(q, text, language)) for q, text in texts if text]
