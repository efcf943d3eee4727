"""The actions about colleagues on a registrant's own page: each returns who changes, and stores nothing."""

from functions.amend.request import ActionRequest, Changed, invalid_field
from shared.domain.actions.registrant import MOST_INVITATIONS, add_invitation, comes_as
from shared.domain.form.colleagues import ColleagueRow
from shared.domain.form.draft import Draft
from shared.domain.form.submission import FieldError, InvalidError, check
from shared.domain.registration.address import same_person_at, with_address
from shared.domain.registration.bounces import BouncedAddresses
from shared.domain.registration.colleague import replaced, with_mailbox_key
from shared.domain.registration.identity import is_same_name
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import COLLEAGUE, Change, Registration, State
from shared.domain.registration.repeat import merge_repeat
from shared.domain.schools.awaited import awaited_colleagues, brought
from shared.domain.text import clean


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
        raise invalid_field("colleague_email", "known")
    return (left, merge_repeat(stored, came))


def invite(request: ActionRequest) -> Changed:
    """Have us mail an invitation to a colleague."""
    _, email = _colleague(request.me, "collega", request.text("colleague_email"), "invite_{}")
    if len(request.me.invitations) >= MOST_INVITATIONS:
        raise invalid_field("invite_email", "invitations", MOST_INVITATIONS)
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
        raise invalid_field(field_format.format("email"), "invalid_email")
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
        raise invalid_field(field, "known")
    domain = request.domains.of(person)
    return (with_address(person, email, request.at, COLLEAGUE, tells_former=False, domain=domain),)


def correction_field(bounced: BouncedAddresses, reference: str) -> str:
    """Return the id of the input with which the address of a colleague is corrected."""
    references = [colleague.reference for colleague in bounced.registered]
    return f"correct_email-{references.index(reference)}"


def _on_mailbox(request: ActionRequest, came: Registration) -> tuple[Registration | None, Registration]:
    """Return the registration that this person has already, and the person under a key of their own."""
    stored = request.find(came.person_key)
    if not stored or is_same_name(stored.name, came.name):
        return stored, came
    came = with_mailbox_key(came)
    return request.find(came.person_key), came


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
