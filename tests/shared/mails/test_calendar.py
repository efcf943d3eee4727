from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from shared.domain.network.parts import Session
from shared.domain.registration.registration import State
from shared.mails.calendar import CalendarRevision, invitation, withdrawal
from shared.mails.registrant import admitted
from tests.shared.mails.people import DECIDED, ENGLISH, LINKS, NOOR, PLG, mails

FILE = invitation(PLG, CalendarRevision(DECIDED))


def events(content: bytes) -> list[Event]:
    return [event for event in Calendar.from_ical(content).walk("VEVENT") if isinstance(event, Event)]


def utc(start: date) -> datetime:
    assert isinstance(start, datetime)
    return start.astimezone(UTC)


def test_the_four_meetings_of_the_call_are_at_noon_in_the_netherlands() -> None:
    assert [utc(event.start) for event in events(FILE.content)] == [
        datetime(2023, 5, 10, 10, tzinfo=UTC),
        datetime(2023, 6, 29, 10, tzinfo=UTC),
        datetime(2023, 10, 4, 10, tzinfo=UTC),
        datetime(2023, 11, 21, 11, tzinfo=UTC),
    ]
    assert {event.duration for event in events(FILE.content)} == {timedelta(hours=5)}


def test_a_session_that_ends_after_midnight_ends_on_the_next_day() -> None:
    late = PLG.sessions[0].model_copy(update={"start": time(20), "end": time(0, 30)})
    network = PLG.model_copy(update={"sessions": (late,)})
    (event,) = events(invitation(network, CalendarRevision(DECIDED)).content)
    assert event.duration == timedelta(hours=4, minutes=30)


def test_the_file_carries_its_own_time_zone() -> None:
    zones = Calendar.from_ical(FILE.content).walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Europe/Amsterdam"]
    assert all(event["DTSTART"].params["TZID"] == "Europe/Amsterdam" for event in events(FILE.content))


def test_a_later_file_has_the_same_events() -> None:
    again = invitation(PLG, CalendarRevision(DECIDED + timedelta(days=9)))
    assert [e["UID"] for e in events(again.content)] == [e["UID"] for e in events(FILE.content)]
    assert len({e["UID"] for e in events(FILE.content)}) == 4


def test_the_file_is_published_and_says_so_in_dutch() -> None:
    assert b"\r\nMETHOD:PUBLISH\r\n" in FILE.content
    first = events(FILE.content)[0]
    assert str(first["SUMMARY"]).endswith("(PLG): bijeenkomst 1 van 4")
    assert first["SEQUENCE"] == 0
    assert str(first["LOCATION"]) == "omgeving Utrecht"


def test_who_leaves_and_comes_back_always_has_the_later_file_win() -> None:
    noor = NOOR
    files = []
    for turn, state in enumerate((State.ADMITTED, State.CANCELLED, State.REGISTERED, State.ADMITTED)):
        noor = noor.become(state, DECIDED + timedelta(hours=turn), "person", "")
        made = {State.ADMITTED: invitation, State.CANCELLED: withdrawal}.get(state)
        files += [made(PLG, CalendarRevision(DECIDED, noor.history))] if made else []
    parsed = [events(file.content)[0] for file in files]
    assert [event["SEQUENCE"] for event in parsed] == [0, 1, 2]
    assert [str(event["STATUS"]) for event in parsed] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert len({str(event["UID"]) for event in parsed}) == 1
    assert b"\r\nMETHOD:CANCEL\r\n" in files[1].content


CARRIED = [file for mail in mails().values() for file in mail.attachments if file.filename.endswith(".ics")]


def test_no_calendar_file_in_a_mail_holds_a_link_or_a_person() -> None:
    assert len(CARRIED) >= 2
    for file in CARRIED:
        whole = file.content.replace(b"\r\n ", b"")
        for word in (b"://", b"ATTENDEE", b"noor", b"Noor", b"PLG-"):
            assert word not in whole


def test_lines_are_folded_at_75_octets() -> None:
    network = PLG.model_copy(update={"title": "Léérnetwerk; één, twee: “drie” " * 6})
    lines = invitation(network, CalendarRevision(DECIDED)).content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert str(events(invitation(network, CalendarRevision(DECIDED)).content)[0]["SUMMARY"]).startswith(
        network.title.strip()
    )


def test_an_organiser_without_a_phone_is_only_mailed() -> None:
    organiser = PLG.organiser.model_copy(update={"phone": None})
    first, *_ = events(
        invitation(PLG.model_copy(update={"organiser": organiser}), CalendarRevision(DECIDED)).content
    )
    assert str(first["DESCRIPTION"]).endswith("Mail info@voortgezetleren.nl.")


def test_an_english_network_has_an_english_calendar() -> None:
    first, *_ = events(invitation(ENGLISH, CalendarRevision(DECIDED)).content)
    assert str(first["SUMMARY"]).endswith("(PLG): session 1 of 4")
    asks = "Questions, or can’t you come? Email info@voortgezetleren.nl or call 030 – 23 24 880."
    assert str(first["DESCRIPTION"]) == asks
    assert first["UID"] == events(FILE.content)[0]["UID"]


def test_a_session_names_its_address_and_the_links_to_get_there() -> None:
    there = Session(
        **PLG.sessions[0].model_dump(exclude_none=True),
        address="Jaarbeursplein 6, Utrecht",
        route_url="https://route.example/",
        online_url="https://meet.example/plg",
    )
    network = PLG.model_copy(update={"sessions": (there,)})
    (event,) = events(invitation(network, CalendarRevision(DECIDED)).content)
    assert str(event["LOCATION"]) == "omgeving Utrecht, Jaarbeursplein 6, Utrecht"
    assert str(event["URL"]) == "https://meet.example/plg"
    assert "Route: https://route.example/\nVragen" in str(event["DESCRIPTION"])
    text = " ".join(admitted(network, NOOR, LINKS, DECIDED).text.split())
    assert "omgeving Utrecht, Jaarbeursplein 6, Utrecht" in text
    assert "Doe online mee op woensdag 10 mei: https://meet.example/plg" in text
