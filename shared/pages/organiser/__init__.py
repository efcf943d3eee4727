"""The organisers' pages: the sign-in page, and what every page behind it shares."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.domain.actions.organiser.order import Order, OrderContext, Wish
from shared.domain.network.network import Network
from shared.domain.network.parts import Session
from shared.domain.rule.standing import SchoolStanding
from shared.mails import report_lines as lines
from shared.pages import render
from shared.pages.organiser.order_texts import order_text
from shared.pages.organiser.several_texts import listed
from shared.pages.organiser.undo_texts import undo_text
from shared.phrases import dutch

if TYPE_CHECKING:
    from shared.mails.order_preview import OrderPreview

_ABOUT_SOMEBODY = ("person", "school", "typing")  # pages that go on with a reference
_MOST_MAILS = 60  # that one page lists; it counts the rest


class Desk(NamedTuple):
    """What every page needs once an organiser has signed in: whose it is, its paths, and its forms' token."""

    network: Network
    address: str
    home: str
    here: str
    form: str
    at: datetime

    @property
    def minimum(self) -> int:
        """The number of people that the rule asks of a school."""
        return self.network.rule.min_per_school

    def moment(self, at: datetime) -> str:
        """Write an instant: "20 mrt, 9.00 uur"."""
        local = self.network.local(at)
        return f"{dutch.short_day(local)}, {dutch.clock(local)} uur"

    def hour_of(self, session: Session) -> str:
        """Write when a session begins, behind its day, where that day has several."""
        days = [each.date for each in self.network.sessions]
        return f", {dutch.clock(session.start)} uur" if days.count(session.date) > 1 else ""

    def tally(self, standing: SchoolStanding) -> str:
        """Write how a school stands: "1 van 2: nog niet compleet"."""
        counted = lines.tally(len(standing.school.counted), self.minimum)
        return f"{counted}: {lines.STANDING_NAMES[standing.shown]}"


def door_page(
    network: Network,
    address: str,
    notice: str = "",
    wrong: str = "",
    enter: bool = False,
    again: bool = False,
) -> str:
    """Show the page to ask for a code or to type it; `again` makes it load itself once more."""
    name, _, domain = address.partition("@")
    facts = {"notice": notice, "wrong": wrong, "enter": enter, "again": again}
    return render("organiser/door", network=network, mailbox=f"{name[:1]}…@{domain}", **facts)


def order_page(
    desk: Desk, context: OrderContext, order: Order, preview: "OrderPreview", wish: Wish, wrong: str = ""
) -> str:
    """Show what an order will do and whom it mails, with the one button that carries it out."""
    facts = {"text": order_text(context, order), "preview": preview, "wish": wish, "wrong": wrong}
    facts |= {"undo": undo_text(context, order, preview), "unreached": listed(preview.unreached)}
    return render_desk_page("order", desk, order=order, most=_MOST_MAILS, **facts)


def first_row(query: Mapping[str, str], number: int, step: int) -> int:
    """Return the first row of the page that a query asks for; the last page where there are fewer rows."""
    start = query.get("from", "")[:6]
    return min(int(start) if start.isdecimal() else 0, max(0, number - 1) // step * step)


def refused_page(desk: Desk) -> str:
    """Say that an order is not possible any longer, and where to read what was done about that person."""
    kind, _, rest = desk.here.removeprefix(f"{desk.home}/").partition("/")
    reference = rest.partition("/")[0] if kind in _ABOUT_SOMEBODY else ""
    return render_desk_page("refused", desk, reference=reference)


def render_desk_page(name: str, desk: Desk, **facts: Any) -> str:
    """Render a page for an organiser who has signed in."""
    return render(f"organiser/{name}", **{"desk": desk, "network": desk.network, "done": False, **facts})
