"""The pages that a signed-in organiser reads, and what each order will do before it is given."""

from collections.abc import Callable
from functools import partial

from shared.access.organiser import OrganiserRequest
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.actions.organiser import (
    is_order_path,
    kept_posts,
    order_of_path,
    people,
    rule,
    several,
    typings,
    writing,
)
from shared.domain.actions.organiser.by_hand import BY_HAND_FIELDS, PAGE
from shared.domain.actions.organiser.order import Order, OrderContext, Wish
from shared.domain.network.settings import PAGE as SETTINGS
from shared.domain.registration.bounces import last_bounces, unreachable_people, with_mailbox_sharers
from shared.domain.registration.registration import Registration
from shared.domain.report.report import Report
from shared.http import Response, file, page, redirect
from shared.pages.organiser import Desk, order_page, refused_page
from shared.pages.organiser.attendance import attendance_page, session_of_page
from shared.pages.organiser.by_hand import by_hand_page
from shared.pages.organiser.decisions import NEXT, decisions_page, next_path
from shared.pages.organiser.kept_posts import kept_posts_page
from shared.pages.organiser.overview import overview_page
from shared.pages.organiser.people import PAGE as PEOPLE
from shared.pages.organiser.people import people_page
from shared.pages.organiser.ruling_texts import ruling_text
from shared.pages.organiser.school import SchoolDetails, school_page
from shared.pages.organiser.search import search_page

_REPORT_PAGES = {"": overview_page, PEOPLE: people_page, several.PAGE: decisions_page}
_SHEETS = ("export/csv", "export/xlsx")
_MOST_LETTERS = 100  # of a query


def show(visit: OrganiserRequest, desk: Desk, table: Table, schools: Schools) -> Response | None:
    """Show a page; None for one that does not exist."""
    if show_report := _page_of_report(visit, desk):
        return show_report(_report(visit, table, schools))
    if visit.page.split("/")[0] == SETTINGS:
        from functions.organise.settings import show_settings  # no other page needs them

        return show_settings(visit, desk, table, schools)
    context = visit.order_context(table, schools)
    if visit.page == PAGE:
        return _by_hand(visit, desk, context)
    if visit.page == writing.PAGE:
        from functions.organise.writing import show_writing  # no other page needs it

        return show_writing(visit, desk, context, table)
    if visit.page == kept_posts.PAGE:
        posts, is_done = visit.kept_posts(table, context), "done" in visit.request.query
        return _page(kept_posts_page(desk, posts, is_done))
    if visit.page.startswith(kept_posts.POST_PAGE):
        return _kept_post(visit, desk, context, table)
    if is_order_path(visit.page):
        return _order(visit, desk, context, order_of_path(context, visit.page, Wish()), table)
    return _about_person(visit, desk, context, table)


def _about_person(
    visit: OrganiserRequest, desk: Desk, context: OrderContext, table: Table
) -> Response | None:
    """Show the page of a person's school, or what they typed for it; None for another page."""
    kind, _, reference = visit.page.partition("/")
    person = context.with_reference(reference)
    if person and kind == "school":
        return _school(visit, desk, context, person, table)
    return _search(visit, desk, context, person) if person and kind == "typing" else None


def _page_of_report(visit: OrganiserRequest, desk: Desk) -> Callable[[Report], Response] | None:
    """Return what makes the page from the report; None for a page that needs none."""
    if visit.page in _SHEETS:
        return partial(_sheet, visit.page)
    if write := _REPORT_PAGES.get(visit.page):
        return lambda report: _page(write(desk, report, visit.request.query))
    if visit.page == NEXT:
        return lambda report: redirect(visit.url(next_path(report)))
    session = session_of_page(desk, visit.page)
    return (lambda report: _page(attendance_page(desk, report, session))) if session else None


def _order(
    visit: OrganiserRequest, desk: Desk, context: OrderContext, order: Order | None, table: Table
) -> Response:
    """Show what an order will do."""
    if order is None:
        return _page(refused_page(desk), 409)
    from shared.mails.order_preview import preview_order  # no other page shows mails

    preview = preview_order(context, order, partial(table.mails_to, visit.network.id))
    return _page(order_page(desk, context, order, preview, Wish()))


def _school(
    visit: OrganiserRequest, desk: Desk, context: OrderContext, person: Registration, table: Table
) -> Response:
    from shared.mails.owed.context import by_reference  # no other page needs the code of mails

    standing = context.standing_of_school(person)
    registrations, rulings = standing.school.registrations, typings.rulings_on(context, standing.school)
    around = with_mailbox_sharers(registrations, context.registrations)
    records = table.mails_to(context.network.id, [r.reference for r in around])
    mails = by_reference(records)
    details = SchoolDetails(
        mails={r.reference: mails.get(r.reference, ()) for r in registrations},
        person_actions={r.reference: people.possible_actions(r, context.now) for r in registrations},
        school_actions=rule.possible_school_actions(context, person),
        typings=typings.school_typings(registrations),
        doubts=typings.doubts_on(context, person),
        rulings=[(ruling, ruling_text(context, ruling)) for ruling in rulings],
        coming={r.person_key: r.state for r in rule.decided_next(context)},
        is_closing_held=rule.is_closing_held(context),
        waivers=rule.waivers_of(context, standing.school),
        unreachable=unreachable_people(registrations, last_bounces(around, records)),
    )
    return _page(school_page(desk, standing, person.reference, details, "done" in visit.request.query))


def _search(visit: OrganiserRequest, desk: Desk, context: OrderContext, person: Registration) -> Response:
    """Look for the school that somebody means in the register and in this network."""
    (typing,) = typings.school_typings([person])
    query = visit.request.query.get("q", typing.text)[:_MOST_LETTERS]
    register = context.knowledge.register
    rows = register.suggestions.find(query) if register else []
    schools = typings.similar_schools(context, person, query)
    return _page(search_page(desk, typing, query, rows, schools, bool(register)))


def _by_hand(visit: OrganiserRequest, desk: Desk, context: OrderContext) -> Response:
    """Show the form to register somebody, with the school filled in when the link was on a school's page."""
    if visit.request.at < visit.network.opens_at:
        return _page(refused_page(desk), 409)
    colleague = context.with_reference(visit.request.query.get("of", ""))
    school = {"school": colleague.school, "place": colleague.place} if colleague else {}
    return _page(by_hand_page(desk, {field: school.get(field, "") for field in BY_HAND_FIELDS}))


def _kept_post(visit: OrganiserRequest, desk: Desk, context: OrderContext, table: Table) -> Response:
    """Show the form to complete a post, with what was read in it, or what dropping it does."""
    post = visit.kept_post(table, context)
    if post is None:
        return _page(refused_page(desk), 409)
    if visit.page.endswith(kept_posts.DROP):
        return _order(visit, desk, context, kept_posts.drop_order(post), table)
    return _page(by_hand_page(desk, kept_posts.filled_in(post, visit.network), post=post))


def _report(visit: OrganiserRequest, table: Table, schools: Schools) -> Report:
    network, now = visit.network, visit.request.at
    whole, knowledge = table.whole(network.id), schools.at(now)
    mails = table.undelivered_mails(network.id, whole.registrations)
    kept = table.kept_posts.unexpired(network.id, now)
    return Report(
        network,
        whole.registrations,
        mails,
        None,
        now,
        whole.decisions,
        None,
        knowledge,
        kept,
        whole.unreadable_count,
    )


def _sheet(name: str, report: Report) -> Response:
    from shared.mails.sheets import csv_file, xlsx_file  # only an export needs the sheets

    sheet = (csv_file if name == "export/csv" else xlsx_file)(report, is_complete=True)
    return file(sheet.filename, sheet.content_type, sheet.content)


def _page(html: str, status: int = 200) -> Response:
    return page(status, html, form_to="")
