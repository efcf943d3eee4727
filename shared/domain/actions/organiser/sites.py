"""What organisers say of where people came from: from our website or not, all of one address or not."""

from collections.abc import Sequence

from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction, Wish
from shared.domain.decision import Decision, Kind, our_site
from shared.domain.registration.put_aside import aside_groups
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Registration, State

OURS, OTHER = "ours", "other"
_KINDS = {OURS: Kind.OUR_SITE, OTHER: Kind.OTHER_SITE}


def site_path(site: str, answer: str) -> str:
    """Return the path of an answer about a site: "site/https/www.example.org/ours"."""
    scheme, _, host = site.partition("://")
    return f"site/{scheme}/{host}/{answer}"


def site_order(context: OrderContext, scheme: str, host: str, answer: str, wish: Wish) -> Order | None:
    """Return the order to say whether a site is ours; None if that changes nothing.

    If it is, everybody who was put aside because of it is registered as of when they posted.
    """
    site, kind = f"{scheme}://{host}", _KINDS.get(answer)
    is_ours, is_listed = kind is Kind.OUR_SITE, site in context.network.form.origins
    ruling = is_listed or our_site(context.decisions, site, context.now)
    people, is_ruled = _people_aside(context, site), ruling is is_ours
    if kind is None or (not people and ruling is None) or (is_listed and not is_ours):
        return None
    save = _released(context, people, wish) if is_ours else ()
    if is_ruled and not save:
        return None
    other = OTHER if is_ours else OURS
    opposite = OrganiserAction(_KINDS[other].value), site_path(site, other)
    return Order(
        OrganiserAction(kind.value),
        back="",
        save=save,
        decide=None if is_ruled else _ruling(context, kind, site, wish),
        opposite=opposite if ruling is None else None,
        site=site,
    )


def address_order(context: OrderContext, answer: str, wish: Wish) -> Order | None:
    """Return the order to register everybody who was put aside because too many came from one address."""
    people = _people_aside(context, "")
    if answer != OURS or not people:
        return None
    return Order(OrganiserAction.ONE_ADDRESS, back="", save=_released(context, people, wish))


def _people_aside(context: OrderContext, site: str) -> tuple[Registration, ...]:
    return next((group.people for group in aside_groups(context.registrations) if group.site == site), ())


def _released(context: OrderContext, people: Sequence[Registration], wish: Wish) -> tuple[Registration, ...]:
    return tuple(
        r.become(
            State.LATE if context.network.is_closed(r.received_at) else State.REGISTERED,
            context.now,
            context.by,
            wish.why,
            Reason(ReasonCode.RELEASED),
        )
        for r in people
    )


def _ruling(context: OrderContext, kind: Kind, site: str, wish: Wish) -> Decision:
    name = f"{kind}-{context.now:%Y%m%dT%H%M%S%f}"
    return Decision(context.network.id, name, kind, site, context.by, wish.why, context.now)
