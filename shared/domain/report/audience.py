"""Whom an organiser can write to: the people of groups, of one school and of one session."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from shared.domain.message import Audience, MessageGroup
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from shared.domain.report.participation import Participation, participations_in
from shared.domain.rule.standing import SchoolStanding
from shared.domain.text import plain

_COMING = (Participation.ADMITTED, Participation.FORESEEN)
_IN_GROUP: Mapping[MessageGroup, tuple[Participation, ...]] = {
    MessageGroup.COMING: _COMING,
    MessageGroup.SHORT: (Participation.SHORT,),
    MessageGroup.WAITING: (Participation.WAITING,),
    MessageGroup.HELD: (Participation.HELD,),
}
_OF_SCHOOL = tuple(part for parts in _IN_GROUP.values() for part in parts)


class GroupSizes(NamedTuple):
    """How many people are in each group, and in each school by the reference of one of them, by name."""

    groups: Mapping[MessageGroup, int]
    schools: Sequence[tuple[str, str, int]]


def chosen_people(
    network: Network, standings: Sequence[SchoolStanding], audience: Audience
) -> tuple[Registration, ...]:
    """Return everybody in an audience once, by the rule as it is now, school by school."""
    parts = participations_in(network, standings)
    wanted = {part for group in audience.groups for part in _IN_GROUP[group]}
    wanted |= set(_COMING) if audience.session else set()
    return tuple(
        r
        for standing in standings
        for here in [wanted | (set(_OF_SCHOOL) if _has(standing, audience.school) else set())]
        for r in standing.school.registrations
        if parts[r.person_key] in here
    )


def group_sizes(network: Network, standings: Sequence[SchoolStanding]) -> GroupSizes:
    """Return whom one can write to."""
    parts = participations_in(network, standings)
    groups = {group: sum(part in _IN_GROUP[group] for part in parts.values()) for group in MessageGroup}
    return GroupSizes(groups, sorted(_schools(standings, parts), key=lambda each: plain(each[1])))


def _schools(
    standings: Iterable[SchoolStanding], parts: Mapping[str, Participation]
) -> Iterator[tuple[str, str, int]]:
    for standing in standings:
        school = standing.school
        people = [r for r in school.registrations if parts[r.person_key] in _OF_SCHOOL]
        if people:
            yield people[0].reference, ", ".join(filter(None, (school.name, school.place))), len(people)


def _has(standing: SchoolStanding, reference: str) -> bool:
    return bool(reference) and any(r.reference == reference for r in standing.school.registrations)
