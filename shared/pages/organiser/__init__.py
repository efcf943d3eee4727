"""The organisers' pages: the door, and what every page behind it needs."""

from datetime import datetime
from typing import Any, NamedTuple

from shared.domain.actions.organiser.order import Order, Wish
from shared.domain.network.network import Network
from shared.domain.registration.registration import Change
from shared.domain.rule.standing import SchoolStanding, Standing
from shared.mails import report_lines as lines
from shared.mails.order_preview import OrderPreview
from shared.pages import render
from shared.phrases import dutch

STANDINGS = {
    Standing.SHORT: "nog niet compleet",
    Standing.REPAIR: "mag iemand vervangen",
    Standing.WAIVED: "uitzondering",
    Standing.COMPLETE: "compleet",
    Standing.EMPTY: "niemand telt mee",
}
_MAILS = 30  # on one page; of more it says how many there are


class Desk(NamedTuple):
    """What every page behind the door needs: whose it is, where it stands, and what its forms carry."""

    network: Network
    address: str
    home: str
    here: str
    form: str
    at: datetime

    @property
    def minimum(self) -> int:
        """How many people the rule asks of a school."""
        return self.network.rule.min_per_school

    def moment(self, at: datetime) -> str:
        """Write an instant: "20 mrt, 9.00 uur"."""
        local = self.network.local(at)
        return f"{dutch.short_day(local)}, {dutch.clock(local)} uur"

    def by(self, change: Change) -> str:
        """Write who made a change."""
        return {"person": "door de persoon zelf", "check": "door de dagelijkse controle"}.get(
            change.by, f"door {change.by}"
        )

    def tally(self, stand: SchoolStanding) -> str:
        """Write how a school stands: "1 van 2: nog niet compleet"."""
        return f"{lines.tally(len(stand.school.counted), self.minimum)}: {STANDINGS[stand.standing]}"


def door_page(
    network: Network, address: str, said: str = "", wrong: str = "", enter: bool = False, again: bool = False
) -> str:
    """Show where an organiser asks for a code, or types it; `again` has the page load itself once more."""
    name, _, domain = address.partition("@")
    facts = {"said": said, "wrong": wrong, "enter": enter, "again": again}
    return render("organiser/door", network=network, mailbox=f"{name[:1]}…@{domain}", **facts)


def order_page(desk: Desk, order: Order, out: OrderPreview, wish: Wish, wrong: str = "") -> str:
    """Show what an order will do and whom it mails, with the one button that does it."""
    return behind("order", desk, order=order, out=out, wish=wish, wrong=wrong, most=_MAILS)


def refused_page(desk: Desk) -> str:
    """Say that an order is not possible any longer."""
    return behind("refused", desk)


def behind(name: str, desk: Desk, **facts: Any) -> str:
    """Render a page behind the door."""
    return render(f"organiser/{name}", **{"desk": desk, "network": desk.network, "done": False, **facts})
