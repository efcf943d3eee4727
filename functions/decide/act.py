"""Behind the door: the orders that organisers give, judged again by the rule that showed them."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from shared.access.organiser import OrganiserRequest
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.actions.organiser import is_order, order
from shared.domain.actions.organiser.by_hand import PAGE, by_hand
from shared.domain.actions.organiser.order import Order, OrderContext, Wish
from shared.domain.form.submission import InvalidError
from shared.domain.text import clean
from shared.http import Response, page, redirect
from shared.mails.order_preview import preview_order
from shared.pages.organiser import Desk, order_page, refused_page
from shared.pages.organiser.by_hand import by_hand_mistakes, by_hand_page
from shared.pages.problems import not_valid
from shared.phrases import dutch

Fields = Mapping[str, str]


class Writing(NamedTuple):
    """What was filled in with an order, and what is wrong with it."""

    wish: Wish
    wrong: str = ""


def act(
    visit: OrganiserRequest, desk: Desk, fields: Fields, table: Table, schools: Schools
) -> Response | None:
    """Carry out an order; None for a page on which there is nothing to order."""
    if visit.page == PAGE:
        return _by_hand(visit, desk, fields, visit.order_context(table, schools), table)
    if not is_order(visit.page):
        return None
    wish, wrong = _writing(visit, fields)
    scene = visit.order_context(table, schools)
    asked = order(scene, visit.page, wish)
    if asked is None:
        return _page(refused_page(desk), 409)
    if wrong or (asked.needs_why and not wish.why):
        out = preview_order(scene, asked, table.mails(visit.network.id))
        return _page(order_page(desk, asked, out, wish, wrong or "Vul in waarom."), 422)
    if not _carry_out(asked, table, visit):
        return _page(refused_page(desk), 409)
    return _done(visit, asked.back)


def _by_hand(
    visit: OrganiserRequest, desk: Desk, fields: Fields, scene: OrderContext, table: Table
) -> Response:
    """Take what was typed; show what it comes to; and only then register somebody."""
    if visit.asked.at < visit.network.opens_at:
        return _page(refused_page(desk), 409)
    if fields.get("step") == "edit":
        return _page(by_hand_page(desk, fields))
    try:
        asked = by_hand(scene, fields, f"{visit.asked.id}0")
    except InvalidError as invalid:
        return _page(by_hand_page(desk, fields, not_valid(by_hand_mistakes(invalid))), 422)
    if fields.get("step") != "do" or asked.register is None:
        out = preview_order(scene, asked, table.mails(visit.network.id))
        return _page(order_page(desk, asked, out, Wish()))
    (registered,) = table.register([asked.register])
    return _done(visit, f"school/{registered.reference}")


def _carry_out(asked: Order, table: Table, visit: OrganiserRequest) -> bool:
    if asked.undo:
        table.undo(asked.undo, visit.asked.at)
    if asked.decide:
        return table.decide(asked.decide)
    return all(table.save(r) for r in asked.save)


def _writing(visit: OrganiserRequest, fields: Fields) -> Writing:
    why, until = clean(fields.get("why", ""))[:300], fields.get("until", "")
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError:
        return Writing(Wish(why), "Schrijf de datum als 2023-04-30.")
    if day and not visit.network.local(visit.asked.at).date() <= day <= visit.network.last_day:
        last = dutch.full_day(visit.network.last_day)
        return Writing(Wish(why), f"Kies een dag vanaf vandaag, tot en met {last}.")
    return Writing(Wish(why, day))


def _done(visit: OrganiserRequest, back: str) -> Response:
    return redirect(f"{visit.url(back)}?done=1")


def _page(html: str, status: int = 200) -> Response:
    return page(status, html, form_to="")
