"""A submission becomes registrations: one for the registrant, one for each colleague they bring."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from shared.domain.form.submission import Person, Submission
from shared.domain.form.suspicion import Suspicion
from shared.domain.network.fields import PERSON_FIELDS, SCHOOL_FIELDS
from shared.domain.network.network import Network
from shared.domain.registration.erasure import may_return
from shared.domain.registration.identity import address_key, is_same_name, make_reference
from shared.domain.registration.registration import (
    Change,
    Registration,
    State,
    merge_repeat,
    with_mailbox_key,
)
from shared.domain.rule.standing import may_repair
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.school import school_of


class PostMoment(NamedTuple):
    """When a post came in, and the id that the gateway gave it."""

    at: datetime
    request: str


def expected_state(network: Network, at: datetime) -> State:
    """Return the state that a registration gets at an instant, as far as anybody is told."""
    return State.LATE if network.is_closed(at) else State.REGISTERED


def answered_state(stored: Registration, network: Network, at: datetime) -> State:
    """Return the state to answer with: whatever else became of a registration is only for its own mailbox."""
    return stored.state if stored.state in (State.REGISTERED, State.LATE) else expected_state(network, at)


def admit_repairs(
    late: Sequence[Registration], everyone: Iterable[Registration], network: Network, known: SchoolKnowledge
) -> tuple[Registration, ...]:
    """Return late registrations as in time, where their school may still replace who left."""
    there = {r.person_key: r for r in everyone}
    came = [_met(r, there) for r in late]
    people = there | {r.person_key: r for r in came}
    at = late[0].received_at
    if not may_repair(network, school_of(came[0].person_key, people.values(), known), at):
        return tuple(late)
    in_time = Change(at, State.REGISTERED, "person", "vervangt een collega")
    return tuple(replace(r, state=State.REGISTERED, history=(in_time,)) for r in late)


def _met(new: Registration, there: Mapping[str, Registration]) -> Registration:
    """Return somebody as they would be stored: with the history by which a school is judged."""
    here = [r for r in there.values() if r.person_key.partition("#")[0] == new.person_key]
    known = next((r for r in here if is_same_name(r.name, new.name)), there.get(new.person_key))
    if known is None:
        return new
    same = is_same_name(known.name, new.name) or may_return(known)
    return merge_repeat(known, new) if same else with_mailbox_key(new)


def entries(
    post: Submission, network: Network, moment: PostMoment, via: str, suspicion: Suspicion | None
) -> tuple[Registration, ...]:
    """Return everyone in a post; one that looks like a robot's has them all put aside for the organiser."""
    first = make_reference(network.prefix, f"{moment.request}0")
    same: dict[str, Any] = {
        "network": network.id,
        "state": State.QUARANTINED if suspicion else expected_state(network, moment.at),
        **post.model_dump(include={*SCHOOL_FIELDS}),
        "received_at": moment.at,
        "via": via,
    }
    registrant = _entry(post, first, suspicion or "heeft zich aangemeld", same)
    brought = (
        _entry(
            person,
            make_reference(network.prefix, f"{moment.request}{i}"),
            suspicion or "is aangemeld door een collega",
            same,
        )
        for i, person in enumerate(post.colleagues, 1)
    )
    return (
        replace(registrant, remarks=post.remarks, extra=post.extra),
        *(replace(colleague, invited_by=first) for colleague in brought),
    )


def _entry(person: Person, own: str, why: str, same: dict[str, Any]) -> Registration:
    state, at = same["state"], same["received_at"]
    return Registration(
        person_key=address_key(same["network"], person.email),
        reference=own,
        **person.model_dump(include={*PERSON_FIELDS}),
        **same,
        history=(Change(at, state, "person", "aangemeld na de deadline" if state is State.LATE else why),),
    )
