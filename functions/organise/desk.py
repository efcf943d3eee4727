"""Behind the door: the pages that an organiser reads, and the orders that they give."""

from datetime import date
from typing import NamedTuple

from functions.organise import people, rule
from functions.organise.order import Order, Scene, Wish
from functions.organise.visit import Visit
from shared.aws.table import Table
from shared.domain import dutch
from shared.domain.known import Known
from shared.domain.registration import Registration
from shared.domain.report import Report, make_report
from shared.domain.text import clean
from shared.http import Response, file, page, redirect
from shared.pages.organiser import Desk, order_page, overview_page, refused_page, school_page
from shared.request import posted

_SHEETS = ("export/csv", "export/xlsx")


class Books(NamedTuple):
    """Where a desk looks things up; `known` is what is known of schools."""

    table: Table
    known: Known


class Writing(NamedTuple):
    """What was filled in with an order, and what is wrong with it."""

    wish: Wish
    wrong: str = ""


def show(visit: Visit, books: Books, desk: Desk) -> Response | None:
    """Show a page; None for one that is not there."""
    if visit.page in ("", *_SHEETS):
        facts = _report(visit, books)
        if visit.page:
            return _sheet(visit.page, facts)
        query = visit.asked.query
        return _page(overview_page(desk, facts, query))
    scene = _scene(visit, books)
    kind, _, rest = visit.page.partition("/")
    person = scene.who(rest) if kind == "school" else None
    if person:
        return _page(_school(desk, scene, person, books.table, "done" in visit.asked.query))
    return _asked(desk, scene, visit) if _is_order(visit.page) else None


def _school(desk: Desk, scene: Scene, person: Registration, table: Table, done: bool) -> str:
    everyone = scene.school(person).registrations
    mails = {r.reference: table.mails(r.network, f"{r.reference}-") for r in everyone}
    acts = {r.reference: [(name, people.ACTS[name].label) for name in people.possible(r)] for r in everyone}
    on_school = rule.possible(scene, person)
    return school_page(desk, scene.stand(person), person.reference, mails, acts, on_school, done)


def act(visit: Visit, books: Books, desk: Desk) -> Response | None:
    """Carry out an order; None for a page on which there is nothing to order."""
    if not _is_order(visit.page):
        return None
    wish, wrong = _writing(visit)
    order = _order(_scene(visit, books), visit.page, wish)
    if order is None:
        return _page(refused_page(desk), 409)
    if wrong or (order.needs_why and not wish.why):
        return _page(order_page(desk, order, wish, wrong or "Vul in waarom."), 422)
    if not _carry_out(order, books.table, visit):
        return _page(refused_page(desk), 409)
    return redirect(f"{visit.url(order.back)}?done=1")


def _carry_out(order: Order, table: Table, visit: Visit) -> bool:
    if order.undo:
        table.undo(order.undo, visit.asked.at)
    if order.decide:
        return table.decide(order.decide)
    return all(table.save(r) for r in order.save)


def _asked(desk: Desk, scene: Scene, visit: Visit) -> Response:
    order = _order(scene, visit.page, Wish())
    return _page(order_page(desk, order, Wish())) if order else _page(refused_page(desk), 409)


def _is_order(path: str) -> bool:
    kind, *rest = path.split("/")
    return (kind, len(rest)) in (("person", 2), ("school", 2), ("closing", 1))


def _order(scene: Scene, path: str, wish: Wish) -> Order | None:
    kind, about, *name = path.split("/")
    if kind == "closing":
        return rule.about_closing(scene, about, wish)
    person = scene.who(about)
    if person is None:
        return None
    say = people.about_person if kind == "person" else rule.about_school
    return say(scene, person, name[0], wish)


def _writing(visit: Visit) -> Writing:
    fields = posted(visit.asked)
    why, until = clean(fields.get("why", ""))[:300], fields.get("until", "")
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError:
        return Writing(Wish(why), "Schrijf de datum als 2023-04-30.")
    if day and not visit.network.local(visit.asked.at).date() <= day <= visit.network.last_day:
        last = dutch.full_day(visit.network.last_day)
        return Writing(Wish(why), f"Kies een dag vanaf vandaag, tot en met {last}.")
    return Writing(Wish(why, day))


def _scene(visit: Visit, books: Books) -> Scene:
    network = visit.network
    everyone, decisions = books.table.registrations(network.id), books.table.decisions(network.id)
    return Scene(network, everyone, decisions, visit.asked.at, visit.address, books.known)


def _report(visit: Visit, books: Books) -> Report:
    network, now, table = visit.network, visit.asked.at, books.table
    everyone, decisions = table.registrations(network.id), table.decisions(network.id)
    return make_report(network, everyone, table.mails(network.id), None, now, decisions, known=books.known)


def _sheet(name: str, facts: Report) -> Response:
    from shared.mails.sheets import csv_file, xlsx_file  # only an export needs the sheets

    made = csv_file(facts) if name == "export/csv" else xlsx_file(facts)
    return file(made.filename, made.content_type, made.content)


def _page(html: str, status: int = 200) -> Response:
    return page(status, html, form_to="")
