"""A registration: one person in one network, and the states that it can go through."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from shared.domain.registration.reason import Reason


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
    """How a person typed their school before, and until when: whom that linked stays of one school.

    Who used a forward link then, with the reference `via`, was of the inviter's school, whatever they typed.
    """

    school: str
    place: str
    brin: str
    until: datetime
    via: str = ""


_NOTHING: Mapping[str, str] = {}


def _nothing() -> Mapping[str, str]:
    """Return the same for everybody: ten thousand people are in memory at once."""
    return _NOTHING


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
    extra: Mapping[str, str] = field(default_factory=_nothing)
    # Answers to the network's own, by their id, and boxes that were ticked, when this was received.
    questions: Mapping[str, str] = field(default_factory=_nothing)
    consents: Mapping[str, str] = field(default_factory=_nothing)
    without_address: tuple[str, ...] = ()  # names of colleagues who cannot be registered yet
    origin: str = ""  # the site that posted this, where the network does not list it
    reminded: int | None = None  # days before the deadline of the last reminder
    reminded_at: datetime | None = None
    reminded_of: date | None = None  # the deadline that this reminder was about; earlier ones do not say
    session_reminded: date | None = None  # the session of which this person was last reminded
    again: Mapping[str, str] = field(default_factory=_nothing)  # what differs in a later post of this person
    again_at: datetime | None = None  # when we last mailed this person about that
    links_at: datetime | None = None  # when this person last asked us to mail their links
    links_by_owner: bool = False  # whether they did so on their own page, and not with a form that is open
    data_at: datetime | None = None  # when this person last asked for their data
    resent_at: datetime | None = None  # when this person was last mailed anew, also at another address
    new_email: str = ""  # an address that this person asked for, until it is confirmed from there
    new_email_at: datetime | None = None  # when they asked for it
    mail_domain: str = ""  # of an address of before, where it is a school's: it may link typings
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
