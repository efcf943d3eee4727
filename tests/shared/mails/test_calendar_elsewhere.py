"""Our calendar files as another parser reads them: ical.js, which Thunderbird has."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from shared.domain.registration.registration import State
from shared.mails.calendar import CalendarRevision, invitation, withdrawal
from tests.node import needs_node, node
from tests.shared.mails.people import DECIDED, NOOR, PLG

pytestmark = needs_node

IN = NOOR.become(State.ADMITTED, DECIDED, "check", "")
OUT = IN.become(State.CANCELLED, DECIDED + timedelta(days=1), "person", "")
FILES = {
    "in": invitation(PLG, CalendarRevision(DECIDED, IN.history)).content.decode(),
    "out": withdrawal(PLG, CalendarRevision(DECIDED, OUT.history)).content.decode(),
    "long": invitation(
        PLG.model_copy(update={"title": "Léérnetwerk; één, twee: “drie” " * 6}), CalendarRevision(DECIDED)
    ).content.decode(),
}


@pytest.fixture(scope="module")
def read() -> Any:
    return node("calendars", FILES)


def test_two_parsers_read_the_same_meetings(read: Any) -> None:
    for name, ics in FILES.items():
        ours = Calendar.from_ical(ics).events
        theirs = read[name]["events"]
        assert [str(event["UID"]) for event in ours] == [event["uid"] for event in theirs]
        assert [str(event["SUMMARY"]) for event in ours] == [event["summary"] for event in theirs]


def test_noon_in_amsterdam_is_noon_in_amsterdam_in_summer_and_in_winter(read: Any) -> None:
    assert read["in"]["zones"] == ["Europe/Amsterdam"]
    assert [(event["start"], event["end"]) for event in read["in"]["events"]] == [
        ("2023-05-10T10:00:00.000Z", "2023-05-10T15:00:00.000Z"),
        ("2023-06-29T10:00:00.000Z", "2023-06-29T15:00:00.000Z"),
        ("2023-10-04T10:00:00.000Z", "2023-10-04T15:00:00.000Z"),
        ("2023-11-21T11:00:00.000Z", "2023-11-21T16:00:00.000Z"),
    ]


def test_who_leaves_has_the_same_meetings_called_off_by_a_later_file(read: Any) -> None:
    assert (read["in"]["method"], read["out"]["method"]) == ("PUBLISH", "CANCEL")
    assert [event["uid"] for event in read["in"]["events"]] == [
        event["uid"] for event in read["out"]["events"]
    ]
    for before, after in zip(read["in"]["events"], read["out"]["events"], strict=True):
        assert after["sequence"] > before["sequence"]
        assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")
