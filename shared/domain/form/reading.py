"""How a form's answers are read: which is which of our fields, and who the people in it are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shared.domain.form.answers import Answer
from shared.domain.form.candidates import AnswerReading, FormMap, Use, candidates_of
from shared.domain.form.colleagues import ColleagueRow
from shared.domain.form.people import people_of

_OF_SOMEBODY = frozenset({"name", "first_name", "last_name", "email", "school"})


@dataclass(frozen=True, slots=True)
class FormReading:
    """A post, read: our fields, the people besides the registrant, and what became of each answer."""

    values: Mapping[str, str] = field(default_factory=dict)
    people: tuple[ColleagueRow, ...] = ()
    answers: tuple[AnswerReading, ...] = ()

    def of_use(self, *uses: Use) -> tuple[AnswerReading, ...]:
        """Return the answers with a text that were taken for one of these."""
        return tuple(reading for reading in self.answers if reading.use in uses and reading.answer.text)

    @property
    def unknown(self) -> tuple[Answer, ...]:
        """The answers that nobody knows a field for."""
        return tuple(reading.answer for reading in self.of_use(Use.UNKNOWN, Use.TIE))

    @property
    def questions(self) -> Mapping[str, str]:
        """The answers to the questions of the network, by the question's id."""
        return {reading.field: reading.answer.text for reading in self.of_use(Use.QUESTION)[::-1]}

    @property
    def question_ids(self) -> frozenset[str]:
        """The ids of the network's questions that the form asked, answered or not."""
        return frozenset(reading.field for reading in self.answers if reading.use is Use.QUESTION)

    @property
    def consents(self) -> Mapping[str, str]:
        """The boxes for consent that were ticked, by the name of each."""
        return {reading.answer.name: reading.answer.text for reading in self.of_use(Use.CONSENT)}

    @property
    def has_person(self) -> bool:
        """Whether anything in it can be of a person; a builder's test of the connection has nothing."""
        fields = {reading.field for reading in self.of_use(Use.FIELD, Use.PERSON, Use.TIE)}
        return bool(fields & _OF_SOMEBODY) or any("@" in reading.answer.text for reading in self.answers)


def read_form(answers: Sequence[Answer], form: FormMap) -> FormReading:
    """Read the answers of a post; each is used once, and what is not used is still there as unknown."""
    uses: dict[int, AnswerReading] = {}
    candidates = list(candidates_of(answers, form, uses))
    values, people = people_of(candidates, uses)
    readings = (uses.get(at) or AnswerReading(answer, Use.UNKNOWN) for at, answer in enumerate(answers))
    return FormReading(values, people, tuple(readings))
