"""An organiser corrects the address of somebody whom no mail reaches, or who asked for it."""

from dataclasses import replace

from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction, Wish
from shared.domain.email import EmailError, email_address
from shared.domain.form.submission import FieldError, InvalidError
from shared.domain.registration.address import same_person_at, with_address
from shared.domain.registration.registration import Registration
from shared.domain.schools.school_domains import SchoolDomains


def correction_order(context: OrderContext, person: Registration, wish: Wish) -> Order:
    """Return the order to correct an address, once it is typed; raise `InvalidError` for a wrong one."""
    order = Order(OrganiserAction.CORRECT_ADDRESS, f"school/{person.reference}", save=(person,))
    if not wish.email:
        return order._replace(asks_email=True)
    email = _checked(context, person, wish.email)
    domain = SchoolDomains(context.registrations, context.knowledge.register).of(person)
    after = with_address(person, email, context.now, context.by, wish.why, tells_former=False, domain=domain)
    # Whoever reads the mailbox of a wrong address has links to this person's page.
    after = replace(after, links_version=person.links_version + 1)
    return order._replace(save=(after,), is_typed=True, carries={"email": email})


def _checked(context: OrderContext, person: Registration, typed: str) -> str:
    try:
        email = email_address(typed)
    except EmailError as error:
        raise InvalidError((FieldError("email", "invalid_email", detail=error.mistake.value),)) from error
    is_same = email.casefold() == person.email.casefold()
    if is_same or same_person_at(person, email, context.registrations):
        raise InvalidError((FieldError("email", "known"),))
    return email
