"""What organisers rule about how schools are typed: one school, two schools, or this one of the register."""

from collections.abc import Sequence
from typing import NamedTuple

from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction, Wish
from shared.domain.decision import Decision, Kind
from shared.domain.registration.registration import Registration
from shared.domain.schools.matching import Typed, alias_key
from shared.domain.schools.reasons import PairReason
from shared.domain.schools.school import School
from shared.domain.text import fold

_OPPOSITES = {Kind.SAME: Kind.DIFFERENT, Kind.DIFFERENT: Kind.SAME}


class SchoolTyping(NamedTuple):
    """One way in which people typed a school; `reference` is that of the first of them."""

    key: str
    text: str
    reference: str
    people: int


def school_typings(people: Sequence[Registration]) -> tuple[SchoolTyping, ...]:
    """Return the ways in which these people typed their school, in the order in which they registered."""
    by_key: dict[str, list[Registration]] = {}
    for person in people:
        by_key.setdefault(typing_key(person), []).append(person)
    return tuple(
        SchoolTyping(key, typed_text(alike[0]), alike[0].reference, len(alike))
        for key, alike in by_key.items()
    )


def typing_key(person: Registration) -> str:
    """Return the key of how a person typed their school, which a ruling is about."""
    return alias_key(Typed(person.school, person.place))


def typed_text(person: Registration) -> str:
    """Return how a person typed their school: "Bergcollege, Utrecht"."""
    return ", ".join(filter(None, (person.school, person.place)))


def rulings_on(context: OrderContext, school: School) -> tuple[Decision, ...]:
    """Return the rulings in force about how people typed this school."""
    keys = {typing.key for typing in school_typings(school.registrations)}
    return tuple(
        ruling
        for ruling in _rulings_in_force(context)
        if ruling.about in keys or (ruling.value in keys and ruling.kind is not Kind.IS)
    )


def doubts_on(context: OrderContext, person: Registration) -> tuple[tuple[School, PairReason], ...]:
    """Return the schools that may be one with a person's school, each with why."""
    key = context.standing_of_school(person).school.key
    return tuple(
        (d.other if d.one.key == key else d.one, d.reason)
        for d in context.grouping.doubts
        if key in (d.one.key, d.other.key)
    )


def similar_schools(
    context: OrderContext, person: Registration, query: str, most: int = 8
) -> tuple[School, ...]:
    """Return the other schools of this network whose names hold the most words of a query."""
    words = fold(query).split()
    schools = (s.school for s in context.standings)
    others = [school for school in schools if school.counted and person not in school.registrations]
    matches = [(_count_matches(school, words), school) for school in others]
    best = max((count for count, _ in matches), default=0)
    return tuple(school for count, school in matches if count == best > 0)[:most]


def typing_order(context: OrderContext, reference: str, name: str, value: str, wish: Wish) -> Order | None:
    """Return the order to rule on how a person typed their school; None if that changes nothing.

    `value` is a code of the register, or the reference of a person who typed another school.
    """
    person = context.with_reference(reference)
    if person is None:
        return None
    if name == Kind.IS:
        return _register_order(context, person, value, wish)
    other = context.with_reference(value)
    if name not in _OPPOSITES or other is None or typing_key(other) == typing_key(person):
        return None
    return _pair_order(context, Kind(name), person, other, wish)


def undo_ruling_order(context: OrderContext, id_: str, undo: str, _wish: Wish) -> Order | None:
    """Return the order to take back a ruling; None if it is not in force, or about no school here."""
    ruling = next((r for r in _rulings_in_force(context) if r.id == id_), None)
    if undo != "undo" or ruling is None:
        return None
    first = {typing_key(r): r for r in reversed(context.registrations)}
    person = first.get(ruling.about) or first.get(ruling.value)
    if person is None:
        return None
    back = f"school/{person.reference}"
    return Order(OrganiserAction.UNDO_RULING, back, undo=ruling, asks_why=False)


def _count_matches(school: School, words: Sequence[str]) -> int:
    """Count the words that a word of a school's name begins with."""
    names = fold(" ".join((school.name, school.place, *(r.school for r in school.registrations)))).split()
    return sum(any(name.startswith(word) for name in names) for word in words)


def _pair_order(
    context: OrderContext, kind: Kind, person: Registration, other: Registration, wish: Wish
) -> Order | None:
    pair = frozenset((typing_key(person), typing_key(other)))
    in_force, opposite = context.knowledge.pair_rulings.get(pair), _OPPOSITES[kind]
    if in_force is kind:
        return None
    ruling = _ruling(context, kind, typing_key(person), typing_key(other), wish)
    path = f"typing/{person.reference}/{opposite}/{other.reference}"
    return Order(
        OrganiserAction(kind),
        back=f"school/{person.reference}",
        decide=ruling,
        opposite=None if in_force is opposite else (OrganiserAction(opposite), path),
    )


def _register_order(context: OrderContext, person: Registration, code: str, wish: Wish) -> Order | None:
    register, key = context.knowledge.register, typing_key(person)
    row = register and register.by_code.get(code)
    if not row or context.knowledge.aliases.get(key) == code:
        return None
    ruling = _ruling(context, Kind.IS, key, code, wish)
    back = f"school/{person.reference}"
    return Order(OrganiserAction.IS, back, school_name=row.title_in_place, decide=ruling)


def _ruling(context: OrderContext, kind: Kind, about: str, value: str, wish: Wish) -> Decision:
    name = f"{kind}-{context.now:%Y%m%dT%H%M%S%f}"
    return Decision(context.network.id, name, kind, about, context.by, wish.why, context.now, value=value)


def _rulings_in_force(context: OrderContext) -> tuple[Decision, ...]:
    return tuple(ruling for ruling in context.knowledge.rulings if ruling.holds(context.now))
