"""The list of people that an organiser reads: chosen, searched and sorted."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from shared.domain.network.fields import TYPED_FIELDS
from shared.domain.network.questions import Question
from shared.domain.registration.history import entered
from shared.domain.registration.person_name import PersonName, name_parts, title_case
from shared.domain.registration.registration import Registration
from shared.domain.report.participation import Participation, participations
from shared.domain.report.report import Report
from shared.domain.schools.school import School
from shared.domain.text import fold

_REGISTERED_SCHOOL = "registered_school"


class PeopleOrder(StrEnum):
    """What a list of people is sorted by."""

    NAME = "name"
    SCHOOL = "school"
    SINCE = "since"  # the latest first


class SearchHit(NamedTuple):
    """A text of a person in which a word of a search stands: of a field, or an answer by its label."""

    field: str
    text: str


class ListedPerson(NamedTuple):
    """A person of the list; `hits` are the texts in which a search came upon them."""

    registration: Registration
    school: School
    participation: Participation
    is_reachable: bool
    hits: tuple[SearchHit, ...] = ()

    @property
    def name(self) -> PersonName:
        """The name in its parts."""
        return name_parts(title_case(self.registration.name))


class PeopleList:
    """Everybody of a report whose data is not erased."""

    def __init__(self, report: Report) -> None:
        self._report = report

    @cached_property
    def everyone(self) -> tuple[ListedPerson, ...]:
        """All people, school by school."""
        parts = participations(self._report)
        unreachable = {r.person_key for r in self._report.unreachable}
        return tuple(
            ListedPerson(r, school, parts[r.person_key], r.person_key not in unreachable)
            for school in self._report.schools
            for r in school.registrations
            if not r.is_erased
        )

    def matching(self, query: str, order: PeopleOrder = PeopleOrder.NAME) -> list[ListedPerson]:
        """Return everybody in whose texts all words of a query stand, sorted."""
        words = fold(query).split() if query.strip() else []
        questions = [q for q in self._report.network.form.questions if not q.sensitive]
        hits = ((person, _hits(person, words, questions)) for person in self.everyone)
        people = [person._replace(hits=tuple(each)) for person, each in hits if each is not None]
        return sorted(people, key=_SORT_KEYS[order])


def _hits(
    person: ListedPerson, words: Sequence[str], questions: Sequence[Question]
) -> list[SearchHit] | None:
    """Return the texts in which words stand; None if one of the words stands in none of them."""
    folded = [(hit, f"{fold(hit.text)} {_digits(hit)}") for hit in _texts(person, questions)]
    if not all(any(word in text for _, text in folded) for word in words):
        return None
    return [hit for hit, text in folded if any(word in text for word in words)]


def _texts(person: ListedPerson, questions: Sequence[Question]) -> Iterator[SearchHit]:
    """Yield what can be searched; sensitive answers cannot."""
    r, school = person.registration, person.school
    yield SearchHit("reference", r.reference)
    yield SearchHit(_REGISTERED_SCHOOL, " ".join((school.name, school.place, school.register_name)))
    texts: dict[str, str] = {field: getattr(r, field) for field in TYPED_FIELDS}
    answers: Mapping[str, str] = {q.label: r.questions.get(q.id, "") for q in questions}
    yield from (SearchHit(*each) for each in (*texts.items(), *answers.items(), *r.extra.items()) if each[1])


def _digits(hit: SearchHit) -> str:
    """Return a phone number as people search it: without spaces."""
    return "".join(filter(str.isdigit, hit.text)) if hit.field == "phone" else ""


_SORT_KEYS = {
    PeopleOrder.NAME: lambda p: (p.name.sort_key, p.registration.reference),
    PeopleOrder.SCHOOL: lambda p: (fold(p.school.name), fold(p.school.place), p.name.sort_key),
    PeopleOrder.SINCE: lambda p: (-entered(p.registration).timestamp(), p.name.sort_key),
}
