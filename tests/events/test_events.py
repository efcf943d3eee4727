"""Every file in events/ is a real payload: each test runs one, and checks its effects."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from local.invoke import play
from local.world import World
from shared.domain.outbox import MailRecord, MailState

EVENTS = Path(__file__).parents[2] / "events"
ANNA = "PLG-0GHEHHAE-confirmation-1"
Play = Callable[[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def _world() -> Iterator[World]:
    with World() as world:
        yield world


@pytest.fixture
def world(_world: World) -> World:
    _world.reset()
    return _world


@pytest.fixture
def played(world: World) -> Play:
    return lambda function, name: play(world, function, json.loads((EVENTS / f"{name}.json").read_text()))


def kinds(result: dict[str, Any]) -> list[tuple[str, str]]:
    return [(mail["kind"], mail["to"][0]) for mail in result["mails"]]


def test_a_json_post_is_stored_and_confirmed(played: Play, world: World) -> None:
    result = played("submit", "submit-json")
    assert result["answer"]["statusCode"] == 201
    (anna,) = world.registrations()
    assert json.loads(result["answer"]["body"])["reference"] == anna.reference
    assert kinds(result) == [("confirmation", "anna@berg.example")]


def test_a_urlencoded_post_brings_a_colleague_and_leads_to_the_thanks(played: Play, world: World) -> None:
    result = played("submit", "submit-urlencoded-base64")
    assert result["answer"]["statusCode"] == 303
    assert result["answer"]["headers"]["location"].startswith(
        "https://www.voortgezetleren.nl/bedankt?reference=PLG-"
    )
    assert sorted(kinds(result)) == [("confirmation", "renee@dal.example"), ("invited", "bram@dal.example")]
    assert {r.name: r.place for r in world.registrations()} == {
        "Renée ’t Hart": "’s-Hertogenbosch",
        "Bram Kuipers": "’s-Hertogenbosch",
    }


def test_a_multipart_post_keeps_its_lines(played: Play, world: World) -> None:
    assert played("submit", "submit-multipart-base64")["answer"]["statusCode"] == 303
    (daan,) = world.registrations()
    assert (daan.school, daan.remarks) == ("!mpulse", "Eerste regel\nTweede regel")


def test_a_preflight_is_allowed_from_the_forms_site(played: Play) -> None:
    answer = played("submit", "submit-preflight")["answer"]
    assert answer["statusCode"] == 204
    assert answer["headers"]["access-control-allow-origin"] == "https://www.voortgezetleren.nl"


def test_a_registrants_page_shows_their_data(played: Play) -> None:
    assert played("manage", "manage-get")["answer"]["statusCode"] == 404  # nobody is registered yet
    played("mail", "stream-insert")
    answer = played("manage", "manage-get")["answer"]
    assert answer["statusCode"] == 200
    assert "Anna Bos" in answer["body"]


def test_a_form_gets_suggestions_of_schools(played: Play) -> None:
    answer = played("schools", "schools-get")["answer"]
    assert answer["headers"]["access-control-allow-origin"] == "https://www.voortgezetleren.nl"
    assert json.loads(answer["body"])[0]["name"] == "Willem Lodewijkgymnasium"


def test_a_form_gets_a_challenge(played: Play) -> None:
    answer = played("challenge", "challenge-get")["answer"]
    assert answer["headers"]["access-control-allow-origin"] == "https://www.voortgezetleren.nl"
    assert json.loads(answer["body"])["algorithm"] == "SHA-256"


def test_a_registrant_cancels_on_their_own_page(played: Play, world: World) -> None:
    played("mail", "stream-insert")
    result = played("amend", "amend-post")
    assert result["answer"]["statusCode"] == 303
    assert result["answer"]["headers"]["location"].endswith("?done=cancelled")
    assert kinds(result) == [("cancelled", "anna@berg.example")]
    assert [r.state.value for r in world.registrations()] == ["cancelled"]


def test_a_forwarded_link_opens_the_form_with_the_school_filled_in(played: Play) -> None:
    played("mail", "stream-insert")
    answer = played("submit", "join-get")["answer"]
    assert answer["statusCode"] == 200
    assert 'value="Bergcollege"' in answer["body"]


def test_a_new_registration_is_confirmed_once_for_any_number_of_events(played: Play) -> None:
    assert kinds(played("mail", "stream-insert")) == [("confirmation", "anna@berg.example")]
    again = played("mail", "stream-insert")
    assert (again["answer"], again["mails"]) == ({"batchItemFailures": []}, [])


def test_a_decision_is_mailed(played: Play) -> None:
    assert kinds(played("mail", "stream-modify")) == [("held", "anna@berg.example")]


def test_an_item_that_expires_causes_no_mail(played: Play) -> None:
    result = played("mail", "stream-ttl-remove")
    assert (result["answer"], result["mails"]) == ({"batchItemFailures": []}, [])


def test_a_report_that_is_owed_is_sent_to_the_organiser(played: Play) -> None:
    result = played("mail", "stream-report-insert")
    assert kinds(result) == [("report", "info@voortgezetleren.nl")]


def test_a_code_that_is_asked_for_is_sent_to_the_organiser_once(played: Play) -> None:
    assert kinds(played("mail", "stream-code-insert")) == [("code", "info@voortgezetleren.nl")]
    assert kinds(played("mail", "stream-code-insert")) == []


def test_an_organisers_link_opens_a_door(played: Play) -> None:
    answer = played("organise", "organise-get")["answer"]
    assert answer["statusCode"] == 200
    assert "Mail mij een code" in answer["body"]


def test_an_organiser_asks_for_a_code_and_is_mailed_one(played: Play) -> None:
    result = played("decide", "decide-post")
    assert result["answer"]["statusCode"] == 200
    assert "Typ je code" in result["answer"]["body"]
    assert kinds(result) == [("code", "info@voortgezetleren.nl")]


def test_the_check_decides_and_reports(played: Play, world: World) -> None:
    played("submit", "submit-json")
    result = played("check", "check-scheduler")
    assert sorted(kinds(result)) == [("held", "anna@berg.example"), ("report", "info@voortgezetleren.nl")]
    assert [r.state.value for r in world.registrations()] == ["held"]


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("delivery-send", "sent"),
        ("delivery-delivery", "delivered"),
        ("delivery-bounce", "bounced"),
        ("delivery-complaint", "complained"),
    ],
)
def test_an_event_of_ses_is_kept_with_its_mail(played: Play, world: World, name: str, state: str) -> None:
    claimed = MailRecord("plg-2023", ANNA, "confirmation", ANNA[:12], MailState.SENDING, world.now)
    world.table.claim_mail(claimed, world.now)
    assert played("delivery", name)["answer"] == {"kept": 1, "ignored": 0}
    (record,) = world.table.mails("plg-2023")
    assert record.state.value == state


def test_the_command_runs_an_event_and_prints_the_result() -> None:
    path = str(EVENTS / "submit-json.json")
    command = [sys.executable, "-m", "local.invoke", "submit", path, "--after", "submit", path]
    done = subprocess.run(command, capture_output=True, check=True, cwd=EVENTS.parent, text=True)  # noqa: S603 our own
    result = json.loads(done.stdout)
    assert result["answer"]["statusCode"] == 201
    assert result["mails"] == []  # the same person again


def test_every_file_is_played() -> None:
    source = Path(__file__).read_text()
    assert [path.name for path in EVENTS.iterdir() if f'"{path.stem}"' not in source] == []
