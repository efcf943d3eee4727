"""What is answered to who posts to an English network, whatever comes of it."""

import json
import re
from typing import Any

import boto3
import pytest

from functions.submit import refusals
from shared import problems
from shared.access.links import Links
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.http import Problem
from shared.pages import problems as own_pages
from tests.conftest import PLG
from tests.functions.submit.posts import JAN, OPEN, TOO_EARLY, TOO_LATE, event, form_post, join, json_post
from tests.functions.submit.test_handler import post
from tests.languages import foreign
from tests.people import someone

REFUSED = {
    422: json_post({"email": "jan", "school": "x" * 200, "participants": [{"name": "Ann", "email": "ann"}]}),
    403: json_post(at=TOO_EARLY),
    413: event("x" * 263_000),
    400: event("{", accept="application/json"),
}


@pytest.fixture(autouse=True)
def english(fresh_submit: None, table: Table) -> Network:
    return speaks_english(table)


def speaks_english(table: Table, **changes: str) -> Network:
    toml = PLG.read_text().replace("Leernetwerk Professionele leergemeenschap", "Learning Network")
    toml = toml.replace("title =", 'language = "en"\ntitle =', 1)
    for old, new in changes.items():
        toml = toml.replace(old, new)
    return table.apply_network(toml, PLG.name, OPEN)


def shown(response: dict[str, Any]) -> str:
    """What a person reads in an answer, whether it is a page or JSON."""
    body = str(response["body"])
    if body.startswith("{"):
        said = json.loads(body)
        told = (said.get("message"), said.get("title"), said.get("detail"))
        return " ".join([*filter(None, told), *(error["message"] for error in said.get("errors", []))])
    return re.sub(r"<style>.*?</style>|<[^>]*>", " ", body, flags=re.DOTALL)


@pytest.mark.parametrize("status", REFUSED)
def test_a_refusal_is_in_english(status: int) -> None:
    response = post(REFUSED[status])
    assert response["statusCode"] == status
    assert response["headers"]["content-language"] == "en"
    assert shown(response)
    assert foreign(shown(response), "en") == set()


def test_every_mistake_is_told_in_english() -> None:
    said = json.loads(post(REFUSED[422])["body"])
    assert (said["title"], said["detail"]) == (
        "Check the form",
        "4 things are not right yet. Correct that and send the form again.",
    )
    assert [error["message"] for error in said["errors"]] == [
        "Enter your name.",
        "This email address is not right. Check it for a typing mistake.",
        "This is too long. Use 160 characters at most.",
        "This email address is not right. Check it for a typing mistake.",
    ]


def test_who_is_stored_is_told_so_in_english() -> None:
    response = post(json_post())
    assert json.loads(response["body"])["message"].startswith("We have your registration.")
    assert response["headers"]["content-language"] == "en"
    late = json.loads(post(json_post({**JAN, "email": "ann@berg.example"}, at=TOO_LATE))["body"])
    assert "Voortgezet Leren decides if you can take part." in late["message"]


def test_dates_and_hours_are_said_as_in_english(table: Table) -> None:
    speaks_english(table, **{"opens = 2023-02-01": "opens = 2023-02-01T09:30:00+01:00"})
    assert "You can register from Wednesday 1 February 2023, 9:30." in shown(post(json_post(at=TOO_EARLY)))


def test_after_the_deadline_a_closed_network_names_it_in_english(table: Table) -> None:
    speaks_english(table, **{'late = "keep"': 'late = "refuse"'})
    assert "up to and including Friday 14 April 2023" in shown(post(form_post(at=TOO_LATE)))


def test_a_page_with_mistakes_is_in_english_and_says_so_in_its_headers() -> None:
    for asked in (form_post({"email": "jan"}), form_post({}), form_post(at=TOO_EARLY)):
        response = post(asked)
        assert response["headers"]["content-language"] == "en"
        assert '<html lang="en">' in response["body"]
        assert foreign(shown(response), "en") == set()


def test_a_forwarded_link_opens_an_english_form(table: Table, english: Network) -> None:
    boto3.client("secretsmanager").create_secret(Name="links", SecretString="a key")
    table.register([someone()])
    response = post(join(Links(["a key"]).forward(someone(), english).rpartition("/")[2]))
    assert "Registration is open up to and including Friday 14 April 2023." in shown(response)
    assert foreign(shown(response), "en") == set()


def test_when_storage_fails_that_is_said_in_english_too() -> None:
    post(json_post())
    boto3.client("dynamodb").delete_table(TableName="tweetal")
    for asked in (form_post(), json_post()):
        response = post(asked)
        assert response["statusCode"] == 503
        assert "That is our fault." in shown(response)
        assert foreign(shown(response), "en") == set()


def test_an_unknown_network_answers_in_dutch() -> None:
    response = post(json_post(network="nergens"))
    assert response["headers"]["content-language"] == "nl"
    assert "kennen we niet" in shown(response)


@pytest.mark.parametrize("where", [refusals, own_pages, problems], ids=["posts", "own pages", "all"])
def test_every_problem_can_be_told_in_english(where: Any) -> None:
    # Who comes to no network, or with a link of nobody, has no language that we know.
    nobody = {"unknown-network", "unknown-link"}
    told = [it for it in vars(where).values() if isinstance(it, Problem) and it.code not in nobody]
    assert len(told) >= 2
    for problem in told:
        english = problem.in_language("en")
        assert foreign(f"{english.title} {english.detail}", "en") == set()
        assert english.title != problem.title
        assert problem.in_language("nl") == problem
