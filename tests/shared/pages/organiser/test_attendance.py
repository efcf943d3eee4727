"""The list of a session with room to sign."""

import re

from shared.domain.registration.registration import Registration, State
from shared.domain.report.report import Report
from shared.pages.organiser import Desk
from shared.pages.organiser.attendance import attendance_page, session_of_page
from tests.people import AT, colleagues, someone
from tests.shared.mails.people import PLG

DESK = Desk(PLG, "sanne@leren.example", "/organiser/token", "/organiser/token/attendance/2", "form", AT)


def page(*people: Registration) -> str:
    session = session_of_page(DESK, "attendance/2")
    assert session
    return attendance_page(DESK, Report(PLG, people, [], None, AT), session)


def names(html: str) -> list[str]:
    return re.findall(r'<th scope="row">([^<]+)</th><td>', html)


def test_a_list_has_the_day_and_place_and_who_comes_by_last_name_with_room_to_sign() -> None:
    anna = someone("Anna van den Berg", "anna@dal.example", school="Dalcollege")
    html = page(*colleagues("Dalcollege", "Zoë"), anna, someone())
    second = PLG.sessions[1]
    assert f"{second.date.day} " in html
    assert second.place in html
    assert names(html) == ["Berg, Anna van den", "Zoë"]
    assert "2 mensen hebben nog geen besluit gekregen" in html


def test_who_takes_part_for_certain_is_listed_without_a_warning() -> None:
    html = page(*colleagues("Dalcollege", "Anna Bram", state=State.ADMITTED), someone(state=State.HELD))
    assert names(html) == ["Anna", "Bram"]
    assert "nog geen besluit" not in html


def test_there_is_a_list_for_each_session_and_no_other() -> None:
    assert [session_of_page(DESK, f"attendance/{n}") for n in range(len(PLG.sessions) + 2)] == [
        None,
        *PLG.sessions,
        None,
    ]
    assert session_of_page(DESK, "attendance/x") is None


def test_three_hundred_people_are_one_list_below_40_kb() -> None:
    people = [
        someone(
            f"Annemieke van den Berg-Jansen {n}",
            f"a{n}@x{n}.example",
            school=f"Scholengemeenschap {n % 120} van de Veluwe",
        )
        for n in range(300)
    ]
    html = page(*people)
    assert len(names(html)) == 300
    assert len(html.encode()) < 40_000
