"""Whether two people who typed their school mean the same one."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from shared.domain.schools.matching.index import Index
from shared.domain.schools.matching.likeness import Likeness, have_different_kinds, likeness
from shared.domain.schools.matching.mail import site
from shared.domain.schools.matching.match import match
from shared.domain.schools.matching.places import is_near_place, is_same_place, place_key, place_words
from shared.domain.schools.matching.register import Register, Vestiging
from shared.domain.schools.matching.typed import Reading, Typed, read

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class SameSchoolVerdict:
    """The verdict on two typings and why, in Dutch.

    `alike` tells whether it is worth asking somebody, `against` that no third typing can make them one.
    """

    verdict: Verdict
    why: str
    alike: bool = True
    against: bool = False


class MatchedReading(NamedTuple):
    """One of two typings that are compared: how it reads, and the vestiging that it surely means."""

    reading: Reading
    row: Vestiging | None


def compare_typings(a: Typed, b: Typed, register: Register | None = None) -> SameSchoolVerdict:
    """Tell whether two typings are of one school; only two independent clues make them so."""
    one, other = (
        MatchedReading(read(t, register), match(t, register).vestiging if register else None) for t in (a, b)
    )
    return compare_readings(one, other, register)


def compare_readings(
    a: MatchedReading, b: MatchedReading, register: Register | None = None
) -> SameSchoolVerdict:
    """Tell the same of two typings that were read and matched before."""
    one, other = a.reading, b.reading
    if _said_the_same(one, other):
        return SameSchoolVerdict("same", "De naam en de plaats komen overeen.")
    if register and a.row and b.row:
        return _of_rows(a.row, b.row, one, other, register.index)
    return _of_typings(one, other, _clue(one, other, register), register)


def _said_the_same(a: Reading, b: Reading) -> bool:
    """Tell whether both typed one name and one place: then no register has to say more."""
    whole = likeness(a.names[0], b.names[0], a.towns | b.towns) == Likeness.SAME
    placed = a.said and b.said and a.place == b.place
    numbered = a.brin and b.brin and a.brin != b.brin
    return (
        whole
        and placed
        and not (numbered or have_different_kinds(a.names[0], b.names[0]) or a.doubtful or b.doubtful)
    )


def _of_rows(a: Vestiging, b: Vestiging, one: Reading, other: Reading, index: Index) -> SameSchoolVerdict:
    if a == b:
        return SameSchoolVerdict("same", f"Beide zijn {a.called}.")
    brand, one_place = _brand(one, other, index), place_key(a.place) == place_key(b.place)
    if a.brin == b.brin:
        return _of_brin(a, b, brand > Likeness.NONE and (one_place or not index.is_chain(a.brin)))
    if not one_place or brand < Likeness.PART or not (_one_site(a, b, index) or _one_name(a, b, index)):
        return SameSchoolVerdict("different", f"De een is {a.called}, de ander {b.called}.")
    if index.is_aside(a) != index.is_aside(b) or one.aside != other.aside:
        return SameSchoolVerdict(
            "unsure", f"Een school en een praktijkschool of schakelklas: {a.called} en {b.called}."
        )
    return SameSchoolVerdict("same", f"Eén school met twee BRIN-nummers: {a.called}.")


def _of_brin(a: Vestiging, b: Vestiging, one: bool) -> SameSchoolVerdict:
    if one:
        return SameSchoolVerdict("same", f"Twee locaties van één school: {a.called} en {b.called}.")
    return SameSchoolVerdict(
        "different", f"Eén BRIN-nummer, maar locaties met een eigen naam: {a.called} en {b.called}."
    )


def _one_site(a: Vestiging, b: Vestiging, index: Index) -> bool:
    return site(a.domain) == site(b.domain) and index.is_own(a.domain)


def _one_name(a: Vestiging, b: Vestiging, index: Index) -> bool:
    """Tell whether the register knows two vestigingen by one name, as a location that two schools share."""
    towns = place_words(place_key(a.place))
    named = ((x.name, y.name) for x in index.entries[a.code] for y in index.entries[b.code])
    return any(
        set(x.core) - towns and likeness(x, y, towns) == Likeness.SAME and not have_different_kinds(x, y)
        for x, y in named
    )


def _brand(a: Reading, b: Reading, index: Index) -> Likeness:
    """Compare the names of two typings of known vestigingen."""
    if _only_group(a, b, index):
        return Likeness.NONE
    pairs = [(x, y) for x in a.names for y in b.names]
    whole = max(likeness(x, y) for x, y in pairs)
    towns = a.towns | b.towns
    return max([likeness(x, y, towns) for x, y in pairs] + [whole] * (whole >= Likeness.TYPO))


def _only_group(a: Reading, b: Reading, index: Index) -> bool:
    """Tell whether two names share no more than their group's, and each has its own besides."""
    one, other = (set(reading.names[0].core) - a.towns - b.towns for reading in (a, b))
    shared = one & other
    return bool(shared and one - shared and other - shared) and all(map(index.is_group, shared))


def _of_typings(a: Reading, b: Reading, clue: str, register: Register | None) -> SameSchoolVerdict:
    one, other = _numbers(a), _numbers(b)
    if one and other and one != other:
        return SameSchoolVerdict("different", "De namen hebben een ander nummer.", alike=False, against=True)
    like, differ = _likeness(a, b)
    if like < Likeness.PART:
        return _unlike(a, b, like)
    elsewhere = _one_place(a, b, register) is False or bool(a.brin and b.brin and a.brin != b.brin)
    against = differ or one != other or bool(register and _only_group(a, b, register.index))
    if a.doubtful or b.doubtful or elsewhere or against:
        why = "De namen lijken op elkaar, maar er is ook iets dat niet klopt."
        return SameSchoolVerdict("unsure", why, against=against)
    if clue:
        return SameSchoolVerdict("same", f"De naam en {clue} komen overeen.")
    return SameSchoolVerdict("unsure", "Alleen de naam komt overeen.")


def _numbers(reading: Reading) -> set[str]:
    """Return the numbers in a name: "Lyceum 1" and "Lyceum 2" are two schools, however alike."""
    return set(filter(str.isdigit, reading.names[0].full))


def _clue(a: Reading, b: Reading, register: Register | None) -> str:
    """Return what two typings have in common besides their names, in Dutch, or nothing."""
    if a.brin and a.brin == b.brin:
        return "het BRIN-nummer"
    if _one_place(a, b, register):
        return "de plaats"
    mailed = a.domain and a.domain == b.domain and not (register and _shared(a.domain, register.index))
    return "het e-maildomein" if mailed else ""


def _likeness(a: Reading, b: Reading) -> tuple[Likeness, bool]:
    """Compare whole names, or one whole name with a part of the other; parts of both say nothing."""
    towns, whole = a.towns | b.towns, (a.names[0], b.names[0])
    pairs = [whole, *((a.names[0], y) for y in b.names[1:]), *((x, b.names[0]) for x in a.names[1:])]
    found = [(likeness(x, y, towns), not have_different_kinds(x, y), (x, y)) for x, y in pairs]
    like, fits = max((like, fits) for like, fits, pair in found if like != Likeness.PART or pair == whole)
    return like, not fits


def _one_place(a: Reading, b: Reading, register: Register | None) -> bool | None:
    """Compare two places; with one of them missing, see whether the other's name says it."""
    if a.place and b.place:
        return is_same_place(a.place, b.place) or (not register and is_near_place(a.place, b.place))
    said = any(
        r.towns and not other.place and r.towns & set(other.names[0].full) for r, other in ((a, b), (b, a))
    )
    return True if said else None


def _shared(domain: str, index: Index) -> bool:
    return bool(index.of_domain(domain)) and not index.is_own(domain)


def _unlike(a: Reading, b: Reading, like: Likeness) -> SameSchoolVerdict:
    apart = a.place and b.place and not is_same_place(a.place, b.place)
    if like == Likeness.NONE and (apart or (a.domain and b.domain and a.domain != b.domain)):
        return SameSchoolVerdict("different", "De namen zijn anders, en de plaats of het e-maildomein ook.")
    return SameSchoolVerdict("unsure", "De namen lijken niet genoeg op elkaar.", alike=False)
