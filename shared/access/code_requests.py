"""How many codes are mailed to an organiser, so that no stranger floods the mailbox or uses up its codes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

AN_HOUR = timedelta(hours=1)
# In an hour, for one organiser. A place is an IPv4 address, or the /64 of an IPv6 address.
OF_REPORT = 5
OF_REPORT_AND_PLACE = 3  # so that one place leaves some of a report's codes to others
OF_PLACE = 10
OF_OLDER_REPORTS = 20  # in all; the latest reports have only their own five


class CodeLimit(StrEnum):
    """A limit that a request for a code meets."""

    REPORT = "report_limit"
    PLACE = "place_limit"
    MAILBOX = "mailbox_limit"


class CodeRequest(NamedTuple):
    """One request for a code: `report` is the day of the report whose link was used, "" for an old link.

    `place` is the bucket of the client's address, "" where that identifies no client.
    """

    at: datetime
    report: str
    place: str


@dataclass(frozen=True, slots=True)
class CodeRequests:
    """The requests of the last hour for codes of one organiser, the latest last."""

    network: str
    organiser: str
    requests: tuple[CodeRequest, ...] = ()
    revision: int = 0

    @property
    def forgotten_at(self) -> datetime:
        """The instant from which no limit needs these."""
        return self.requests[-1].at + AN_HOUR

    def limit_met_by(self, new: CodeRequest, today: date, earlier_place: str = "") -> CodeLimit | None:
        """Return the limit that refuses a request; None for one that gets its code.

        A bucket has another name each hour; `earlier_place` is the one of an hour ago.
        """
        yesterday = (today - timedelta(days=1)).isoformat()  # as ISO dates, texts have the order of days
        recent = [other for other in self.requests if new.at - other.at < AN_HOUR]
        of_report = [other for other in recent if other.report == new.report]
        places = {new.place, earlier_place} - {""}
        if len(of_report) >= OF_REPORT:
            return CodeLimit.REPORT
        if _count(of_report, places) >= OF_REPORT_AND_PLACE or _count(recent, places) >= OF_PLACE:
            return CodeLimit.PLACE
        older = [other for other in recent if other.report < yesterday]
        return CodeLimit.MAILBOX if new.report < yesterday and len(older) >= OF_OLDER_REPORTS else None

    def with_request(self, new: CodeRequest) -> "CodeRequests":
        """Return these with one more, without those that no limit needs any longer."""
        recent = (other for other in self.requests if new.at - other.at < AN_HOUR)
        return replace(self, requests=(*recent, new))


def _count(requests: Iterable[CodeRequest], places: Collection[str]) -> int:
    return sum(request.place in places for request in requests)
