"""Which mails somebody is owed, told from the table alone; pure, so that stream and sweeper say the same.

A mail is owed because something is so, not because it was seen to happen: a record of the stream only says
where to look. Each has an id that follows from its cause, so that it is sent once, whoever finds it and when.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from shared.domain.amend import CAME_BACK
from shared.domain.history import settled_at
from shared.domain.network import Network
from shared.domain.network_parts import Organiser
from shared.domain.outbox import OPEN, MailRecord, MailState
from shared.domain.registration import Registration, State
from shared.domain.reminder import next_reminder
from shared.domain.school import School
from shared.mails import registrant
from shared.mails.mail import Mail, Personal

# The mails that say how many people a school still needs.
TELLING = frozenset({"confirmation", "invited", "reminder", "complete", "changed", "admitted"})
_OUTSIDE = (None, State.CANCELLED, State.QUARANTINED)  # who comes from there is new to us


class Letter(NamedTuple):
    """A mail that is owed: whom it goes to and answers to, its record, and how to write it."""

    to: str
    organiser: Organiser
    record: MailRecord
    write: Callable[[], Mail]


class Scene(NamedTuple):
    """A network as it stands at an instant; `mails` are each person's own, by reference, the latest last."""

    network: Network
    at: datetime
    school_of: Mapping[str, School]
    mails: Mapping[str, Sequence[MailRecord]]
    links: Callable[[Registration], Personal]
    waits: Mapping[str, str]  # why somebody is on a waiting list, by person

    @property
    def records(self) -> Iterator[MailRecord]:
        """The mails that are known here."""
        return (record for records in self.mails.values() for record in records)

    @property
    def minimum(self) -> int:
        """How many people a school needs."""
        return self.network.rule.min_per_school

    @property
    def is_open(self) -> bool:
        """Whether people can still register in time."""
        return self.at < self.network.closes_at


def owed(me: Registration, scene: Scene) -> Iterator[Letter]:
    """Yield every mail that somebody is owed, those that they were sent too: their records tell which."""
    if not me.email or not me.history:  # their data has gone
        return
    own = list(_of_state(me, scene))
    yield from own
    yield from _asked(me, scene)
    sent = {
        record.id for record in scene.mails.get(me.reference, ()) if record.state is not MailState.PENDING
    }
    if all(letter.record.id in sent for letter in own):
        yield from _school(me, scene)


def _of_state(me: Registration, scene: Scene) -> Iterator[Letter]:
    """Yield what somebody is owed for where they stand: a mail for each time that they came to be so."""
    turn = settled_at(me.history)
    before = me.history[turn - 1].state if turn else None
    # Who came at somebody else's word must know at whose (GDPR, article 14).
    brought = before in _OUTSIDE and me.history[turn].why != CAME_BACK
    inviter = _inviter(me, scene) if brought else None
    if inviter and me.state in (State.ADMITTED, State.HELD):
        yield _letter(me, scene, "invited", f"{turn + 1}", partial(_invited, me, scene, inviter))
    if me.state is State.QUARANTINED or (me.state, before) == (State.CANCELLED, State.QUARANTINED):
        return  # suspected spam is not answered
    kind = "invited" if inviter and me.state is State.REGISTERED else _KINDS[me.state]
    write = partial(_WRITE[kind], me, scene, inviter)
    yield _letter(me, scene, kind, f"{turn + 1}", write, me.history[turn].at)
    if me.resent_at:
        yield _letter(me, scene, kind, f"{turn + 1}-{int(me.resent_at.timestamp())}", write, me.resent_at)


def _inviter(me: Registration, scene: Scene) -> Registration | None:
    """Return who registered somebody, where they did not come by themselves."""
    school = scene.school_of[me.person].registrations
    return next((r for r in school if r.reference == me.invited_by), None)


def _invited(me: Registration, scene: Scene, inviter: Registration | None) -> Mail:
    assert inviter  # noqa: S101 only who has one is written this mail
    return registrant.invited(scene.network, me, inviter, scene.school_of[me.person], scene.links(me))


def _confirmation(me: Registration, scene: Scene, _: Registration | None) -> Mail:
    following = next_reminder(scene.network, scene.network.local(me.received_at).date())
    school, waits = scene.school_of[me.person], scene.waits.get(me.person, "")
    return registrant.confirmation(scene.network, me, school, scene.links(me), following, waits)


_KINDS = {
    State.REGISTERED: "confirmation",
    State.LATE: "late",
    State.ADMITTED: "admitted",
    State.HELD: "held",
    State.DECLINED: "declined",
    State.CANCELLED: "cancelled",
}
_WRITE: Mapping[str, Callable[[Registration, Scene, Registration | None], Mail]] = {
    "invited": _invited,
    "confirmation": _confirmation,
    "late": lambda me, s, inviter: registrant.late(s.network, me, s.links(me), inviter),
    "admitted": lambda me, s, _: registrant.admitted(
        s.network, me, s.links(me), me.history[settled_at(me.history)].at
    ),
    "held": lambda me, s, _: registrant.held(s.network, me, s.school_of[me.person], s.links(me)),
    "declined": lambda me, s, _: registrant.declined(s.network, me, s.school_of[me.person], s.links(me)),
    "cancelled": lambda me, s, _: registrant.cancelled(s.network, me, s.links(me)),
}


def _asked(me: Registration, scene: Scene) -> Iterator[Letter]:
    """Yield what follows from what somebody did: register again, ask for links, invite colleagues."""
    links = scene.links
    if me.again_at:
        write = partial(registrant.already, scene.network, me)
        yield _letter(me, scene, "already", _number(me.again_at), lambda: write(links(me)), me.again_at)
    if me.links_at:
        mine = partial(registrant.links, scene.network, me)
        yield _letter(me, scene, "links", _number(me.links_at), lambda: mine(links(me)), me.links_at)
    ask = partial(registrant.invitation, scene.network, me)
    for number, invitation in enumerate(me.invitations, 1):
        if not invitation.email:  # erased meanwhile
            continue
        letter = _letter(me, scene, "invitation", f"{number}", lambda: ask(links(me)), invitation.at)
        yield letter._replace(to=invitation.email)


def _number(at: datetime) -> str:
    return f"{int(at.timestamp())}"


def _school(me: Registration, scene: Scene) -> Iterator[Letter]:
    """Yield what somebody is owed of their school: a reminder, and word when it is complete or no longer."""
    school = scene.school_of[me.person]
    records = scene.mails.get(me.reference, ())
    told = [r for r in records if r.kind in TELLING and r.state not in OPEN]
    missing = school.missing(scene.minimum)
    if missing and _to_remind(me, scene, told):
        yield _letter(me, scene, "reminder", f"{me.reminded}", partial(_reminder, me, scene), me.reminded_at)
    if told and me in school.counted and bool(told[-1].missing) != bool(missing) and not _over(scene):
        say = registrant.changed if missing else registrant.complete
        write = partial(say, scene.network, me, school)
        # Numbered by what it answers: two colleagues at once make one answer.
        number = f"{len(told) + 1}"
        yield _letter(me, scene, say.__name__, number, lambda: write(scene.links(me), scene.at), scene.at)


def _to_remind(me: Registration, scene: Scene, told: Sequence[MailRecord]) -> bool:
    """Say whether a reminder of the check still says something new."""
    if me.reminded_at is None or me.state is not State.REGISTERED or not scene.is_open:
        return False
    name = f"{me.reference}-reminder-{me.reminded}"
    return all(record.at <= me.reminded_at for record in told if record.id != name)


def _reminder(me: Registration, scene: Scene) -> Mail:
    today, school = scene.network.local(scene.at).date(), scene.school_of[me.person]
    following = next_reminder(scene.network, today)
    return registrant.reminder(scene.network, me, school, scene.links(me), today, following)


def _over(scene: Scene) -> bool:
    return scene.network.local(scene.at).date() > scene.network.last_day


def _letter(
    me: Registration,
    scene: Scene,
    kind: str,
    number: str,
    write: Callable[[], Mail],
    at: datetime | None = None,
) -> Letter:
    name = f"{me.reference}-{kind}-{number}"
    missing = scene.school_of[me.person].missing(scene.minimum) if kind in TELLING else 0
    when = at or me.history[-1].at
    record = MailRecord(scene.network.id, name, kind, me.reference, MailState.SENDING, when, missing)
    return Letter(me.email, scene.network.organiser, record, write)
