"""The actions on a registrant's own page: each returns the registrations that change, and stores nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from shared.domain.actions.registrant import (
    MOST_INVITATIONS,
    RegistrantAction,
    add_invitation,
    answered,
    cancelled,
    comes_as,
    corrected,
    questions_of,
    request_data,
    request_links,
    restored,
    revoked,
)
from shared.domain.email import EmailError, email_address
from shared.domain.form.draft import Draft
from shared.domain.form.people import ColleagueRow
from shared.domain.form.submission import FieldError, InvalidError, check, check_answers
from shared.domain.network.fields import CORRECTABLE_FIELDS
from shared.domain.network.network import Network
from shared.domain.registration.address import request_address, same_person_at, with_address
from shared.domain.registration.bounces import BouncedAddresses
from shared.domain.registration.confirming import confirmed, must_confirm
from shared.domain.registration.erasure import erased
from shared.domain.registration.identity import is_same_name
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import (
    COLLEAGUE,
    Change,
    Registration,
    State,
    merge_repeat,
    replaced,
    with_mailbox_key,
)
from shared.domain.schools.awaited import awaited_colleagues, brought
from shared.domain.schools.school import School
from shared.domain.schools.school_domains import SchoolDomains
from shared.domain.text import clean

if TYPE_CHECKING:
    from shared.domain.schools.matching import Register

Lookup = Callable[[str], Registration | None]
Changed = tuple[Registration, ...]


class ActionRequest(NamedTuple):
    """A posted action: who posts it, the typed fields, when, and a way to find the holder of another key.

    `seed` is what a new colleague's reference is made from.
    """

    network: Network
    me: Registration
    school: School
    everyone: Changed
    fields: Mapping[str, str]
    at: datetime
    seed: str
    find: Lookup
    bounced: BouncedAddresses = BouncedAddresses()
    register: "Register | None" = None

    @property
    def domains(self) -> SchoolDomains:
        """Which mail domains are of schools."""
        return SchoolDomains(self.everyone, self.register)

    def text(self, field: str) -> str:
        """Return the typed value of a field, cleaned."""
        return clean(self.fields.get(field, ""))


def change(request: ActionRequest) -> Changed:
    """Correct a registrant's own data; the address stays, because it proves who they are."""
    me = request.me
    typed = {field: request.text(field) for field in CORRECTABLE_FIELDS if field != "brin" or me.brin}
    check(Draft({**typed, "email": me.email}))
    return corrected(me, typed, request.everyone, request.at)


def answer(request: ActionRequest) -> Changed:
    """Answer the network's own questions that the page showed, or correct an answer."""
    shown = [q for q in questions_of(request.network, request.me, request.at) if q.field in request.fields]
    return (answered(request.me, check_answers({q.id: request.text(q.field) for q in shown}, shown)),)


def replace(request: ActionRequest) -> Changed:
    """Put a colleague in the registrant's place, both in one write."""
    me = request.me
    name, email = _colleague(
        me, request.text("colleague_name"), request.text("colleague_email"), "colleague_{}"
    )
    change = Change(request.at, me.state, "person")
    left, came = replaced(me, name, email, request.seed, change)
    stored, came = _on_mailbox(request, came)
    if not stored:
        return (left, came)
    if stored.state is not State.CANCELLED or stored.person_key == left.person_key:
        raise _invalid("colleague_email", "known")
    return (left, merge_repeat(stored, came))


def invite(request: ActionRequest) -> Changed:
    """Have us mail an invitation to a colleague."""
    _, email = _colleague(request.me, "collega", request.text("colleague_email"), "invite_{}")
    if len(request.me.invitations) >= MOST_INVITATIONS:
        raise _invalid("invite_email", "invitations", MOST_INVITATIONS)
    return (add_invitation(request.me, email, request.at),)


def bring(request: ActionRequest) -> Changed:
    """Register a colleague whom the registrant named before, now that we get the address."""
    me, awaited = request.me, awaited_colleagues(request.me, request.school.registrations)
    typed = request.text("colleague_name")
    if typed not in awaited:  # somebody was faster
        return ()
    field_format = f"colleague_{{}}.{awaited.index(typed)}"
    name, email = _colleague(me, typed, request.text("colleague_email"), field_format)
    state = comes_as(request.network, request.school, request.at)
    code = ReasonCode.AFTER_DEADLINE if state is State.LATE else ReasonCode.REGISTERED_BY_COLLEAGUE
    change = Change(request.at, state, "person", reason=Reason(code))
    left, came = brought(me, name, email, request.seed, change)
    stored, came = _on_mailbox(request, came)
    if stored and stored.person_key == me.person_key:
        raise _invalid(field_format.format("email"), "invalid_email")
    return (left, merge_repeat(stored, came) if stored else came)


def correct(request: ActionRequest) -> Changed:
    """Correct the address of a colleague whom the registrant brought, and who never got a mail there."""
    bounced = request.bounced.registered
    references = [colleague.reference for colleague in bounced if colleague.may_correct]
    if request.text("colleague") not in references:  # somebody was faster
        return ()
    (person,) = (r for r in request.everyone if r.reference == request.text("colleague"))
    field = correction_field(request.bounced, person.reference)
    _, email = _colleague(
        request.me, "collega", request.text("colleague_email"), field.replace("email", "{}")
    )
    if email.casefold() == person.email.casefold() or same_person_at(person, email, request.everyone):
        raise _invalid(field, "known")
    domain = request.domains.of(person)
    return (with_address(person, email, request.at, COLLEAGUE, tells_former=False, domain=domain),)


def correction_field(bounced: BouncedAddresses, reference: str) -> str:
    """Return the id of the input with which the address of a colleague is corrected."""
    references = [colleague.reference for colleague in bounced.registered]
    return f"correct_email-{references.index(reference)}"


def address(request: ActionRequest) -> Changed:
    """Have us mail another address, from which the registrant can confirm that it is theirs."""
    try:
        email = email_address(request.text("email"))
    except EmailError as error:
        raise InvalidError((FieldError("new_email", "invalid_email", detail=error.mistake.value),)) from error
    is_same = email.casefold() == request.me.email.casefold()
    return () if is_same else (request_address(request.me, email, request.at),)


def _on_mailbox(request: ActionRequest, came: Registration) -> tuple[Registration | None, Registration]:
    """Return the registration that this person has already, and the person under a key of their own."""
    stored = request.find(came.person_key)
    if not stored or is_same_name(stored.name, came.name):
        return stored, came
    came = with_mailbox_key(came)
    return request.find(came.person_key), came


def cancel(request: ActionRequest) -> Changed:
    """Take the registrant off the list."""
    return (cancelled(request.me, request.at),)


def restore(request: ActionRequest) -> Changed:
    """Put the registrant back on the list; they type their name again if it was erased meanwhile."""
    me, name = request.me, ""
    if me.is_erased:
        draft = Draft({"name": request.text("name"), "email": me.email, "school": me.school})
        name = check(draft).name
    return (restored(me, comes_as(request.network, request.school, request.at), request.at, name),)


def links(request: ActionRequest) -> Changed:
    """Have us mail the registrant their links."""
    return (request_links(request.me, request.at, by_owner=True),)


def data(request: ActionRequest) -> Changed:
    """Have us mail the registrant all the data that we have of them."""
    return (request_data(request.me, request.at),)


def revoke(request: ActionRequest) -> Changed:
    """Void every link of the registrant, and have us mail new ones."""
    return (revoked(request.me, request.at),)


def erase(request: ActionRequest) -> Changed:
    """Erase who the registrant is."""
    return (erased(request.me, request.at, request.domains.of(request.me)),)


def confirm(request: ActionRequest) -> Changed:
    """Confirm the registrant's address."""
    return (confirmed(request.me, request.at),)


def proven(request: ActionRequest, changed: Changed) -> Changed:
    """Return who changes, the registrant first and as confirmed: whoever acts has read our mail.

    The colleagues whom they bring must confirm their own address. Who counts no longer has to say so.
    """
    stored = {r.person_key for r in request.everyone}
    after = {request.me.person_key: request.me} | {r.person_key: r for r in changed}
    for key, person in after.items():
        if key not in stored:
            after[key] = must_confirm(request.network, person, request.at)
        elif key == request.me.person_key and person.state is not State.UNCONFIRMED:
            after[key] = confirmed(person, request.at)
    return tuple(after.values())


def carry_out(action: RegistrantAction, request: ActionRequest) -> Changed:
    """Return the registrations that an action changes, or raise `InvalidError`.

    Link scanners press buttons too. An action without typed text needs a tick, which only a person sets.
    """
    if action in _TICKED and request.fields.get("sure") != "yes":
        raise _invalid(f"{action}_sure", "required")
    return _ACTIONS[action](request)


_TICKED = frozenset(
    {
        RegistrantAction.CANCEL,
        RegistrantAction.RESTORE,
        RegistrantAction.LINKS,
        RegistrantAction.DATA,
        RegistrantAction.REVOKE,
        RegistrantAction.ERASE,
        RegistrantAction.CONFIRM,
    }
)
_ACTIONS: Mapping[RegistrantAction, Callable[[ActionRequest], Changed]] = {
    RegistrantAction.CHANGE: change,
    RegistrantAction.ANSWER: answer,
    RegistrantAction.REPLACE: replace,
    RegistrantAction.INVITE: invite,
    RegistrantAction.BRING: bring,
    RegistrantAction.CORRECT: correct,
    RegistrantAction.ADDRESS: address,
    RegistrantAction.CANCEL: cancel,
    RegistrantAction.RESTORE: restore,
    RegistrantAction.LINKS: links,
    RegistrantAction.DATA: data,
    RegistrantAction.REVOKE: revoke,
    RegistrantAction.ERASE: erase,
    RegistrantAction.CONFIRM: confirm,
}


def _colleague(me: Registration, name: str, email: str, field_format: str) -> tuple[str, str]:
    """Return the checked name and address of a colleague; mistakes name their fields in this format."""
    row = ColleagueRow(field_format, {"name": name, "email": email})
    empty = tuple(
        FieldError(row.field(field), "required") for field, text in row.values.items() if not clean(text)
    )
    if empty:
        raise InvalidError(empty)
    (colleague,) = check(Draft({"name": me.name, "email": me.email, "school": me.school}, (row,))).colleagues
    return colleague.name, colleague.email


def _invalid(field: str, code: str, limit: int = 0) -> InvalidError:
    return InvalidError((FieldError(field, code, limit),))
