"""A registration: one person in one network, and the states that it can go through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.domain.network.fields import TYPED_FIELDS
from shared.domain.registration.identity import address_key, is_same_name, make_reference, name_key
from shared.domain.registration.reason import Reason, ReasonCode


class State(StrEnum):
    """The state of a registration."""

    REGISTERED = "registered"
    ADMITTED = "admitted"
    HELD = "held"
    DECLINED = "declined"
    LATE = "late"
    CANCELLED = "cancelled"
    QUARANTINED = "quarantined"
    UNCONFIRMED = "unconfirmed"


# Which states may follow which, whoever makes the change.
NEXT: Mapping[State, frozenset[State]] = {
    State.REGISTERED: frozenset(
        {State.ADMITTED, State.HELD, State.DECLINED, State.CANCELLED, State.UNCONFIRMED}
    ),
    # Held or declined afterwards: a repair window that ended without a new colleague.
    State.ADMITTED: frozenset({State.HELD, State.DECLINED, State.CANCELLED, State.UNCONFIRMED}),
    State.HELD: frozenset({State.ADMITTED, State.DECLINED, State.CANCELLED, State.UNCONFIRMED}),
    State.DECLINED: frozenset({State.ADMITTED, State.CANCELLED}),
    # Registered: the window was opened again.
    State.LATE: frozenset({State.REGISTERED, State.ADMITTED, State.DECLINED, State.CANCELLED}),
    State.CANCELLED: frozenset({State.REGISTERED, State.LATE}),
    State.QUARANTINED: frozenset({State.REGISTERED, State.LATE, State.CANCELLED}),
    State.UNCONFIRMED: frozenset({State.REGISTERED, State.ADMITTED, State.DECLINED, State.CANCELLED}),
}

# The states in which a person counts for their school.
COUNTED = frozenset({State.REGISTERED, State.ADMITTED, State.HELD})


# Stands in place of the name of a person whose data is erased.
ERASED = "(gewist)"
# Stands in `invited_by` where the organiser registered this person by hand.
ORGANISER = "organiser"
# Stands in `by` where whoever brought this person corrected their address.
COLLEAGUE = "colleague"


class ImpossibleChangeError(ValueError):
    """A change that the states do not allow."""

    def __init__(self, before: State, after: State) -> None:
        super().__init__(f"a registration that is {before} cannot become {after}")
        self.before, self.after = before, after


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a registration: when, by whom (person, check or an organiser) and why.

    `reason` is what the software gives by itself; `note` is what an organiser typed.
    """

    at: datetime
    state: State
    by: str
    note: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """One colleague whom we mailed at a person's request, and when; an erased address stays as ""."""

    email: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EarlierTyping:
    """How a person typed their school before, and until when: whom that linked stays of one school."""

    school: str
    place: str
    brin: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Registration:
    """One person in one network.

    `person_key` identifies the person and is the table's sort key. `invited_by` is the reference of the
    colleague who registered this person in the same post, or `ORGANISER`. `via` is the reference of the
    colleague whose forward link this person used. Who is `unjudged` counts for nothing yet.
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
    questions: Mapping[str, str] = field(default_factory=dict)  # answers to the network's own, by their id
    consents: Mapping[str, str] = field(
        default_factory=dict
    )  # boxes that were ticked, when this was received
    without_address: tuple[str, ...] = ()  # names of colleagues who cannot be registered yet
    origin: str = ""  # the site that posted this, where the network does not list it
    reminded: int | None = None  # days before the deadline of the last reminder
    reminded_at: datetime | None = None
    reminded_of: date | None = None  # the deadline that this reminder was about; earlier ones do not say
    session_reminded: date | None = None  # the session of which this person was last reminded
    again: Mapping[str, str] = field(default_factory=dict)  # what differs in a later post of this person
    again_at: datetime | None = None  # when we last mailed this person about that
    links_at: datetime | None = None  # when this person last asked us to mail their links
    links_by_owner: bool = False  # whether they did so on their own page, and not with a form that is open
    data_at: datetime | None = None  # when this person last asked for their data
    resent_at: datetime | None = None  # when this person was last mailed anew, also at another address
    new_email: str = ""  # an address that this person asked for, until it is confirmed from there
    new_email_at: datetime | None = None  # when they asked for it
    mail_domain: str = ""  # of an address that was erased, where it is a school's: it may link typings
    former_email: str = ""  # the address before the last correction, where it is told of that
    unconfirmed_since: datetime | None = None  # from when they have three days to confirm the address
    confirmed_at: datetime | None = None  # when somebody first acted by a link that was mailed there
    links_version: int = 0  # raising it makes all earlier links void
    invitations: tuple[Invitation, ...] = ()
    history: tuple[Change, ...] = ()
    earlier_typings: tuple[EarlierTyping, ...] = ()  # of their school, the last few
    unjudged: str = ""  # where a visitor posted this, as `client_bucket` names it, until that was counted
    posted_from: str = ""  # the place of whoever posted this, as `day_bucket` names it: its mails are counted
    revision: int = 0  # counts the writes, so that none overwrites a version that it has not read

    @property
    def is_erased(self) -> bool:
        """Whether only what counts this person is left; the address may still be there."""
        return self.name == ERASED

    def become(
        self, state: State, at: datetime, by: str, note: str = "", reason: Reason | None = None
    ) -> "Registration":
        """Return this registration in another state; raise `ImpossibleChangeError` if that may not follow.

        A person whose name is erased can only be cancelled.
        """
        if state not in NEXT[self.state] or (self.is_erased and state is not State.CANCELLED):
            raise ImpossibleChangeError(self.state, state)
        return replace(self, state=state, history=(*self.history, Change(at, state, by, note, reason)))


_MOST_TYPINGS = 5
# What a person tells about themselves; all of it may differ when they register again.
OWN_FIELDS = tuple(field for field in TYPED_FIELDS if field != "email")


def merge_repeat(stored: Registration, new: Registration) -> Registration:
    """Return what a stored registration becomes when the same person is registered again.

    The reference stays. A person who was cancelled or quarantined comes back with the new data. For anyone
    else the new data is kept beside the first, which only the person's own page changes, and `again_at` moves
    on at most once an hour. Who was late is in time when they post in a window that was opened again.
    """
    if new.state is State.QUARANTINED:
        return stored
    if stored.state in (State.CANCELLED, State.QUARANTINED):
        # Mails are named after the invitations' numbers, so these go on; a revoked link stays revoked.
        lasting = ("person_key", "reference", "links_version", "invitations", "revision", "confirmed_at")
        kept = {key: getattr(stored, key) for key in lasting}
        typings = earlier_typings(stored, new, new.received_at)
        return replace(new, **kept, history=(*stored.history, *new.history), earlier_typings=typings)
    if stored.state is State.UNCONFIRMED:
        # A post proves nothing: they are mailed again how to confirm, at most once an hour.
        lately = stored.resent_at and new.received_at - stored.resent_at < timedelta(hours=1)
        return stored if lately else replace(stored, resent_at=new.received_at)
    if stored.state is State.LATE and _is_in_time(new) and not stored.is_erased:
        stored = replace(stored, state=new.state, history=(*stored.history, *new.history))
    other = {
        key: getattr(new, key) for key in OWN_FIELDS if getattr(new, key) not in ("", getattr(stored, key))
    }
    if not other or other == stored.again:
        return stored
    was_mailed_lately = stored.again_at and new.received_at - stored.again_at < timedelta(hours=1)
    # By a clock that is behind, who comes again may come before the change that the mail must follow.
    mailed_at = max(new.received_at, stored.history[-1].at)
    return replace(stored, again=other, again_at=stored.again_at if was_mailed_lately else mailed_at)


def earlier_typings(before: Registration, after: Registration, at: datetime) -> tuple[EarlierTyping, ...]:
    """Return how a person typed their school before, when `after` has another school, place or BRIN."""
    old, new = ((r.school, r.place, r.brin) for r in (before, after))
    # Whoever used a link was of the inviter's school, whatever they typed.
    if old == new or before.via:
        return before.earlier_typings
    return (*before.earlier_typings, EarlierTyping(*old, at))[-_MOST_TYPINGS:]


def _is_in_time(new: Registration) -> bool:
    """Say whether a post came in an open window, and not in one in which only a school may repair itself."""
    reasons = (change.reason for change in new.history)
    repairs = any(reason and reason.code is ReasonCode.REPAIRS_SCHOOL for reason in reasons)
    return new.state is State.REGISTERED and not repairs


def replaced(
    old: Registration, name: str, email: str, seed: str, change: Change
) -> tuple[Registration, Registration]:
    """Return a person as they leave and the colleague in their place, of the same school and state.

    `change` is when, by whom and with which note. Store both in one transaction, so that the school's count
    never dips.
    """
    left = old.become(State.CANCELLED, change.at, change.by, change.note, Reason(ReasonCode.GAVE_PLACE))
    took_place = Reason(ReasonCode.TOOK_PLACE, reference=old.reference)
    came = new_colleague(old, name, email, seed, Change(change.at, old.state, change.by, reason=took_place))
    return left, replace(came, via=old.reference)


def new_colleague(me: Registration, name: str, email: str, seed: str, change: Change) -> Registration:
    """Return a colleague whom a person registers at the same school; `change` is when, as what and why."""
    return Registration(
        network=me.network,
        person_key=address_key(me.network, email),
        reference=make_reference(me.reference.partition("-")[0], seed),
        state=change.state,
        name=name,
        email=email,
        school=me.school,
        place=me.place,
        brin=me.brin,
        received_at=change.at,
        invited_by=me.reference,
        posted_from=me.posted_from,
        history=(change,),
    )


def shares_mailbox(one: Registration, other: Registration) -> bool:
    """Say whether two people registered with one address, or have the same one now."""
    is_key_shared = one.person_key.partition("#")[0] == other.person_key.partition("#")[0]
    return is_key_shared or one.email.casefold() == other.email.casefold()


def dedupe(registrations: Sequence[Registration]) -> tuple[Registration, ...]:
    """Give everyone in one post a key of their own; a person who is in it twice has the same key twice."""
    deduped: list[Registration] = []
    for new in registrations:
        on_mailbox = [r for r in deduped if r.email.casefold() == new.email.casefold()]
        twice = next((r for r in on_mailbox if is_same_name(r.name, new.name)), None)
        deduped.append(twice or (with_mailbox_key(new) if on_mailbox else new))
    return tuple(deduped)


def with_mailbox_key(new: Registration) -> Registration:
    """Return a registration with the key of a second person on a mailbox that is registered already."""
    return replace(new, person_key=f"{new.person_key.partition('#')[0]}#{name_key(new.name)}")
