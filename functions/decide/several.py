"""One decision about several people: shown first with all its mails, and carried out only after that."""

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

from functions.decide.people import save_people
from shared.access.organiser import OrganiserRequest
from shared.aws.table import Table
from shared.domain.actions.organiser.order import OrderContext, Wish
from shared.domain.actions.organiser.several import ACTIONS, several_order
from shared.http import Response, page, redirect
from shared.pages.organiser import Desk, order_page, refused_page
from shared.pages.organiser.several_texts import listed


def decide_several(
    visit: OrganiserRequest,
    desk: Desk,
    fields: Mapping[str, str],
    context: OrderContext,
    wish: Wish,
    table: Table,
) -> Response | None:
    """Decide the same about everybody who was chosen, or show what that will do; None for no such action."""
    references = " ".join(fields[name] for name in sorted(fields) if _is_choice(name)).split()
    chosen = several_order(context, references, _action(fields), wish)
    if chosen is None:
        return None
    if not references:
        return redirect(f"{visit.url(visit.page)}?nobody=1")
    order, settled = chosen
    if order is None:
        return page(409, refused_page(desk), form_to="")
    if fields.get("step") != "do":
        from shared.mails.order_preview import preview_order  # only before an order is given

        preview = preview_order(context, order, partial(table.mails_to, visit.network.id))
        wrong = f"Dit kan niet meer, want er is al over beslist: {listed(settled)}." if settled else ""
        return page(200, order_page(desk, context, order, preview, wish, wrong), form_to="")
    saved = {person.reference for person in save_people(order.save, table)}
    left = [person.reference for person in (*settled, *order.save) if person.reference not in saved]
    return redirect(f"{visit.url(visit.page)}?{urlencode({'decided': len(saved), 'left': ' '.join(left)})}")


def _action(fields: Mapping[str, str]) -> str:
    """Return the action of the button that was pressed, or what an earlier one carried on."""
    names = (action.value for actions in ACTIONS.values() for action in actions)
    return next((name for name in names if name in fields), fields.get("action", ""))


def _is_choice(name: str) -> bool:
    return name in ("all", "people") or name.startswith("pick-")
