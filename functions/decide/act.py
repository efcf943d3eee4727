"""The orders that organisers give once signed in, judged again by the rule that showed them."""

import secrets
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from functions.decide.people import save_people
from functions.decide.several import decide_several
from shared.access.organiser import OrganiserRequest
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.actions.organiser import is_order_path, kept_posts, order_of_path, several, writing
from shared.domain.actions.organiser.by_hand import PAGE, registration_order
from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction, Wish
from shared.domain.form.kept_post import KeptPost
from shared.domain.form.submission import InvalidError
from shared.domain.network.settings import PAGE as SETTINGS
from shared.domain.text import clean
from shared.http import Response, page, redirect
from shared.pages.organiser import Desk, order_page, refused_page
from shared.pages.organiser.by_hand import by_hand_page
from shared.pages.organiser.order_texts import address_mistake
from shared.phrases import dutch

Fields = Mapping[str, str]


class Writing(NamedTuple):
    """What was filled in with an order, and what is wrong with it."""

    wish: Wish
    wrong: str = ""


def act(
    visit: OrganiserRequest, desk: Desk, fields: Fields, table: Table, schools: Schools
) -> Response | None:
    """Carry out the order of a page; None for a page without one."""
    if visit.page.split("/")[0] == SETTINGS:
        from functions.decide.settings import change_settings  # no order needs them

        return change_settings(visit, desk, fields, table, schools)
    if visit.page == PAGE:
        return _by_hand(visit, desk, fields, visit.order_context(table, schools), table)
    if visit.page.startswith(kept_posts.POST_PAGE):
        return _kept_post(visit, desk, fields, visit.order_context(table, schools), table)
    if visit.page == several.PAGE:
        wish = _writing(visit, fields).wish
        return decide_several(visit, desk, fields, visit.order_context(table, schools), wish, table)
    if visit.page == writing.PAGE:
        from functions.decide.writing import write_to_people  # no other post needs the code of mails

        return write_to_people(visit, desk, fields, visit.order_context(table, schools), table)
    return _order(visit, desk, fields, table, schools) if is_order_path(visit.page) else None


def _order(visit: OrganiserRequest, desk: Desk, fields: Fields, table: Table, schools: Schools) -> Response:
    """Carry out an order; first show once more what was typed for it, or what is wrong with that."""
    wish, wrong = _writing(visit, fields)
    context = visit.order_context(table, schools)
    try:
        order = order_of_path(context, visit.page, wish)
    except InvalidError as invalid:  # what was typed is no address for this person
        wrong = address_mistake(invalid)
        order = order_of_path(context, visit.page, wish._replace(email=""))
    if order is None:
        return _page(refused_page(desk), 409)
    if order.needs_why and not wish.why:
        wrong = wrong or "Vul in waarom."
    if wrong or order.asks_email or (order.is_typed and fields.get("step") != "do"):
        from shared.mails.order_preview import preview_order  # only before an order is given

        preview = preview_order(context, order, partial(table.mails_to, visit.network.id))
        return _page(order_page(desk, context, order, preview, wish, wrong), 422 if wrong else 200)
    if not _carry_out(order, table, visit):
        return _page(refused_page(desk), 409)
    return _done(visit, order.back)


def _kept_post(
    visit: OrganiserRequest, desk: Desk, fields: Fields, context: OrderContext, table: Table
) -> Response:
    """Complete a kept post or drop it, unless somebody did so before."""
    post = visit.kept_post(table, context)
    if post and not visit.page.endswith(kept_posts.DROP):
        return _by_hand(visit, desk, fields, context, table, post)
    if post is None or not table.kept_posts.drop(post):
        return _page(refused_page(desk), 409)
    return _done(visit, kept_posts.PAGE)


def _by_hand(
    visit: OrganiserRequest,
    desk: Desk,
    fields: Fields,
    context: OrderContext,
    table: Table,
    post: KeptPost | None = None,
) -> Response:
    """Check what was typed, show what it leads to, and register the people only after that."""
    if visit.request.at < visit.network.opens_at:
        return _page(refused_page(desk), 409)
    if fields.get("step") == "edit":
        return _page(by_hand_page(desk, fields, post=post))
    try:
        order = (
            kept_posts.completion_order(context, post, fields)
            if post
            else registration_order(context, fields, secrets.token_hex(16))
        )
    except InvalidError as invalid:
        return _page(by_hand_page(desk, fields, invalid, post), 422)
    if fields.get("step") != "do":
        from shared.mails.order_preview import preview_order  # only before an order is given

        preview = preview_order(context, order, partial(table.mails_to, visit.network.id))
        return _page(order_page(desk, context, order, preview, Wish()))
    registered = table.complete(post, order.register) if post else table.register(order.register)
    if not registered:
        return _page(refused_page(desk), 409)
    return _done(visit, kept_posts.PAGE if post else f"school/{registered[0].reference}")


def _carry_out(order: Order, table: Table, visit: OrganiserRequest) -> bool:
    if order.undo and not table.undo_decision(order.undo, visit.request.at):
        return False
    if order.decide and not table.save_decision(order.decide):
        return False
    if order.action is OrganiserAction.CORRECT_ADDRESS:
        return all(map(table.save_address, order.save))
    return not order.save or bool(save_people(order.save, table)) or order.decide is not None


def _writing(visit: OrganiserRequest, fields: Fields) -> Writing:
    why, until = clean(fields.get("why", ""))[:300], fields.get("until", "")
    email = clean(fields.get("email", ""))
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError:
        return Writing(Wish(why, email=email), "Schrijf de datum als 2023-04-30.")
    if day and not visit.network.local(visit.request.at).date() <= day <= visit.network.last_day:
        last = dutch.full_day(visit.network.last_day)
        return Writing(Wish(why, email=email), f"Kies een dag vanaf vandaag, tot en met {last}.")
    return Writing(Wish(why, day, email))


def _done(visit: OrganiserRequest, back: str) -> Response:
    return redirect(f"{visit.url(back)}?done=1")


def _page(html: str, status: int = 200) -> Response:
    return page(status, html, form_to="")
