"""What organisers say of how schools are typed: one school, two schools, or this one of the register."""

from collections.abc import Sequence
from typing import NamedTuple

from shared.domain.actions.organiser.order import Order, OrderContext, Wish
from shared.domain.decision import Decision, Kind
from shared.domain.registration.registration import Registration
from shared.domain.schools.matching import Typed, alias_key
from shared.domain.schools.reasons import PairReason
from shared.domain.schools.school import School
from shared.domain.text import fold

_LASTS = "Dit geldt voor iedereen die het zo typt, ook in een ander netwerk. Je kunt het later terugnemen."


class Typing(NamedTuple):
    """One way in which people of a school typed it; `who` is the first of them."""

    key: str
    text: str
    who: str
    people: int


def typings(people: Sequence[Registration]) -> tuple[Typing, ...]:
    """Return the ways in which these people typed their school, in the order in which they came."""
    found: dict[str, list[Registration]] = {}
    for person in people:
        found.setdefault(_key(person), []).append(person)
    return tuple(Typing(key, _text(who[0]), who[0].reference, len(who)) for key, who in found.items())


def rulings_on(scene: OrderContext, school: School) -> tuple[Decision, ...]:
    """Return what organisers said that holds of how people typed this school."""
    keys = {typing.key for typing in typings(school.registrations)}
    return tuple(
        w for w in _in_force(scene) if w.about in keys or (w.value in keys and w.kind is not Kind.IS)
    )


def doubts_on(scene: OrderContext, person: Registration) -> tuple[tuple[School, PairReason], ...]:
    """Return the schools that may be one with that of a person, each with why."""
    here = scene.stand(person).school.key
    return tuple(
        (d.other if d.one.key == here else d.one, d.reason)
        for d in scene.grouping.doubts
        if here in (d.one.key, d.other.key)
    )


def like(scene: OrderContext, person: Registration, asked: str, most: int = 8) -> tuple[School, ...]:
    """Return the other schools of this network with the most of the asked words in how they are called."""
    words = fold(asked).split()
    found = [(_hits(stand.school, words), stand.school) for stand in scene.standings]
    best = max((hits for hits, school in found if person not in school.registrations), default=0)
    return tuple(s for hits, s in found if hits == best > 0 and person not in s.registrations)[:most]


def about_typing(scene: OrderContext, reference: str, name: str, value: str, wish: Wish) -> Order | None:
    """Return the order to say something of how somebody typed their school; None where it says nothing."""
    person = scene.who(reference)
    if person is None:
        return None
    if name == "is":
        return _is(scene, person, value, wish)
    other = scene.who(value)
    if (
        name not in _OF_TWO
        or other is None
        or _key(other) == _key(person)
        or _said(scene, name, person, other)
    ):
        return None
    return _of_two(scene, Kind(name), person, other, wish)


def about_word(scene: OrderContext, name: str, undo: str, _wish: Wish) -> Order | None:
    """Return the order to take back what was said; None where it does not hold, or is of no school here."""
    word = next((w for w in _in_force(scene) if w.id == name), None)
    whose = {_key(r): r for r in reversed(scene.everyone)}
    if undo != "undo" or word is None:
        return None
    person = whose.get(word.about) or whose.get(word.value)
    if person is None:
        return None
    return Order(
        title="Dit terugnemen?",
        button="Neem terug",
        says=(f"{ruling_text(scene, word)}: dat geldt dan niet meer.",),
        back=f"school/{person.reference}",
        undo=word,
        asks_why=False,
    )


def ruling_text(scene: OrderContext, word: Decision) -> str:
    """Write what was said: "“Bergcollege” en “Berg, Utrecht” zijn één school"."""
    texts = {_key(r): _text(r) for r in reversed(scene.everyone)}
    about, value = (f"“{texts.get(key, key.replace('|', ', '))}”" for key in (word.about, word.value))
    if word.kind is Kind.IS:
        row = scene.known.register and scene.known.register.by_code.get(word.value)
        return f"{about} is {row.title_in_place if row else word.value}"
    return f"{about} en {value} zijn {'één school' if word.kind is Kind.SAME else 'twee scholen'}"


def _hits(school: School, asked: Sequence[str]) -> int:
    own = fold(" ".join((school.name, school.place, *(r.school for r in school.registrations)))).split()
    return sum(any(word.startswith(each) for word in own) for each in asked)


def _of_two(scene: OrderContext, kind: Kind, person: Registration, other: Registration, wish: Wish) -> Order:
    word = _word(scene, kind, _key(person), _key(other), wish)
    same = kind is Kind.SAME
    opposite = Kind.DIFFERENT if same else Kind.SAME
    leads = f"Nee: {_OF_TWO[opposite].lower()}", f"typing/{person.reference}/{opposite}/{other.reference}"
    return Order(
        title="Is dit één school?" if same else "Zijn dit twee scholen?",
        button=_OF_TWO[kind],
        says=(f"Je zegt: {ruling_text(scene, word)}.", _LASTS),
        back=f"school/{person.reference}",
        decide=word,
        otherwise=None if _said(scene, opposite, person, other) else leads,
    )


def _is(scene: OrderContext, person: Registration, code: str, wish: Wish) -> Order | None:
    row = scene.known.register and scene.known.register.by_code.get(code)
    word = _word(scene, Kind.IS, _key(person), code, wish)
    if not row or scene.known.aliases.get(word.about) == code:
        return None
    return Order(
        title=f"Is dit {row.title_in_place}?",
        button="Dit is de school",
        says=(f"Je zegt: {ruling_text(scene, word)}.", _LASTS),
        back=f"school/{person.reference}",
        decide=word,
    )


def _word(scene: OrderContext, kind: Kind, about: str, value: str, wish: Wish) -> Decision:
    name = f"{kind}-{scene.now:%Y%m%dT%H%M%S%f}"
    return Decision(scene.network.id, name, kind, about, scene.by, wish.why, scene.now, value=value)


def _said(scene: OrderContext, kind: str, person: Registration, other: Registration) -> bool:
    return scene.known.pair_rulings.get(frozenset((_key(person), _key(other)))) == kind


def _in_force(scene: OrderContext) -> tuple[Decision, ...]:
    return tuple(word for word in scene.known.rulings if word.holds(scene.now))


def _key(person: Registration) -> str:
    return alias_key(Typed(person.school, person.place))


def _text(person: Registration) -> str:
    return ", ".join(filter(None, (person.school, person.place)))


_OF_TWO = {Kind.SAME: "Dit is één school", Kind.DIFFERENT: "Dit zijn twee scholen"}
