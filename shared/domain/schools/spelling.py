"""What people typed for their school, each different spelling read and looked up once."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from shared.domain.registration.registration import Registration
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.matching import MatchedReading, Reading, Typed, alias_key, brin_of, read
from shared.domain.schools.matching.mail import school_domain
from shared.domain.text import fold


class Spelling(NamedTuple):
    """One way to write a school; `code` is the vestiging that it surely means, or nothing.

    `vague` is a spelling that tells no school by itself: the name of a board, or one of several schools
    without a place. Two people who write it so need not be colleagues.
    """

    id: tuple[str, ...]
    key: str
    code: str
    side: MatchedReading
    vague: bool

    @property
    def reading(self) -> Reading:
        """How it reads."""
        return self.side.reading


def spellings(people: Iterable[Registration], known: SchoolKnowledge) -> Iterator[Spelling]:
    """Yield for each person the spelling that they used, one object for all who wrote the same."""
    seen: dict[tuple[str, ...], Spelling] = {}
    for person in people:
        typed = Typed(person.school, person.place, _domain(person.email), person.brin)
        same = (_fold(typed.name), _fold(typed.place), typed.email_domain, brin_of(typed))
        if same not in seen:
            seen[same] = _read(same, typed, known)
        spelling = seen[same]
        alone = spelling.vague and (spelling.reading.doubtful or not typed.email_domain)
        yield spelling._replace(id=(*same, person.person_key)) if alone else spelling


def _read(same: tuple[str, ...], typed: Typed, known: SchoolKnowledge) -> Spelling:
    reading, row, key = read(typed, known.register), known.meant(typed), alias_key(typed)
    code = row.code if row else known.aliases.get(key, "")
    vague = not code and not reading.brin and (reading.doubtful or _of_many(reading, known))
    return Spelling(same, key, code, MatchedReading(reading, row), vague)


def _of_many(reading: Reading, known: SchoolKnowledge) -> bool:
    return bool(known.register and not reading.place and known.register.index.is_of_many(reading.names[0]))


_fold = lru_cache(maxsize=50_000)(fold)
_domain = lru_cache(maxsize=50_000)(school_domain)
