"""What people may do to their own registration, and its result: one rule for the page and the post."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from shared.domain.network.network import Network
from shared.domain.network.questions import Question
from shared.domain.registration.bounces import brought_by
from shared.domain.registration.confirming import awaits_confirmation
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import COUNTED, Change, Invitation, Registration, State
from shared.domain.registration.repeat import earlier_typings
from shared.domain.rule.repair import may_repair
from shared.domain.schools.awaited import awaited_colleagues
from shared.domain.schools.school import School
from shared.domain.schools.typing_source import typed_school

MOST_CHANGES = 500  # far more than anybody needs, far less than a history has room for
MOST_INVITATIONS = 5  # that we send for one person: enough for a team, too few for an advertisement
_AN_HOUR, _A_SECOND = timedelta(hours=1), timedelta(seconds=1)


class RegistrantAction(StrEnum):
    """One thing to do on one's own page; the value of its form's `action`."""

    CHANGE = "change"
    ANSWER = "answer"
    INVITE = "invite"
    BRING = "bring"
    CORRECT = "correct"
    ADDRESS = "address"
    REPLACE = "replace"
    CANCEL = "cancel"
    RESTORE = "restore"
    LINKS = "links"
    DATA = "data"
    REVOKE = "revoke"
    ERASE = "erase"
    CONFIRM = "confirm"


def allowed_actions(
    network: Network, me: Registration, school: School, at: datetime
) -> frozenset[RegistrantAction]:
    """Return what a person may do at an instant."""
    return frozenset(_allowed(network, me, school, at))


def _allowed(network: Network, me: Registration, school: School, at: datetime) -> Iterator[RegistrantAction]:
    yield from (
        RegistrantAction.LINKS,
        RegistrantAction.DATA,
        RegistrantAction.REVOKE,
        RegistrantAction.ERASE,
    )
    is_open = not network.is_closed(at)
    if has_reached_change_limit(me):
        return
    yield from _while_unconfirmed(network, me, at)
    if me.state in COUNTED or me.state is State.LATE:
        yield from (RegistrantAction.CANCEL, RegistrantAction.REPLACE, RegistrantAction.ADDRESS)
    yield from [RegistrantAction.CORRECT] * bool(brought_by(me, school.registrations))
    if me.state in COUNTED and is_open:
        yield RegistrantAction.CHANGE
    if questions_of(network, me, at):
        yield RegistrantAction.ANSWER
    if me.state in COUNTED and (is_open or may_repair(network, school, at)):
        yield RegistrantAction.INVITE
    if awaited_colleagues(me, school.registrations) and _may_come(network, school, at):
        yield RegistrantAction.BRING
    if me.state is State.CANCELLED and me.history[-1].by == "person" and _may_come(network, school, at):
        yield RegistrantAction.RESTORE


def _while_unconfirmed(network: Network, me: Registration, at: datetime) -> Iterator[RegistrantAction]:
    if awaits_confirmation(network, me) and network.local(at).date() <= network.last_day:
        yield RegistrantAction.CONFIRM
    if me.state is State.UNCONFIRMED:
        yield RegistrantAction.CANCEL


def questions_of(network: Network, me: Registration, at: datetime) -> tuple[Question, ...]:
    """Return the network's own questions that a person can answer; after the last day nobody needs them."""
    takes_part = me.state in COUNTED or me.state is State.LATE
    if not takes_part or network.local(at).date() > network.last_day:
        return ()
    is_admitted = me.state is State.ADMITTED
    return tuple(q for q in network.form.questions if q.ask == "registering" or is_admitted)


def answered(me: Registration, answers: Mapping[str, str]) -> Registration:
    """Return a person with these answers, by the ids of their questions; an empty one takes an answer away.

    What was posted instead, and did not fit, is kept no longer once there is an answer.
    """
    questions = {id_: text for id_, text in {**me.questions, **answers}.items() if text}
    extra = {name: text for name, text in me.extra.items() if not answers.get(name)}
    return replace(me, questions=questions, extra=extra)


def has_reached_change_limit(me: Registration) -> bool:
    """Say whether a registration was changed so often that its own page only erases it from now on.

    A history is kept whole, because mails are numbered by it; see also `is_full`.
    """
    return len(me.history) >= MOST_CHANGES


def comes_as(network: Network, school: School, at: datetime) -> State:
    """Return the state of a person who comes now: late after the deadline, unless it repairs a school."""
    in_time = not network.is_closed(at) or may_repair(network, school, at)
    return State.REGISTERED if in_time else State.LATE


def _may_come(network: Network, school: School, at: datetime) -> bool:
    return network.registration.late == "keep" or comes_as(network, school, at) is State.REGISTERED


def count_others(me: Registration, school: School) -> int:
    """Count the people of a school besides this person."""
    return sum(r.person_key != me.person_key for r in school.counted)


def corrected(
    me: Registration, correction: Mapping[str, str], everyone: Iterable[Registration], at: datetime
) -> tuple[Registration, ...]:
    """Return everybody who changes when a person corrects their data; nobody if nothing is different.

    The colleagues whom this person registered in the same post move along to another school.
    """
    if all(getattr(me, field) == value for field, value in correction.items()):
        return ()
    mine = _apply_correction(me, correction, at, ReasonCode.CHANGED)
    if typed_school(mine) == typed_school(me):
        return (mine,)
    brought = [r for r in everyone if r.invited_by == me.reference and r.state in COUNTED]
    where = {"school": mine.school, "place": mine.place, "brin": mine.brin}
    along = [
        _apply_correction(r, where, at, ReasonCode.MOVED_WITH_COLLEAGUE)
        for r in brought
        if typed_school(r) == typed_school(me)
    ]
    # The school that a person types now goes before the link that they once used.
    return (replace(mine, via=""), *along)


def _apply_correction(
    person: Registration, correction: Mapping[str, Any], at: datetime, code: ReasonCode
) -> Registration:
    fields = tuple(field for field, value in correction.items() if getattr(person, field) != value)
    change = Change(at, person.state, "person", reason=Reason(code, fields=fields))
    after = replace(person, **correction, again={}, history=(*person.history, change))
    return replace(after, earlier_typings=earlier_typings(person, after, at))


def cancelled(me: Registration, at: datetime) -> Registration:
    """Return a person who takes themselves off the list."""
    return me.become(State.CANCELLED, at, "person", reason=Reason(ReasonCode.CANCELLED))


def restored(me: Registration, state: State, at: datetime, name: str = "") -> Registration:
    """Return a person who registers again, as of this instant, so that their old place is not kept.

    `name` is given again by people whose name was erased meanwhile.
    """
    named = replace(me, name=name or me.name)
    back = named.become(state, at, "person", reason=Reason(ReasonCode.CAME_BACK))
    return replace(back, received_at=at, reminded=None, reminded_at=None, reminded_of=None)


def add_invitation(me: Registration, email: str, at: datetime) -> Registration:
    """Return a person who asks us to mail a colleague; the same colleague is mailed once."""
    if any(sent.email.casefold() == email.casefold() for sent in me.invitations):
        return me
    return replace(me, invitations=(*me.invitations, Invitation(email, at)))


def request_links(me: Registration, at: datetime, *, by_owner: bool = False) -> Registration:
    """Return a person whose links are to be mailed; at most one mail an hour.

    `by_owner` if they ask on their own page: anybody can ask with the form for lost links.
    """
    return me if _is_recent(me.links_at, at) else replace(me, links_at=at, links_by_owner=by_owner)


def request_data(me: Registration, at: datetime) -> Registration:
    """Return a person who asks us to mail all their data; at most one mail an hour."""
    return me if _is_recent(me.data_at, at) else replace(me, data_at=at)


def _is_recent(before: datetime | None, at: datetime) -> bool:
    return before is not None and at - before < _AN_HOUR


def revoked(me: Registration, at: datetime) -> Registration:
    """Return a person whose old links all stop working and who is mailed new ones."""
    last = me.links_at or at - _A_SECOND
    # The mail is named after its second, and a second mail in that second would count as the first.
    return replace(
        me,
        new_email="",
        new_email_at=None,
        links_version=me.links_version + 1,
        links_at=max(at, last + _A_SECOND),
        links_by_owner=True,
    )
