"""A submission becomes registrations: one for the registrant, one for each colleague they bring."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from shared.domain.form.submission import Person, Submission
from shared.domain.network.fields import PERSON_FIELDS, SCHOOL_FIELDS
from shared.domain.network.network import Network
from shared.domain.registration.colleague import shares_mailbox, with_mailbox_key
from shared.domain.registration.confirming import must_confirm
from shared.domain.registration.erasure import may_return
from shared.domain.registration.identity import address_key, is_same_name, make_reference
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.registration.repeat import merge_repeat
from shared.domain.rule.repair import may_repair
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.domain.schools.school import school_of

_OF_REGISTRANT = ("remarks", "extra", "questions", "consents", "without_address")


class PostSource(NamedTuple):
    """When a post came in, and where from: the last four fields are those of a registration."""

    at: datetime
    seed: str  # of its references, which nobody may foretell or compare
    via: str = ""
    origin: str = ""
    unjudged: str = ""
    posted_from: str = ""


def expected_state(network: Network, at: datetime) -> State:
    """Return the state that a registration gets at an instant, as far as anybody is told.

    What became of a stored one is only for the registrant's own mailbox.
    """
    return State.LATE if network.is_closed(at) else State.REGISTERED


def admit_repairs(
    late: Sequence[Registration],
    everyone: Iterable[Registration],
    network: Network,
    knowledge: SchoolKnowledge,
) -> tuple[Registration, ...]:
    """Treat late registrations as on time if the school's repair window is open."""
    before = {r.person_key: r for r in everyone}
    came = [as_stored(r, before) for r in late]
    people = before | {r.person_key: r for r in came}
    at = late[0].received_at
    if not may_repair(network, school_of(came[0].person_key, people.values(), knowledge), at):
        return tuple(late)
    on_time = Change(at, State.REGISTERED, "person", reason=Reason(ReasonCode.REPAIRS_SCHOOL))
    return tuple(replace(r, state=State.REGISTERED, history=(on_time,)) for r in late)


def as_stored(new: Registration, before: Mapping[str, Registration]) -> Registration:
    """Return a person as they would be stored: with the history that the school's standing depends on."""
    on_mailbox = [r for r in before.values() if shares_mailbox(r, new)]
    stored = next((r for r in on_mailbox if is_same_name(r.name, new.name)), before.get(new.person_key))
    if stored is None:
        return new
    is_same = is_same_name(stored.name, new.name) or may_return(stored)
    return merge_repeat(stored, new) if is_same else with_mailbox_key(new)


def entries(
    post: Submission, network: Network, source: PostSource, suspicion: ReasonCode | None
) -> tuple[Registration, ...]:
    """Return everyone in a post; a post that looks like a robot's is quarantined as a whole."""
    first = make_reference(network.prefix, f"{source.seed}0")
    shared: dict[str, Any] = {
        "network": network.id,
        "state": State.QUARANTINED if suspicion else expected_state(network, source.at),
        **post.model_dump(include={*SCHOOL_FIELDS}),
        "received_at": source.at,
        "via": source.via,
        "origin": source.origin,
        "unjudged": source.unjudged,
        "posted_from": source.posted_from,
    }
    besides = post.model_dump(include={*_OF_REGISTRANT})
    registrant = _entry(post, first, suspicion or ReasonCode.REGISTERED, shared | besides)
    brought = (
        _entry(
            person,
            make_reference(network.prefix, f"{source.seed}{i}"),
            suspicion or ReasonCode.REGISTERED_BY_COLLEAGUE,
            shared | {"invited_by": first},
        )
        for i, person in enumerate(post.colleagues, 1)
    )
    return tuple(must_confirm(network, person, source.at) for person in (registrant, *brought))


def _entry(person: Person, reference: str, code: ReasonCode, shared: dict[str, Any]) -> Registration:
    state, at = shared["state"], shared["received_at"]
    reason = Reason(ReasonCode.AFTER_DEADLINE if state is State.LATE else code)
    return Registration(
        person_key=address_key(shared["network"], person.email),
        reference=reference,
        **person.model_dump(include={*PERSON_FIELDS}),
        **shared,
        history=(Change(at, state, "person", reason=reason),),
    )
