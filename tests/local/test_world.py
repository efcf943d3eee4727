import json
from datetime import datetime
from typing import Any

import boto3
import pytest

from local.runtime import InvocationError
from local.world import World
from shared.domain.network.network import NetworkError

POST = "/networks/plg-2023/registrations"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def sent_to(world: World) -> list[str]:
    return [mail["to"][0] for mail in world.mails()]


def items(world: World, pk: str) -> list[str]:
    values = {":pk": {"S": pk}}
    answer = boto3.client("dynamodb").query(
        TableName="Table", KeyConditionExpression="pk = :pk", ExpressionAttributeValues=values
    )
    return [item["sk"]["S"] for item in answer["Items"]]


def test_what_is_stored_is_mailed_as_the_template_says(world: World) -> None:
    answer = world.http("POST", POST, FORM, "anna@berg.example")
    (mail,) = world.mails()
    assert answer.status == 303
    assert {
        key: mail[key] for key in ("kind", "network", "to", "from", "reply_to", "subject", "text", "html")
    } == {
        "kind": "letter",
        "network": "plg-2023",
        "to": ["anna@berg.example"],
        "from": "De post <aanmelden@tweetal.example>",
        "reply_to": "balie@post.example",
        "subject": "Je brief",
        "text": "Dag!",
        "html": "<p>Dag!</p>",
    }
    assert mail["headers"]["Auto-Submitted"] == "auto-generated"
    assert mail["sent_at"] == "2023-03-20T09:00:00+01:00"
    assert mail["attachments"] == [
        {"filename": "brief.txt", "content_type": "text/plain", "content_base64": "RGFnIQ=="}
    ]


def test_mails_of_posts_that_come_one_by_one_are_in_their_order(world: World) -> None:
    people = [f"p{i}@berg.example" for i in range(25)]
    for person in people:
        world.http("POST", POST, FORM, person)
    assert sent_to(world) == people
    assert len({mail["id"] for mail in world.mails()}) == 25


def test_a_letter_that_cannot_be_sent_holds_up_no_other_and_is_given_up(world: World) -> None:
    for person in ("a@berg.example", "poison@berg.example", "b@berg.example"):
        world.answer(_request(world, person))
    world.pump()
    assert sent_to(world) == ["a@berg.example", "b@berg.example"]
    assert [record["dynamodb"]["NewImage"]["to"]["S"] for record in world.given_up] == ["poison@berg.example"]


def _request(world: World, person: str) -> Any:
    from local.web import RawRequest

    return RawRequest("POST", POST, tuple(FORM.items()), person.encode())


def test_ses_reports_the_outcome_of_each_mail(world: World) -> None:
    world.http("POST", POST, FORM, "anna@berg.example")
    world.http("POST", POST, FORM, "bounce.bea@berg.example")
    world.http("POST", POST, FORM, "complaint@berg.example")
    outcomes = [key.split()[1] for key in items(world, "OUTCOME")]
    assert outcomes == ["Delivery", "Send", "Bounce", "Send", "Complaint", "Delivery", "Send"]


def test_a_function_that_fails_is_an_error_to_the_client_and_a_trace_in_the_log(world: World) -> None:
    answer = world.http("GET", "/desk/crash")
    assert (answer.status, answer.json()) == (500, {"message": "Internal Server Error"})
    assert any("the desk is closed" in line.text for line in world.log.lines)


def test_what_a_function_prints_is_in_the_log(world: World) -> None:
    world.http("POST", POST, FORM, "anna@berg.example")
    assert [(line.function, line.text) for line in world.log.lines] == [("Desk", "a letter came in")]


def test_a_path_without_a_route_is_not_found(world: World) -> None:
    answer = world.http("GET", POST)
    assert (answer.status, answer.json()) == (404, {"message": "Not Found"})


def test_a_function_gets_its_own_environment_and_a_request_id_of_its_own(world: World) -> None:
    first, second = (world.http("GET", "/desk/event").json() for _ in range(2))
    assert (first["function"], first["base_url"]) == ("Desk", "http://127.0.0.1:8080")
    ids = {answer["event"]["requestContext"]["requestId"] for answer in (first, second)}
    assert len(ids) == 2


def test_request_ids_are_of_one_length_so_that_a_number_behind_one_makes_no_other(world: World) -> None:
    answers = [world.http("GET", "/desk/event").json() for _ in range(12)]
    assert len({len(answer["event"]["requestContext"]["requestId"]) for answer in answers}) == 1


def test_the_check_gets_the_clocks_time_in_utc(world: World) -> None:
    world.set_clock(datetime.fromisoformat("2023-04-12T09:00:00+02:00"))
    assert world.check() == {"rang": {"time": "2023-04-12T07:00:00Z"}}


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2023-03-20T09:00:00+01:00", "2023-03-21T06:30:00+01:00"),
        ("2023-03-20T05:00:00+01:00", "2023-03-21T06:30:00+01:00"),
        ("2023-03-25T09:00:00+01:00", "2023-03-26T06:30:00+02:00"),  # summer time begins
        ("2023-03-20T23:30:00+00:00", "2023-03-22T06:30:00+01:00"),  # it is the 21st in Amsterdam
    ],
)
def test_the_next_day_begins_when_the_template_says(world: World, now: str, then: str) -> None:
    world.set_clock(datetime.fromisoformat(now))
    world.next_day()
    assert world.now == datetime.fromisoformat(then)


def test_pending_work_is_done_before_the_clock_is_set(world: World) -> None:
    world.answer(_request(world, "anna@berg.example"))
    world.set_clock(datetime.fromisoformat("2023-04-12T09:00:00+02:00"))
    assert [mail["sent_at"] for mail in world.mails()] == ["2023-03-20T09:00:00+01:00"]


def test_starting_over_keeps_nothing_but_the_network_files(world: World) -> None:
    world.http("POST", POST, FORM, "anna@berg.example")
    world.set_clock(datetime.fromisoformat("2023-04-12T09:00:00+02:00"))
    world.reset()
    assert (world.mails(), items(world, "LETTER#plg-2023"), list(world.log.lines)) == ([], [], [])
    assert world.now == datetime.fromisoformat("2023-03-20T09:00:00+01:00")
    assert list(world.table.networks()) == ["plg-2023"]


def test_a_network_that_is_wrong_changes_nothing(world: World) -> None:
    with pytest.raises(NetworkError, match="the network: id"):
        world.apply_network("id = 1")
    assert list(world.networks) == ["plg-2023"]


def test_a_post_from_the_form_site_is_one_from_the_real_site_and_leads_back(world: World) -> None:
    answer = world.http("POST", POST, {**FORM, "origin": "http://localhost:8081"}, "anna@berg.example")
    assert answer.header("location") == "http://localhost:8081/bedankt?reference=1"
    assert answer.header("access-control-allow-origin") == "http://localhost:8081"
    event = world.http("GET", "/desk/event", {"origin": "http://127.0.0.1:8081"}).json()["event"]
    assert event["headers"]["origin"] == "https://www.voortgezetleren.nl"


def test_a_post_from_the_real_site_itself_is_left_alone(world: World) -> None:
    real = "https://www.voortgezetleren.nl"
    answer = world.http("POST", POST, {**FORM, "origin": real}, "anna@berg.example")
    assert answer.header("location") == f"{real}/bedankt?reference=1"
    assert answer.header("access-control-allow-origin") == real


def test_a_page_of_our_own_may_lead_to_the_form_site(world: World) -> None:
    policy = world.http("GET", "/desk/policy").header("content-security-policy")
    assert policy == "form-action 'self' https://www.voortgezetleren.nl http://127.0.0.1:8081"
    answer = world.http("POST", POST, {**FORM, "origin": "http://127.0.0.1:8080"}, "anna@berg.example")
    assert answer.header("location") == "http://127.0.0.1:8081/bedankt?reference=1"


def test_a_program_without_an_origin_sees_the_real_site(world: World) -> None:
    answer = world.http("POST", POST, FORM, "anna@berg.example")
    assert answer.header("location") == "https://www.voortgezetleren.nl/bedankt?reference=1"


def test_cookies_and_bytes_of_an_answer_come_through(world: World) -> None:
    answer = world.http("GET", "/desk/page")
    assert answer.body == b"\x00GIF"
    assert [value for name, value in answer.headers if name == "set-cookie"] == ["a=1", "b=2"]


def test_a_function_is_called_by_its_folder_or_its_logical_id(world: World) -> None:
    assert world.invoke("check", {"a": 1}) == world.invoke("Check", {"a": 1}) == {"rang": {"a": 1}}
    with pytest.raises(KeyError, match="desk, post, check, outcome"):
        world.invoke("nobody", {})
    with pytest.raises(InvocationError):
        world.invoke("desk", json.loads("{}"))
