"""Behind the door: the pages that an organiser reads, and what each order will do before it is given."""

from typing import NamedTuple

from shared.access.organiser import OrganiserRequest
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.actions.organiser import is_order, order, people, rule, typings
from shared.domain.actions.organiser.by_hand import PAGE, TYPED
from shared.domain.actions.organiser.order import OrderContext, Wish
from shared.domain.registration.registration import Registration
from shared.domain.report.report import Report, make_report
from shared.http import Response, file, page
from shared.mails.order_preview import preview_order
from shared.pages.organiser import Desk, order_page, refused_page
from shared.pages.organiser.by_hand import by_hand_page
from shared.pages.organiser.overview import overview_page
from shared.pages.organiser.school import Insight, school_page
from shared.pages.organiser.search import search_page

_SHEETS = ("export/csv", "export/xlsx")
_MOST = 100  # letters of a question that are looked for


class Books(NamedTuple):
    """Where a page is looked up."""

    table: Table
    schools: Schools


def show(visit: OrganiserRequest, desk: Desk, books: Books) -> Response | None:
    """Show a page; None for one that is not there."""
    if visit.page in ("", *_SHEETS):
        facts = _report(visit, books)
        return (
            _sheet(visit.page, facts) if visit.page else _page(overview_page(desk, facts, visit.asked.query))
        )
    scene = visit.order_context(*books)
    if visit.page == PAGE:
        return _by_hand(visit, desk, scene)
    if is_order(visit.page):
        asked = order(scene, visit.page, Wish())
        if asked is None:
            return _page(refused_page(desk), 409)
        out = preview_order(scene, asked, books.table.mails(visit.network.id))
        return _page(order_page(desk, asked, out, Wish()))
    kind, _, reference = visit.page.partition("/")
    person = scene.who(reference)
    if person and kind == "school":
        return _school(visit, desk, scene, person, books.table)
    return _search(visit, desk, scene, person) if person and kind == "typing" else None


def _school(
    visit: OrganiserRequest, desk: Desk, scene: OrderContext, person: Registration, table: Table
) -> Response:
    stand = scene.stand(person)
    everyone = stand.school.registrations
    seen = Insight(
        mails={r.reference: table.mails(r.network, f"{r.reference}-") for r in everyone},
        acts={
            r.reference: [
                (name, people.ORGANISER_ACTIONS[name].label) for name in people.possible(r, scene.now)
            ]
            for r in everyone
        },
        on_school=rule.possible(scene, person),
        typings=typings.typings(everyone),
        doubts=typings.doubts_on(scene, person),
        words=[(word, typings.ruling_text(scene, word)) for word in typings.rulings_on(scene, stand.school)],
    )
    return _page(school_page(desk, stand, person.reference, seen, "done" in visit.asked.query))


def _search(visit: OrganiserRequest, desk: Desk, scene: OrderContext, person: Registration) -> Response:
    """Look for the school that somebody means: in the register, and among those of this network."""
    (typing,) = typings.typings([person])
    asked = visit.asked.query.get("q", typing.text)[:_MOST]
    register = scene.known.register
    rows = register.suggestions.find(asked) if register else []
    return _page(search_page(desk, typing, asked, rows, typings.like(scene, person, asked), bool(register)))


def _by_hand(visit: OrganiserRequest, desk: Desk, scene: OrderContext) -> Response:
    """Show the form to register somebody; from a school's page with that school filled in."""
    if visit.asked.at < visit.network.opens_at:
        return _page(refused_page(desk), 409)
    colleague = scene.who(visit.asked.query.get("of", ""))
    known = {field: getattr(colleague, field) for field in ("school", "place")} if colleague else {}
    return _page(by_hand_page(desk, {field: known.get(field, "") for field in TYPED}))


def _report(visit: OrganiserRequest, books: Books) -> Report:
    network, now, table = visit.network, visit.asked.at, books.table
    everyone, decisions = table.registrations(network.id), table.decisions(network.id)
    known = books.schools.at(now)
    mails, kept = table.mails(network.id), table.misfits.kept(network.id, now)
    unread = table.unreadable_count(network.id)
    return make_report(network, everyone, mails, None, now, decisions, None, known, kept, unread)


def _sheet(name: str, facts: Report) -> Response:
    from shared.mails.sheets import csv_file, xlsx_file  # only an export needs the sheets

    made = csv_file(facts) if name == "export/csv" else xlsx_file(facts)
    return file(made.filename, made.content_type, made.content)


def _page(html: str, status: int = 200) -> Response:
    return page(status, html, form_to="")
