"""What people answered to a network's own questions, in numbers: never who answered what."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.network.questions import Question
from shared.domain.registration.registration import Registration, State


class AnswerTotals(NamedTuple):
    """How a question was answered by those who are to answer it."""

    question: Question
    chosen: tuple[tuple[str, int], ...]  # of a list: each answer that was given, in the order of the list
    answered: int
    unanswered: int
    sum: int  # of numbers


def answer_totals(
    network: Network, counted: Iterable[Registration], at: datetime
) -> tuple[AnswerTotals, ...]:
    """Count the answers of people who count; of a question for people who are admitted, only theirs."""
    people = tuple(counted)
    admitted = tuple(r for r in people if r.state is State.ADMITTED)
    questions = (q for q in network.form.questions if not q.sensitive or at < network.sensitive_until)
    groups = ((q, people if q.ask == "registering" else admitted) for q in questions)
    return tuple(_totals(q, group) for q, group in groups if group)


def _totals(question: Question, people: tuple[Registration, ...]) -> AnswerTotals:
    answers = [text for r in people if (text := r.questions.get(question.id, ""))]
    counts = Counter(answers)
    options = ("yes", "no") if question.kind == "yes-no" else question.choices
    numbers = (int(text) for text in answers if question.kind == "number" and text.isdecimal())
    return AnswerTotals(
        question,
        tuple((option, counts[option]) for option in options if counts[option]),
        len(answers),
        len(people) - len(answers),
        sum(numbers),
    )
