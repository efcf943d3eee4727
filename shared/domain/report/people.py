"""The list of people that an organiser reads: chosen, searched and sorted."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from shared.domain.text import plain

_REGISTERED_SCHOOL = "registered_school"
_PHONE = re.compile(r"[\d\s()+./-]{6,}")  # what somebody searches who was called

Worded = Callable[[Question, str], str]  # writes a stored answer as people read it


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

    def matching(
        self,
        query: str,
        order: PeopleOrder = PeopleOrder.NAME,
        worded: Worded = lambda _, stored: stored,
    ) -> list[ListedPerson]:
        """Return everybody in whose texts all words of a query stand, or whose phone number it is; sorted."""
        searches = [plain(query).split() if query.strip() else []]
        searches += [[_in_this_country(query)]] if _PHONE.fullmatch(query) else []
        questions = [q for q in self._report.network.form.questions if not q.sensitive]
        texts = ((person, _texts(person, questions, worded)) for person in self.everyone)
        hits = ((person, _hits(list(each), searches)) for person, each in texts)
        people = [person._replace(hits=tuple(each)) for person, each in hits if each is not None]
        return sorted(people, key=_SORT_KEYS[order])


def dialled(phone: str) -> str:
    """Return a phone number as one dials it: "+31 (0)6-12 34" is +3161234."""
    is_abroad = phone.strip().startswith(("+", "00"))
    return re.sub(r"[^\d+]", "", phone.replace("(0)", "") if is_abroad else phone)


def _in_this_country(phone: str) -> str:
    return re.sub(r"^(\+|00)31", "0", dialled(phone))


def _hits(texts: Sequence[SearchHit], searches: Sequence[Sequence[str]]) -> list[SearchHit] | None:
    """Return the texts in which words of the first search stand that has all its words; None if none has."""
    searchable = [(hit, _searchable(hit)) for hit in texts]
    for words in searches:
        if all(any(word in text for _, text in searchable) for word in words):
            return [hit for hit, text in searchable if any(word in text for word in words)]
    return None


def _searchable(hit: SearchHit) -> str:
    """Return a text as it is searched: a phone number also without spaces, from here and from abroad."""
    numbers = [dialled(hit.text), _in_this_country(hit.text)] if hit.field == "phone" else []
    return " ".join((plain(hit.text), *numbers))


def _texts(person: ListedPerson, questions: Sequence[Question], worded: Worded) -> Iterator[SearchHit]:
    """Yield what can be searched; sensitive answers cannot."""
    r, school = person.registration, person.school
    yield SearchHit("reference", r.reference)
    yield SearchHit(_REGISTERED_SCHOOL, " ".join((school.name, school.place, school.register_name)))
    texts: dict[str, str] = {field: getattr(r, field) for field in TYPED_FIELDS}
    answers: Mapping[str, str] = {q.label: worded(q, r.questions.get(q.id, "")) for q in questions}
    yield from (SearchHit(*each) for each in (*texts.items(), *answers.items(), *r.extra.items()) if each[1])


_SORT_KEYS = {
    PeopleOrder.NAME: lambda p: (p.name.sort_key, p.registration.reference),
    PeopleOrder.SCHOOL: lambda p: (plain(p.school.name), plain(p.school.place), p.name.sort_key),
    PeopleOrder.SINCE: lambda p: (-entered(p.registration).timestamp(), p.name.sort_key),
}
