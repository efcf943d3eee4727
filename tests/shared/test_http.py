import base64
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.http import FieldMessage, Problem, answer, empty, page, problem, redirect, with_headers
from shared.request import read_request

EVENT: dict[str, Any] = {
    "requestContext": {
        "domainName": "api.example",
        "http": {"method": "POST"},
        "requestId": "abc=",
        "timeEpoch": 1681509599999,
    }
}
INVALID = Problem(
    422, "not-valid", "Controleer", "1 ding", (FieldMessage("name", "required", "Vul je naam in."),)
)
HTML = "<html><head><style>p { color: red }</style></head><p>&lt;style&gt;</p></html>"
ANSWERS = [
    answer(201, {}),
    problem(INVALID),
    page(200, HTML),
    page(422, HTML, ""),
    redirect("https://x.example/"),
]


def test_an_instant_keeps_its_last_millisecond() -> None:
    assert read_request(EVENT).at == datetime(2023, 4, 14, 21, 59, 59, 999_000, tzinfo=UTC)


def test_a_request_without_headers_parameters_or_body_is_an_empty_one() -> None:
    asked = read_request(EVENT)
    assert (asked.headers, asked.parameters, asked.body, asked.content_type) == ({}, {}, "", "")
    assert not asked.is_base64


def test_header_names_have_no_case() -> None:
    assert read_request(EVENT | {"headers": {"Content-Type": "a/b"}}).content_type == "a/b"


@pytest.mark.parametrize("response", ANSWERS, ids=["answer", "problem", "page", "form", "redirect"])
def test_every_answer_is_safe_to_show(response: dict[str, Any]) -> None:
    headers = response["headers"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"].startswith("max-age=63072000")
    assert headers["x-robots-tag"] == "noindex"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] in ("no-referrer", "same-origin")


def test_a_problem_is_a_document_of_rfc_9457_with_every_mistake() -> None:
    response = problem(INVALID)
    assert response["statusCode"] == 422
    assert response["headers"]["content-type"] == "application/problem+json"
    assert json.loads(response["body"]) == {
        "type": "/problems/not-valid",
        "title": "Controleer",
        "status": 422,
        "detail": "1 ding",
        "errors": [{"field": "name", "code": "required", "message": "Vul je naam in."}],
    }
    assert "errors" not in json.loads(problem(Problem(404, "x", "y", "z"))["body"])


def policy(response: dict[str, Any]) -> dict[str, str]:
    directives = response["headers"]["content-security-policy"].split("; ")
    return {name: value for name, _, value in (each.partition(" ") for each in directives)}


def test_a_page_allows_its_own_style_sheet_and_nothing_else() -> None:
    digest = base64.b64encode(hashlib.sha256(b"p { color: red }").digest()).decode()
    assert policy(page(200, HTML)) == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert policy(page(200, "<p>"))["style-src"] == "'none'"


def test_a_page_with_a_script_of_ours_allows_that_script_alone() -> None:
    digest = base64.b64encode(hashlib.sha256(b"let x").digest()).decode()
    assert policy(page(200, HTML + "<script>let x</script>"))["script-src"] == f"'sha256-{digest}'"


def test_a_form_leads_to_us_and_to_where_we_redirect() -> None:
    assert policy(page(422, HTML, "https://www.x.example"))["form-action"] == "'self' https://www.x.example"
    assert policy(page(422, HTML, ""))["form-action"] == "'self'"


def test_a_page_with_a_form_lets_the_browser_say_where_it_posts_from() -> None:
    assert page(422, HTML, "")["headers"]["referrer-policy"] == "same-origin"
    assert page(404, HTML)["headers"]["referrer-policy"] == "no-referrer"


def test_a_redirect_is_followed_with_get() -> None:
    response = redirect("https://x.example/bedankt?reference=PLG-1")
    assert response["statusCode"] == 303
    assert response["headers"]["location"] == "https://x.example/bedankt?reference=PLG-1"


def test_headers_are_added_and_stay() -> None:
    response = with_headers(empty(204, {"a": "1"}), {"b": "2"})
    assert {"a", "b", "cache-control"} <= response["headers"].keys()
