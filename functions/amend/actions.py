"""The actions on a registrant's own page: each returns the registrations that change, and stores nothing."""

from collections.abc import Callable, Mapping

from functions.amend.colleagues import bring, correct, invite, replace
from functions.amend.request import ActionRequest, Changed, invalid_field
from shared.domain.actions.registrant import (
    RegistrantAction,
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
from shared.domain.form.submission import FieldError, InvalidError, check, check_answers
from shared.domain.network.fields import CORRECTABLE_FIELDS
from shared.domain.registration.address import request_address
from shared.domain.registration.confirming import confirmed, must_confirm
from shared.domain.registration.erasure import erased
from shared.domain.registration.registration import State


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


def address(request: ActionRequest) -> Changed:
    """Have us mail another address, from which the registrant can confirm that it is theirs."""
    try:
        email = email_address(request.text("email"))
    except EmailError as error:
        raise InvalidError((FieldError("new_email", "invalid_email", detail=error.mistake.value),)) from error
    is_same = email.casefold() == request.me.email.casefold()
    return () if is_same else (request_address(request.me, email, request.at),)


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
        raise invalid_field(f"{action}_sure", "required")
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
