"""What a post of one's own page makes of registrations: decided here, stored by the handler."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from shared.domain.actions.registrant import (
    MOST_INVITATIONS,
    RegistrantAction,
    add_invitation,
    cancelled,
    corrected,
    request_data,
    request_links,
    restored,
    returns_as,
    revoked,
)
from shared.domain.form.draft import ColleagueRow, Draft
from shared.domain.form.submission import FieldError, InvalidError, check
from shared.domain.network.network import Network
from shared.domain.registration.erasure import erased
from shared.domain.registration.identity import address_key, is_same_name
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import (
    Change,
    Registration,
    State,
    merge_repeat,
    replaced,
    with_mailbox_key,
)
from shared.domain.schools.school import School
from shared.domain.text import clean
from shared.phrases.language import phrases_of

Look = Callable[[str], Registration | None]
Saved = tuple[Registration, ...]


class ActionRequest(NamedTuple):
    """A post: of whom, what was typed, when, its id, and a look at who else has a key."""

    network: Network
    me: Registration
    school: School
    everyone: Saved
    typed: Mapping[str, str]
    at: datetime
    id: str
    look: Look

    def text(self, field: str) -> str:
        """Return what was typed in a field, cleaned."""
        return clean(self.typed.get(field, ""))


def change(asked: ActionRequest) -> Saved:
    """Correct somebody's own data; the address stays, because it is what they prove to have."""
    fields = ("name", "role", "phone", "school", "place", *(["brin"] if asked.me.brin else []))
    told = {field: asked.text(field) for field in fields}
    check(Draft({**told, "email": asked.me.email}), phrases_of(asked.network))
    return corrected(asked.me, told, asked.everyone, asked.at)


def replace(asked: ActionRequest) -> Saved:
    """Put a colleague in somebody's place, both in one write."""
    name, email = _colleague(asked, asked.text("colleague_name"), "colleague_{}")
    change = Change(asked.at, asked.me.state, "person", reason=Reason(ReasonCode.GAVE_PLACE))
    left, came = replaced(asked.me, name, email, asked.id, change)
    there = asked.look(address_key(asked.network.id, email))
    if there and not is_same_name(there.name, name):
        came = with_mailbox_key(came)
        there = asked.look(came.person_key)
    if not there:
        return (left, came)
    if there.state is not State.CANCELLED or there.person_key == left.person_key:
        raise _mistake(asked, "colleague_email", "known")
    return (left, merge_repeat(there, came))


def invite(asked: ActionRequest) -> Saved:
    """Have us mail a colleague."""
    _, email = _colleague(asked, "collega", "invite_{}", asked.text("colleague_email"))
    if len(asked.me.invitations) >= MOST_INVITATIONS:
        raise _mistake(asked, "invite_email", "too_many", "invitations")
    return (add_invitation(asked.me, email, asked.at),)


def cancel(asked: ActionRequest) -> Saved:
    """Take somebody off the list."""
    return (cancelled(asked.me, asked.at),)


def restore(asked: ActionRequest) -> Saved:
    """Put somebody back on the list; who was erased meanwhile gives their name again."""
    me, name = asked.me, ""
    if me.is_erased:
        draft = Draft({"name": asked.text("name"), "email": me.email, "school": me.school})
        name = check(draft, phrases_of(asked.network)).name
    return (restored(me, returns_as(asked.network, asked.school, asked.at), asked.at, name),)


def links(asked: ActionRequest) -> Saved:
    """Have us mail somebody their links."""
    return (request_links(asked.me, asked.at),)


def data(asked: ActionRequest) -> Saved:
    """Have us mail somebody all that we have of them."""
    return (request_data(asked.me, asked.at),)


def revoke(asked: ActionRequest) -> Saved:
    """Make every link of somebody useless, and mail them new ones."""
    return (revoked(asked.me, asked.at),)


def erase(asked: ActionRequest) -> Saved:
    """Forget who somebody is."""
    return (erased(asked.me, asked.at),)


def carry_out(act: RegistrantAction, asked: ActionRequest) -> Saved:
    """Return what an act makes of registrations, or raise `InvalidError`.

    Link scanners press buttons too. What needs nothing typed needs a tick, which only a person sets.
    """
    if act in _TICKED and asked.typed.get("sure") != "yes":
        raise _mistake(asked, f"{act}_sure", "required", "sure")
    return _ACTS[act](asked)


_TICKED = frozenset(
    {
        RegistrantAction.CANCEL,
        RegistrantAction.RESTORE,
        RegistrantAction.LINKS,
        RegistrantAction.DATA,
        RegistrantAction.REVOKE,
        RegistrantAction.ERASE,
    }
)
_ACTS: Mapping[RegistrantAction, Callable[[ActionRequest], Saved]] = {
    RegistrantAction.CHANGE: change,
    RegistrantAction.REPLACE: replace,
    RegistrantAction.INVITE: invite,
    RegistrantAction.CANCEL: cancel,
    RegistrantAction.RESTORE: restore,
    RegistrantAction.LINKS: links,
    RegistrantAction.DATA: data,
    RegistrantAction.REVOKE: revoke,
    RegistrantAction.ERASE: erase,
}


def _colleague(asked: ActionRequest, name: str, where: str, email: str = "") -> tuple[str, str]:
    me = asked.me
    row = ColleagueRow(where, {"name": name, "email": email or asked.text("colleague_email")})
    told = {"name": me.name, "email": me.email, "school": me.school}
    (colleague,) = check(Draft(told, (row,)), phrases_of(asked.network)).colleagues
    return colleague.name, colleague.email


def _mistake(asked: ActionRequest, id_: str, code: str, message: str = "") -> InvalidError:
    said = phrases_of(asked.network).MISTAKES[message or code].format(max=MOST_INVITATIONS)
    return InvalidError((FieldError(id_, code, said),))
