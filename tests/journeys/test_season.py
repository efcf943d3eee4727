import base64
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import icalendar
import pytest

from local.web import RawRequest
from shared.domain.registration.registration import State
from tests.journeys.conftest import FORM, PATH, Story
from tests.journeys.season import acts


def at(story: Story, text: str) -> None:
    story.world.set_clock(datetime.fromisoformat(text))


# Those on which somebody is mailed; or every one from the first registration to the decision.
MORNINGS = [f"2023-{day}T07:00:00+02:00" for day in ("03-31", "04-06", "04-12", "04-15")]
DAILY = [(datetime.fromisoformat(MORNINGS[-1]) - timedelta(days=n)).isoformat() for n in range(25, -1, -1)]


@pytest.mark.parametrize("mornings", [MORNINGS, pytest.param(DAILY, marks=pytest.mark.slow)])
def test_from_the_first_registration_to_the_decision(story: Story, mornings: list[str]) -> None:
    story.registers("Anna Bos")
    assert story.kinds("anna") == ["confirmation"]
    story.registers("Bram Kuipers")
    assert story.kinds("anna") == ["confirmation", "complete"]
    assert story.kinds("bram") == ["confirmation"]
    story.registers("Carla Smit", "Dalcollege", email="carla@dal.example")
    for morning in mornings:
        at(story, morning)
        story.world.check()
    assert story.states() == {"Anna": "admitted", "Bram": "admitted", "Carla": "held"}
    assert story.kinds("anna") == ["confirmation", "complete", "admitted"]
    assert story.kinds("bram") == ["confirmation", "admitted"]
    assert story.kinds("carla") == ["confirmation", "reminder", "reminder", "reminder", "held"]
    assert len(story.mails("report")) == len(mornings)


def test_who_is_admitted_gets_four_meetings_for_the_calendar(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    at(story, "2023-04-15T07:00:00+02:00")
    story.world.check()
    (file,) = story.mails("admitted", "anna")[0]["attachments"]
    calendar = icalendar.Calendar.from_ical(base64.b64decode(file["content_base64"]))
    assert len(calendar.events) == 4
    assert [_utc_hour(event) for event in calendar.events] == [10, 10, 10, 11]


def _utc_hour(event: icalendar.Event) -> int:
    assert isinstance(event.start, datetime)
    return event.start.astimezone(UTC).hour


def test_a_colleague_in_the_same_post_is_told_who_gave_us_their_data(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    assert story.kinds("anna") == ["confirmation"]
    assert story.kinds("bram") == ["invited"]
    assert "Anna Bos" in story.mails("invited")[0]["text"]


def test_whom_somebody_brings_later_is_told_by_whom_too(story: Story) -> None:
    story.registers("Anna Bos")
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    story.registers("Carla Smit", "Dalcollege")
    assert story.kinds("anna") == ["confirmation", "complete"]
    assert story.kinds("bram") == ["invited"]
    assert "Anna Bos" in story.mails("invited")[0]["text"]
    # The first of those two writes was refused, and what came after is mailed all the same.
    assert story.kinds("carla") == ["confirmation"]


def test_who_was_brought_and_corrects_the_school_is_not_welcomed_again(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    acts(story, "bram", "action=change&name=Bram+Kuipers&school=Dalcollege&place=Ede")
    assert story.kinds("anna") == ["confirmation", "changed"]
    assert story.kinds("bram") == ["invited", "changed"]


def test_a_colleague_who_uses_the_forward_link_is_of_the_same_school(story: Story) -> None:
    story.registers("Anna Bos")
    link = next(w for w in story.mails("confirmation")[0]["text"].split() if "/join/" in w)
    path = link.partition("//")[2].partition("/")[2]
    page = story.world.http("GET", f"/{path}")
    assert page.status == 200
    assert 'value="Bergcollege"' in page.body.decode()
    story.registers("Bram Kuipers", "een heel andere naam", forward=path.rpartition("/")[2])
    assert story.kinds("anna") == ["confirmation", "complete"]


def test_the_last_moment_of_14_april_counts_and_the_next_is_late(story: Story) -> None:
    at(story, "2023-04-14T23:59:59.900+02:00")
    story.registers("Anna Bos")
    at(story, "2023-04-15T00:00:00+02:00")
    story.registers("Bram Kuipers")
    assert story.states() == {"Anna": "registered", "Bram": "late"}
    assert story.kinds("bram") == ["late"]
    story.world.check()
    assert story.states() == {"Anna": "held", "Bram": "late"}


def test_three_missed_days_give_one_reminder_and_one_decision(story: Story) -> None:
    story.registers("Anna Bos")
    at(story, "2023-04-11T07:00:00+02:00")  # the first working day after Easter
    story.world.check()
    story.world.check()
    assert story.kinds("anna") == ["confirmation", "reminder"]
    at(story, "2023-04-18T07:00:00+02:00")
    story.world.check()
    story.world.check()
    assert story.kinds("anna") == ["confirmation", "reminder", "held"]
    assert len(story.mails("report")) == 2


def test_the_same_person_with_other_data_hears_so_once_an_hour(story: Story) -> None:
    first = story.registers("Anna Bos")
    assert story.registers("Anna Bos", functie="rector") == first
    assert story.registers("Anna Bos", functie="docent") == first
    assert story.kinds("anna") == ["confirmation", "already"]


def test_a_robot_that_fills_in_the_hidden_field_is_kept_and_nobody_is_mailed(story: Story) -> None:
    assert story.registers("Casino Bonus", website="https://casino.example").startswith("PLG-")
    assert story.states() == {"Casino": "quarantined"}
    assert story.world.mails() == []


def test_a_mail_that_bounces_is_in_the_next_report(story: Story) -> None:
    reference = story.registers("Bea Bos", email="bounce@berg.example")
    story.world.check()
    assert reference in story.mails("report")[0]["text"]


def test_an_organiser_reads_the_state_in_the_subject(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    story.registers("Carla Smit", "Dalcollege", email="carla@dal.example")
    at(story, "2023-04-07T07:00:00+02:00")
    story.world.check()
    (report,) = story.mails("report")
    assert report["subject"].startswith("PLG: 1 school compleet, 1 te kort")
    assert report["subject"].endswith(", 7 dagen")
    assert report["to"] == ["info@voortgezetleren.nl"]
    assert [a["filename"].rpartition(".")[2] for a in report["attachments"]] == ["xlsx", "csv"]


def test_every_mail_answers_to_the_organiser_and_keeps_robots_quiet(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    for mail in story.world.mails():
        assert mail["reply_to"] == "info@voortgezetleren.nl"
        assert mail["headers"]["Auto-Submitted"] == "auto-generated"
        assert len(mail["to"]) == 1
        assert "Voortgezet Leren" in mail["from"]


def test_the_own_page_shows_what_we_have_and_nothing_changes_by_looking(story: Story) -> None:
    story.registers("Anna Bos")
    link = next(w for w in story.mails("confirmation")[0]["text"].split() if "/me/" in w)
    path = "/" + link.partition("//")[2].partition("/")[2]
    before = story.world.registrations()
    page = story.world.http("GET", path)
    assert page.status == 200
    assert "Anna Bos" in page.body.decode()
    assert story.world.http("GET", path[:-1] + "x").status == 404
    assert story.world.registrations() == before


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"content-type": "application/json"}, '{"name": "x"}', 422),
        ({"content-type": "application/json"}, "{", 400),
        ({"content-type": "text/plain"}, "x", 400),
        ({"content-type": "application/json"}, " " * 263_000, 413),
        ({"content-type": "application/json", "origin": "https://evil.example"}, '{"name": "x"}', 422),
    ],
)
def test_each_refusal_has_its_status(story: Story, headers: dict[str, str], body: str, status: int) -> None:
    answer = story.world.http("POST", PATH, {"accept": "application/json", **headers}, body)
    assert answer.status == status
    assert answer.header("content-type") == "application/problem+json"
    assert json.loads(answer.body)["status"] == status
    assert story.world.registrations() == []


def test_cors_stands_on_answers_and_on_errors(story: Story) -> None:
    headers = {"content-type": "application/json", "origin": FORM}
    assert story.world.http("POST", PATH, headers, "{}").header("access-control-allow-origin") == FORM
    ask = {"origin": FORM, "access-control-request-method": "POST"}
    preflight = story.world.http("OPTIONS", PATH, ask)
    assert preflight.status == 204
    assert preflight.header("access-control-allow-origin") == FORM
    unknown = story.world.http("POST", "/networks/nergens/registrations", headers, "{}")
    assert (unknown.status, unknown.header("access-control-allow-origin")) == (404, FORM)


def cancels(story: Story, name: str) -> None:
    now = next(r for r in story.world.registrations() if r.name.startswith(name))
    assert story.world.table.save(now.become(State.CANCELLED, story.world.now, "person", "kan toch niet"))


def test_after_the_deadline_one_school_repairs_in_time_and_another_does_not(story: Story) -> None:
    for school in ("Bergcollege", "Dalcollege"):
        first, second = ("Anna", "Bram") if school == "Bergcollege" else ("Carla", "Dirk")
        story.registers(f"{first} Bos", school)
        story.registers(f"{second} Smit", school)
    at(story, "2023-04-15T07:00:00+02:00")
    story.world.check()
    at(story, "2023-04-20T10:00:00+02:00")
    cancels(story, "Bram")
    cancels(story, "Dirk")
    assert story.kinds("bram")[-1] == "cancelled"
    assert story.kinds("anna")[-1] == story.kinds("carla")[-1] == "changed"
    at(story, "2023-04-24T10:00:00+02:00")
    link = next(w for w in story.mails("changed", "anna")[0]["text"].split() if "/join/" in w)
    story.registers("Kim Visser", "zomaar iets", forward=link.rpartition("/")[2])
    assert story.states()["Kim"] == "registered"
    assert story.kinds("anna")[-1] == "complete"
    story.registers("Laat Komer", "Zeecollege")
    assert story.states()["Laat"] == "late"
    at(story, "2023-04-28T07:00:00+02:00")
    story.world.check()
    assert story.states() == {
        "Anna": "admitted", "Bram": "cancelled", "Carla": "held", "Dirk": "cancelled",
        "Kim": "admitted", "Laat": "late",
    }  # fmt: skip
    assert story.kinds("carla")[-1] == "held"


@pytest.mark.parametrize("forgotten", [False, True], ids=["at-once", "after-the-name-has-gone"])
def test_who_left_after_the_deadline_repairs_their_school_by_registering_again(
    story: Story, forgotten: bool
) -> None:
    story.registers("Anna Bos")
    story.registers("Bram Smit")
    at(story, "2023-04-15T07:00:00+02:00")
    story.world.check()
    cancels(story, "Bram")
    at(story, "2023-04-15T12:00:00+02:00")
    if forgotten:
        story.world.next_day()
        story.world.next_day()
    story.registers("Bram Smit", functie="rector")
    assert story.states() == {"Anna": "admitted", "Bram": "registered"}
    assert story.kinds("anna")[-1] == "complete"


def test_a_network_that_takes_nobody_late_still_lets_a_school_repair(story: Story) -> None:
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(toml.replace('late = "keep"', 'late = "refuse"'))
    story.registers("Anna Bos")
    story.registers("Bram Smit")
    at(story, "2023-04-15T07:00:00+02:00")
    story.world.check()
    link = next(w for w in story.mails("confirmation")[0]["text"].split() if "/join/" in w)
    path = "/" + link.partition("//")[2].partition("/")[2]
    assert story.world.http("GET", path).status == 403
    at(story, "2023-04-20T10:00:00+02:00")
    cancels(story, "Bram")
    assert story.world.http("GET", path).status == 200
    story.registers("Kim Visser", forward=path.rpartition("/")[2])
    assert story.states()["Kim"] == "registered"
    body = {"name": "Laat Komer", "email": "laat@zee.example", "school": "Zeecollege"}
    late = story.world.http("POST", PATH, {"content-type": "application/json"}, json.dumps(body))
    assert late.status == 403


def test_a_session_that_moves_is_one_edited_network_file_and_one_mail_to_everybody(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    at(story, "2023-04-15T07:00:00+02:00")
    story.world.check()
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(toml.replace("2023-06-29", "2023-07-03"))
    assert story.mails("moved") == []  # a typing error can still be mended
    at(story, "2023-04-15T07:30:00+02:00")
    for person in ("anna", "bram"):
        (mail,) = story.mails("moved", person)
        assert "maandag 3 juli 2023" in " ".join(mail["text"].split())
    story.world.next_day()
    assert len(story.mails("moved")) == 2


def test_a_wrong_date_of_a_session_that_is_mended_within_half_an_hour_mails_nobody(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    at(story, "2023-04-15T07:00:00+02:00")
    story.world.check()
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(toml.replace("2023-06-29", "2023-06-28"))
    at(story, "2023-04-15T07:29:00+02:00")
    story.world.apply_network(toml)
    story.world.next_day()
    assert story.mails("moved") == []


def test_who_takes_part_is_reminded_a_week_before_a_session_where_the_network_asks_for_it(
    story: Story,
) -> None:
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(toml.replace("[rule]", "[rule]\nremind_session_days_before = 7"))
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    at(story, "2023-04-15T07:00:00+02:00")
    story.world.check()
    at(story, "2023-05-02T07:00:00+02:00")
    for _ in range(3):
        story.world.next_day()
    assert [mail["sent_at"][:10] for mail in story.mails("upcoming", "anna")] == ["2023-05-03"]


def test_a_stream_that_was_off_for_a_day_costs_no_mail(story: Story) -> None:
    world = story.world
    world.answer(_post("Anna Bos", "anna@berg.example"))
    world._aftermath.skip(world.now)  # what the stream recorded never reaches us
    assert story.mails() == []
    at(story, "2023-03-21T09:00:00+01:00")
    assert story.kinds("anna") == ["confirmation"]


def _post(name: str, email: str) -> RawRequest:
    body = urlencode({"naam": name, "email": email, "school": "Bergcollege"}).encode()
    form = ("content-type", "application/x-www-form-urlencoded")
    headers = (("host", "127.0.0.1:8080"), ("origin", FORM), form)
    return RawRequest("POST", PATH, headers, body)
