"""The page "Wie komt er?": everybody by name, with what they wrote and how to reach them."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from shared.domain.registration.history import entered
from shared.domain.report.participation import Participation
from shared.domain.report.people import ListedPerson, PeopleList, PeopleOrder, SearchHit, dialled
from shared.domain.report.report import Report
from shared.domain.text import fold, plain
from shared.mails.morning import coming_text
from shared.mails.wording import PARTICIPATION_NAMES
from shared.pages.organiser import Desk, first_row, render_desk_page
from shared.phrases import dutch
from shared.phrases.field_labels import FIELD_WORDS, column
from shared.phrases.questions import answer_text

PAGE = "people"
_ROWS = 40  # each has room for links and a remark on a page below 40 KB
_MOST_LETTERS, _CUT = 100, 80  # of a query, and of a text
_MAY_COME = (
    Participation.SHORT,
    Participation.WAITING,
    Participation.HELD,
    Participation.LATE,
    Participation.UNCONFIRMED,
)
_SORTS = {PeopleOrder.NAME: "naam", PeopleOrder.SCHOOL: "school", PeopleOrder.SINCE: "laatst aangemeld"}
_IN_SIGHT = ("name", "school", "place", "role", "email", "phone", "remarks", "registered_school")


def who_is_coming(report: Report) -> dict[str, Any]:
    """Return the sentence that says how many take part, and how many of each sort may yet."""
    people = PeopleList(report)
    counted = Counter(person.participation for person in people.everyone)
    return {"text": coming_text(report, people.everyone), "pills": _pills(counted, _MAY_COME)}


def people_page(desk: Desk, report: Report, query: Mapping[str, str]) -> str:
    """Show who the query selects; it is everything that an organiser chose on this page."""
    search, state = query.get("q", "")[:_MOST_LETTERS].strip(), query.get("state", "")
    sort = query.get("sort", "")
    order = PeopleOrder(sort) if sort in list(PeopleOrder) else PeopleOrder.NAME
    matching = PeopleList(report).matching(search, order, partial(answer_text, language="nl"))
    rows = [person for person in matching if state in ("", person.participation)]
    first = first_row(query, len(rows), _ROWS)
    chosen = {"q": search, "state": state, "sort": order.value}
    return render_desk_page(
        "people",
        desk,
        coming=who_is_coming(report)["text"],
        pills=_pills(Counter(person.participation for person in matching), tuple(Participation)),
        sorts=_SORTS,
        chosen=chosen,
        link=lambda **changed: _link(chosen | changed),
        rows=[_row(desk, person, search) for person in rows[first : first + _ROWS]],
        everybody=len(matching),
        matches=len(rows),
        first=first,
        step=_ROWS,
    )


def _pills(
    counted: Mapping[Participation, int], shown: tuple[Participation, ...]
) -> list[tuple[str, str, int]]:
    return [(part.value, PARTICIPATION_NAMES[part], counted[part]) for part in shown if counted.get(part)]


def _link(chosen: Mapping[str, str | int]) -> str:
    """Return the address of the list with what is chosen; relative, because it stands here often."""
    default = {"sort": PeopleOrder.NAME.value}
    query = {name: value for name, value in chosen.items() if value and default.get(name) != value}
    return f"{PAGE}{'?' if query else ''}{urlencode(query)}#lijst"


def _row(desk: Desk, person: ListedPerson, search: str) -> dict[str, Any]:
    r, number = person.registration, dialled(person.registration.phone)
    return {
        "registration": r,
        "name": person.name.full,
        "school": ", ".join(filter(None, (person.school.name, person.school.place))),
        "kind": person.participation.value,
        "state": PARTICIPATION_NAMES[person.participation],
        "since": dutch.short_day(desk.network.local(entered(r))),
        "is_reachable": person.is_reachable,
        "remarks": _around(r.remarks, search),
        "mailto": f"mailto:{quote(r.email, safe='@')}" if r.email else "",
        "tel": f"tel:{number}" if len(number) > 2 else "",
        "hits": [(_label(h), _around(h.text, search)) for h in person.hits if _is_out_of_sight(h, person)],
    }


def _is_out_of_sight(hit: SearchHit, person: ListedPerson) -> bool:
    """Say whether the row does not show this text by itself."""
    is_retyped = hit.field == "school" and fold(hit.text) != fold(person.school.name)
    return is_retyped or hit.field not in _IN_SIGHT


def _label(hit: SearchHit) -> str:
    """Write where a text stands: "Aanmeldnummer", "Getypt als", "BRIN", or the question itself."""
    own = {"reference": "Aanmeldnummer", "school": "Getypt als"}
    return own.get(hit.field) or (column(hit.field) if hit.field in FIELD_WORDS["nl"] else hit.field)


def _around(text: str, search: str) -> str:
    """Return as much of a text as a row has room for, around the first word of a search in it."""
    if len(text) <= _CUT:
        return text
    bare = "".join(plain(letter)[:1] or " " for letter in text)  # as long as the text
    places = (bare.find(word) for word in plain(search).split())
    start = max(0, min((place for place in places if place >= 0), default=0) - _CUT // 3)
    cut = text[start : start + _CUT]
    return f"{'…' * (start > 0)}{cut}{'…' * (start + _CUT < len(text))}"
