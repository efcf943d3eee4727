"""docs/openapi.yaml says what every route does, and nothing that is posted to any of them breaks it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from local import openapi
from local.server import Stack, stack
from tests.conftest import ROOT
from tests.journeys.conftest import Story

DOCUMENT = openapi.document()
OPERATIONS = [(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods]
_PORTION = 250  # after so many requests everything starts over, for else the network only grows


def test_the_description_is_current() -> None:
    assert (ROOT / "docs/openapi.yaml").read_text() == openapi.text(), "make openapi"


def test_the_description_is_openapi_3_1() -> None:
    schemathesis = pytest.importorskip("schemathesis", reason="there is no schemathesis here")
    schemathesis.openapi.from_dict(DOCUMENT).validate()
    for schema in DOCUMENT["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    assert yaml.safe_load(openapi.text()) == DOCUMENT


@pytest.fixture(scope="module")
def served() -> Iterator[Stack]:
    with stack(0, 0) as served:
        yield served


def tokens(served: Stack) -> dict[str, str]:
    """Start over with one person registered and one report, and return a link of each kind."""
    served.world.reset()
    story = Story(served.world)
    story.registers("Anna Bos")
    served.world.check()
    text = "".join(mail["text"] for mail in story.mails())
    return {kind: re.findall(rf"/{kind}/([\w.-]+)", text)[0] for kind in ("me", "join", "organiser")}


@pytest.mark.fuzz
@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{m} {p}" for p, m in OPERATIONS])
def test_nothing_that_is_sent_breaks_a_route(
    served: Stack, path: str, method: str, done: Counter[int], pytestconfig: pytest.Config
) -> None:
    schemathesis = pytest.importorskip("schemathesis", reason="there is no schemathesis here")
    operation = schemathesis.openapi.from_dict(DOCUMENT)[path][method.upper()]
    modes = schemathesis.GenerationMode
    kind = path.split("/")[1]
    links = tokens(served)
    sent = Counter[str]()

    @seed(2023)
    @settings(
        max_examples=-(-pytestconfig.getoption("fuzz") // len(OPERATIONS)),
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=st.one_of(operation.as_strategy(modes.POSITIVE), _negative(operation, modes)),
        accept=st.sampled_from(["application/json", "text/html"]),
        ours=st.booleans(),
    )
    def fuzz(case: Any, accept: str, ours: bool) -> None:
        sent["requests"] += 1
        if sent["requests"] % _PORTION == 0:
            links.update(tokens(served))
        if ours:
            case.path_parameters = {**(case.path_parameters or {}), **_real(case, links.get(kind, ""))}
        answer = case.call(base_url=served.site.url, headers={"accept": accept}, allow_redirects=False)
        done[answer.status_code] += 1
        assert "Traceback" not in answer.text
        if answer.status_code != 411:  # a body of unsaid length stops at the local stack's own socket
            case.validate_response(answer, checks=_checks())

    fuzz()
    assert served.world.given_up == []


def _negative(operation: Any, modes: Any) -> Any:
    """Return cases that break the description, where a route has anything to break."""
    return operation.as_strategy(modes.NEGATIVE) if operation.method == "post" else st.nothing()


def _real(case: Any, token: str) -> dict[str, str]:
    real = {"network": "plg-2023", "token": token}
    return {name: real[name] for name in case.path_parameters or {} if name in real}


def _checks() -> list[Any]:
    from schemathesis import checks
    from schemathesis.specs.openapi import checks as ours

    return [
        checks.not_a_server_error,
        ours.status_code_conformance,
        ours.content_type_conformance,
        ours.response_schema_conformance,
    ]
