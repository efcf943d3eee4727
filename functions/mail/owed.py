"""Which mails a change owes to whom; pure, and all of it follows from the table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from shared.domain.network import Network
from shared.domain.network_parts import Organiser
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration import COUNTED, Registration, State
from shared.domain.reminder import next_reminder
from shared.domain.school import School
from shared.mails import registrant
from shared.mails.mail import Mail, Personal

# The mails that say how many people a school still needs.
TELLING = frozenset({"confirmation", "invited", "reminder", "complete", "changed", "admitted"})


class Change(NamedTuple):
    """A registration before and after; `before` is None for a new one."""

    before: Registration | None
    after: Registration


class Scene(NamedTuple):
    """What is known around a change: the school as it is now, and what each of its people was told of it.

    `told` holds, by reference, the records of the mails that told so, the latest last.
    """

    network: Network
    school: School
    told: Mapping[str, Sequence[MailRecord]]
    links: Callable[[Registration], Personal]
    left: Sequence[School] = ()  # the schools of who stayed where the changed registration was before
    waits: str = ""  # why the changed registration is on a waiting list


class Letter(NamedTuple):
    """A mail, whom it goes to and answers to, and its record."""

    to: str
    organiser: Organiser
    mail: Mail
    record: MailRecord


def arrives(change: Change) -> bool:
    """Say whether somebody is registered by this change."""
    before = change.before.state if change.before else None
    return change.after.state is State.REGISTERED and before is not State.REGISTERED


def leaves(change: Change) -> bool:
    """Say whether somebody who counted no longer does."""
    return bool(change.before and change.before.state in COUNTED and change.after.state not in COUNTED)


def moves(change: Change) -> bool:
    """Say whether somebody who counts is of another school by their own word."""
    before, after = change
    if before is None or before.state is not after.state or after.state not in COUNTED:
        return False
    return (before.school, before.place, before.via) != (after.school, after.place, after.via)


def owed(change: Change, scene: Scene) -> Iterator[Letter]:
    """Yield the letters that a change of one registration owes."""
    before, after = change
    if before is None or before.state is not after.state:
        yield from _to_person(change, scene)
        if arrives(change) or leaves(change):
            yield from _tell(scene.school, scene, after.history[-1].at, but=after.reference)
    if moves(change):
        for school in (scene.school, *scene.left):
            yield from _tell(school, scene, after.history[-1].at)
    if before and before.reminded != after.reminded and after.reminded is not None:
        yield from _reminder(after, scene)
    if before and before.again_at != after.again_at and after.again_at:
        number = int(after.again_at.timestamp())
        mail = registrant.already(scene.network, after, scene.links(after))
        yield _letter(scene, after, mail, f"already-{number}", after.again_at)
    yield from _asked(change, scene)


def _asked(change: Change, scene: Scene) -> Iterator[Letter]:
    """Yield what somebody asked us to mail: their own links, and invitations to colleagues."""
    before, after = change
    if before is None or not after.email:
        return
    if after.links_at and after.links_at != before.links_at:
        mail = registrant.links(scene.network, after, scene.links(after))
        yield _letter(scene, after, mail, f"links-{int(after.links_at.timestamp())}", after.links_at)
    for number in range(len(before.invitations) + 1, len(after.invitations) + 1):
        mail = registrant.invitation(scene.network, after, scene.links(after))
        sent = after.invitations[number - 1]
        yield _letter(scene, after, mail, f"invitation-{number}", sent.at)._replace(to=sent.email)


def _to_person(change: Change, scene: Scene) -> Iterator[Letter]:
    after = change.after
    if not after.email:  # their data has gone, at their own word
        return
    if after.state in (State.ADMITTED, State.HELD) and (inviter := _inviter(change, scene)):
        # Whoever gets a colleague's place must also know who gave us their data.
        mail = registrant.invited(scene.network, after, inviter, scene.school, scene.links(after))
        missing = scene.school.missing(_minimum(scene))
        yield _letter(scene, after, mail, f"invited-{len(after.history)}", after.history[-1].at, missing)
    yield from _of_state(change, scene)


def _of_state(change: Change, scene: Scene) -> Iterator[Letter]:
    after = change.after
    network, school, links = scene.network, scene.school, scene.links(after)
    at = after.history[-1].at
    match after.state:
        case State.REGISTERED:
            mail = _welcome(change, scene)
        case State.LATE:
            mail = registrant.late(network, after, links, _inviter(change, scene))
        case State.ADMITTED:
            mail = registrant.admitted(network, after, links, at)
        case State.HELD:
            mail = registrant.held(network, after, school, links)
        case State.DECLINED:
            mail = registrant.declined(network, after, school, links)
        case State.CANCELLED if change.before and change.before.state is not State.QUARANTINED:
            mail = registrant.cancelled(network, after, links)
        case State.CANCELLED | State.QUARANTINED:  # suspected spam is not answered
            return
    # A registration can come into the same state twice: each change of its history has its own mail.
    yield _letter(
        scene, after, mail, f"{mail.kind}-{len(after.history)}", at, school.missing(_minimum(scene))
    )


def _welcome(change: Change, scene: Scene) -> Mail:
    after, inviter = change.after, _inviter(change, scene)
    if inviter:
        return registrant.invited(scene.network, after, inviter, scene.school, scene.links(after))
    today = scene.network.local(after.received_at).date()
    following = next_reminder(scene.network, today)
    return registrant.confirmation(
        scene.network, after, scene.school, scene.links(after), following, scene.waits
    )


def _inviter(change: Change, scene: Scene) -> Registration | None:
    """Return who registered somebody by this change; nobody for who came back by themselves."""
    before, after = change
    if before and before.invited_by == after.invited_by:
        return None
    return next((r for r in scene.school.registrations if r.reference == after.invited_by), None)


def _tell(school: School, scene: Scene, at: datetime, but: str = "") -> Iterator[Letter]:
    """Tell people who were told otherwise, but one, that their school is complete now, or no longer."""
    missing = school.missing(_minimum(scene))
    say = registrant.changed if missing else registrant.complete
    for person in school.counted:
        told = scene.told.get(person.reference, ())
        if person.reference != but and told and bool(told[-1].missing) != bool(missing):
            mail = say(scene.network, person, school, scene.links(person), at)
            # Numbered by what it answers: two colleagues at once make one answer.
            yield _letter(scene, person, mail, f"{mail.kind}-{len(told) + 1}", at, missing)


def _reminder(after: Registration, scene: Scene) -> Iterator[Letter]:
    missing = scene.school.missing(_minimum(scene))
    if not missing or after.state is not State.REGISTERED or after.reminded_at is None:
        return
    today = scene.network.local(after.reminded_at).date()
    following = next_reminder(scene.network, today)
    mail = registrant.reminder(scene.network, after, scene.school, scene.links(after), today, following)
    yield _letter(scene, after, mail, f"reminder-{after.reminded}", after.reminded_at, missing)


def _minimum(scene: Scene) -> int:
    return scene.network.rule.min_per_school


def _letter(scene: Scene, to: Registration, mail: Mail, name: str, at: datetime, missing: int = 0) -> Letter:
    record = MailRecord(
        to.network, f"{to.reference}-{name}", mail.kind, to.reference, MailState.SENDING, at, missing
    )
    return Letter(to.email, scene.network.organiser, mail, record)
