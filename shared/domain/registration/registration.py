"""A registration: one person in one network, and what may become of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.domain.network.fields import TYPED_FIELDS
from shared.domain.registration.identity import address_key, is_same_name, make_reference, name_key


class State(StrEnum):
    """Where a registration stands (DESIGN: registration states)."""

    REGISTERED = "registered"
    ADMITTED = "admitted"
    HELD = "held"
    DECLINED = "declined"
    LATE = "late"
    CANCELLED = "cancelled"
    QUARANTINED = "quarantined"


# Which states may follow which; whoever makes the change.
NEXT: Mapping[State, frozenset[State]] = {
    State.REGISTERED: frozenset({State.ADMITTED, State.HELD, State.DECLINED, State.CANCELLED}),
    # Held or declined after all: a repair window that ended without a new colleague.
    State.ADMITTED: frozenset({State.HELD, State.DECLINED, State.CANCELLED}),
    State.HELD: frozenset({State.ADMITTED, State.DECLINED, State.CANCELLED}),
    State.DECLINED: frozenset({State.ADMITTED, State.CANCELLED}),
    State.LATE: frozenset({State.ADMITTED, State.DECLINED, State.CANCELLED}),
    State.CANCELLED: frozenset({State.REGISTERED, State.LATE}),
    State.QUARANTINED: frozenset({State.REGISTERED, State.LATE, State.CANCELLED}),
}

# The states in which a person counts for their school.
COUNTED = frozenset({State.REGISTERED, State.ADMITTED, State.HELD})


# Stands for a name in the lists that count somebody whose data has gone.
ERASED = "(gewist)"
# Stands in `invited_by` for the organiser, who registered this person by hand.
ORGANISER = "organiser"


class ImpossibleChangeError(ValueError):
    """A change that the states do not allow."""

    def __init__(self, before: State, after: State) -> None:
        super().__init__(f"a registration that is {before} cannot become {after}")
        self.before, self.after = before, after


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a registration: when, by whom (person, check or an organiser) and why."""

    at: datetime
    state: State
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One colleague whom we mailed at somebody's request, and when; an erased address counts, as ""."""

    email: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Registration:
    """One person in one network.

    `person` says who it is and is the table's sort key; `invited_by` is the reference of the colleague who
    registered this person in the same post, or `ORGANISER`; `via` that of the colleague whose forward link
    they used.
    """

    network: str
    person_key: str
    reference: str
    state: State
    name: str
    email: str
    school: str
    received_at: datetime
    role: str = ""
    phone: str = ""
    place: str = ""
    brin: str = ""
    remarks: str = ""
    invited_by: str = ""
    via: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    reminded: int | None = None  # days before the deadline of the last reminder
    reminded_at: datetime | None = None
    session_reminded: date | None = None  # the session of which this person was last reminded
    again: Mapping[str, str] = field(default_factory=dict)  # what a later post of this person said otherwise
    again_at: datetime | None = None  # when we last told this person so
    links_at: datetime | None = None  # when this person last asked us to mail their links
    data_at: datetime | None = None  # when this person last asked us to mail what we have of them
    resent_at: datetime | None = None  # when an organiser last had us mail this person again
    links_version: int = 0  # of the links that open something; raised by one, all earlier ones are void
    invitations: tuple[Invitation, ...] = ()
    history: tuple[Change, ...] = ()
    revision: int = 0  # counts the writes, so that none overwrites what it has not seen

    @property
    def is_erased(self) -> bool:
        """Whether only enough is left to count this person; their address may still be there."""
        return self.name == ERASED

    def become(self, state: State, at: datetime, by: str, why: str) -> "Registration":
        """Return this registration in another state; raise `ImpossibleChangeError` where none leads there.

        Nobody comes back without a name.
        """
        if state not in NEXT[self.state] or (self.is_erased and state is not State.CANCELLED):
            raise ImpossibleChangeError(self.state, state)
        return replace(self, state=state, history=(*self.history, Change(at, state, by, why)))


# What a person tells us about themselves; all of it may differ when they register again.
OWN_FIELDS = tuple(field for field in TYPED_FIELDS if field != "email")


def merge_repeat(stored: Registration, new: Registration) -> Registration:
    """Return what a stored registration becomes when the same person is registered again.

    The reference stays. Who had left or was in quarantine comes back with the new data; for anybody else the
    other data is kept beside the first, which only the person's own page changes, and `again_at` moves on at
    most once an hour.
    """
    if new.state is State.QUARANTINED:
        return stored
    if stored.state in (State.CANCELLED, State.QUARANTINED):
        # The invitations' number goes on, also in the names of their mails; a revoked link stays so.
        going_on = ("person_key", "reference", "links_version", "invitations", "revision")
        kept = {key: getattr(stored, key) for key in going_on}
        return replace(new, **kept, history=(*stored.history, *new.history))
    other = {
        key: getattr(new, key) for key in OWN_FIELDS if getattr(new, key) not in ("", getattr(stored, key))
    }
    if not other or other == stored.again:
        return stored
    told_lately = stored.again_at and new.received_at - stored.again_at < timedelta(hours=1)
    return replace(stored, again=other, again_at=stored.again_at if told_lately else new.received_at)


def replaced(
    old: Registration, name: str, email: str, seed: str, change: Change
) -> tuple[Registration, Registration]:
    """Return who leaves and the colleague who comes in their place, of the same school and in the same state.

    `change` says when, by whom and why; store both in one transaction, so that the school's count never dips.
    """
    left = old.become(State.CANCELLED, change.at, change.by, change.why)
    came = Registration(
        network=old.network,
        person_key=address_key(old.network, email),
        reference=make_reference(old.reference.partition("-")[0], seed),
        state=old.state,
        name=name,
        email=email,
        school=old.school,
        place=old.place,
        brin=old.brin,
        received_at=change.at,
        invited_by=old.reference,
        via=old.reference,
        history=(replace(change, state=old.state, why=f"in de plaats van {old.reference}"),),
    )
    return left, came


def dedupe(registrations: Sequence[Registration]) -> tuple[Registration, ...]:
    """Give everyone in one post a key of their own; who is in it twice has the same key twice."""
    done: list[Registration] = []
    for new in registrations:
        near = [r for r in done if r.email.casefold() == new.email.casefold()]
        twice = next((r for r in near if is_same_name(r.name, new.name)), None)
        done.append(twice or (with_mailbox_key(new) if near else new))
    return tuple(done)


def with_mailbox_key(new: Registration) -> Registration:
    """Return a registration with the key of a second person on a mailbox that another registered with."""
    return replace(new, person_key=f"{new.person_key.partition('#')[0]}#{name_key(new.name)}")
