"""What people typed for their school: each different spelling is read and matched once."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from shared.domain.registration.registration import Registration
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.matching import MatchedReading, Reading, Typed, alias_key, brin_of, read
from shared.domain.schools.matching.domains import school_domain
from shared.domain.schools.matching.towns import is_town
from shared.domain.text import fold_often

_MOST_KEPT = 10_000  # spellings, for the next time that somebody asks


class Spelling(NamedTuple):
    """One way to write a school; `code` is the vestiging that it surely means, or empty.

    A spelling that is vague identifies no school: it is the name of a board, a name of several schools
    without a place, or no school's name, or its BRIN is contradicted. Two people who use it need not be
    colleagues.
    """

    id: tuple[str, ...]
    key: str
    code: str
    matched: MatchedReading
    is_vague: bool

    @property
    def reading(self) -> Reading:
        """How it reads."""
        return self.matched.reading


def spellings(people: Iterable[Registration], knowledge: SchoolKnowledge) -> Iterator[Spelling]:
    """Yield the spelling that each person used; people who wrote the same get the same object."""
    kept = _KEPT.setdefault(knowledge, {})
    by_id = kept if len(kept) < _MOST_KEPT else {}
    for person in people:
        typed = Typed(person.school, person.place, person.mail_domain or _domain(person.email), person.brin)
        spelling_id = (fold_often(typed.name), fold_often(typed.place), typed.email_domain, brin_of(typed))
        if spelling_id not in by_id:
            by_id[spelling_id] = _read_spelling(spelling_id, typed, knowledge)
        spelling = by_id[spelling_id]
        reading = spelling.reading
        is_nobodys = reading.is_doubtful or bool(reading.brin) or not typed.email_domain
        is_one_persons = spelling.is_vague and is_nobodys
        yield spelling._replace(id=(*spelling_id, person.person_key)) if is_one_persons else spelling


def _read_spelling(spelling_id: tuple[str, ...], typed: Typed, knowledge: SchoolKnowledge) -> Spelling:
    reading, vestiging = read(typed, knowledge.register), knowledge.find_vestiging(typed)
    key = alias_key(typed)
    code = vestiging.code if vestiging else knowledge.aliases.get(key, "")
    is_unclear = reading.is_doubtful or _has_shared_name(reading, knowledge) or _is_any_of_a_town(reading)
    matched = MatchedReading(reading, vestiging)
    register = knowledge.register
    has_brin = bool(reading.brin) and not (register and matched.has_contradicted_brin(register))
    is_vague = not code and not has_brin and (is_unclear or bool(reading.brin))
    return Spelling(spelling_id, key, code, matched, is_vague)


def _has_shared_name(reading: Reading, knowledge: SchoolKnowledge) -> bool:
    register = knowledge.register
    return bool(register and not reading.place and register.index.is_shared_name(reading.names[0]))


def _is_any_of_a_town(reading: Reading) -> bool:
    """Tell whether a name is one common word before or beside a town: "gymnasium Amsterdam"."""
    name, towns = reading.names[0], reading.towns
    own = {word for word in name.core if word not in towns and not is_town(word)}
    return not own and len(name.weak) == 1 and name.full[0] in name.weak and bool(name.core or towns)


_KEPT: WeakKeyDictionary[SchoolKnowledge, dict[tuple[str, ...], Spelling]] = WeakKeyDictionary()
_domain = lru_cache(maxsize=50_000)(school_domain)
