"""Which registrations are of one school, who of them counts, and where the school stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.registration import COUNTED, Registration, State, same_name
from shared.domain.text import fold


@dataclass(frozen=True, slots=True)
class School:
    """One school as the rule sees it: everyone registered for it, and those of them who count."""

    key: str
    name: str
    place: str
    registrations: tuple[Registration, ...]
    counted: tuple[Registration, ...]
    doubles: tuple[Registration, ...]

    def missing(self, minimum: int) -> int:
        """Count the people this school still needs."""
        return max(0, minimum - len(self.counted))


def schools(registrations: Iterable[Registration]) -> tuple[School, ...]:
    """Group registrations by school, ordered by the schools' names; each is in exactly one."""
    groups: dict[str, list[Registration]] = {}
    for registration, key in _keyed(sorted(registrations, key=lambda r: (r.received_at, r.person))):
        groups.setdefault(key, []).append(registration)
    found = (_school(key, members) for key, members in groups.items())
    return tuple(sorted(found, key=lambda s: (fold(s.name), fold(s.place), s.key)))


def school_of(person: str, registrations: Iterable[Registration]) -> School:
    """Return the school that counts this person, who is one of the registrations."""
    return next(s for s in schools(registrations) if any(r.person == person for r in s.registrations))


def _keyed(registrations: list[Registration]) -> Iterable[tuple[Registration, str]]:
    """Pair each registration with its school's key; a forward link binds to the inviter's school."""
    by_reference = {r.reference: r for r in registrations}
    for registration in registrations:
        seen, source = {registration.reference}, registration
        while source.via in by_reference and source.via not in seen:
            seen.add(source.via)
            source = by_reference[source.via]
        yield registration, f"{fold(source.school)}|{fold(source.place)}"


def _school(key: str, members: list[Registration]) -> School:
    counted: list[Registration] = []
    doubles: list[Registration] = []
    for member in members:
        if member.state in COUNTED:
            (doubles if any(_same_person(member, other) for other in counted) else counted).append(member)
    # Named as the first who counts typed it, not as who came by a link; no stray post renames it.
    named = min(counted or members, key=lambda r: bool(r.via))
    return School(key, named.school, named.place, tuple(members), tuple(counted), tuple(doubles))


def _same_person(a: Registration, b: Registration) -> bool:
    return a.email.casefold() == b.email.casefold() and same_name(a.name, b.name)


def why_not_counted(registration: Registration, school: School) -> str:
    """Explain in Dutch why someone does not count for their school; empty for who does."""
    if registration in school.doubles:
        return "staat dubbel in de lijst"
    return _WHY.get(registration.state, "")


_WHY = {
    State.CANCELLED: "heeft zich afgemeld",
    State.DECLINED: "is afgewezen",
    State.LATE: "is te laat aangemeld",
    State.QUARANTINED: "wacht op controle",
}
