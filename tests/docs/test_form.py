"""docs/form.md: the names, the settings and the answers that it promises are so."""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from local.world import World
from shared.domain.form.candidates import FormMap
from shared.domain.form.draft import draft
from shared.domain.network.parts import AbuseLimits, FormSettings
from tests.conftest import ROOT
from tests.forms.play import Outcome, play
from tests.forms.posts import BROWSER, FORM, JSON, SANNE, SCRIPT, SERVER, FormPost

TEXT = (ROOT / "docs/form.md").read_text()
NAMES = [
    (ours, name.strip())
    for ours, names in re.findall(r"^\| `([a-z_]+)`[^|]* \| ([^|]+) \| [\d, ]+[a-z ]*\|$", TEXT, re.MULTILINE)
    for name in re.split(r"[,;]", re.sub(r", if no .*|, instead .*", "", names))
]
GOOD = {"naam": SANNE[0], "e-mail": SANNE[1], "school": "Bergcollege"}
WRONG = {**GOOD, "e-mail": "sanne@berg"}
FOREIGN = {"Origin": "https://other.example"}


@pytest.mark.parametrize(("ours", "name"), NAMES, ids=lambda text: text)
def test_a_name_that_it_lists_is_one_of_ours(ours: str, name: str) -> None:
    read = draft([("naam_deelnemer", "Sanne"), (name, "iets")] if "coll" in ours else [(name, "iets")])
    if ours.startswith("colleague_"):
        assert [row.values.get(ours.removeprefix("colleague_")) for row in read.colleagues] == ["iets"]
    else:
        assert "iets" in (read.values.get(ours), read.values["name"] if "name" in ours else None)


def test_there_are_many_such_names() -> None:
    assert len(NAMES) > 20
    sentence = draft([("Wat is de naam van je school? *", "Bergcollege")], FormMap())
    assert sentence.values["school"] == "Bergcollege"


def test_its_settings_are_valid_and_its_defaults_are_the_defaults() -> None:
    blocks = [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)]
    forms = [FormSettings.model_validate(block["form"]) for block in blocks if "form" in block]
    assert sum(len(form.questions) for form in forms) == 1
    plain: Any = FormSettings()
    for block in blocks:
        for key in {"honeypot", "secret_version"} & set(block.get("form", {})):
            assert block["form"][key] == getattr(plain, key)
    (abuse,) = (block["abuse"] for block in blocks if "abuse" in block)
    assert AbuseLimits.model_validate(abuse) == AbuseLimits()
    assert set(abuse) == set(AbuseLimits.model_fields)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World(base_url="http://127.0.0.1:8080", form_url="http://127.0.0.1:8081") as world:
        yield world


def sent(world: World, fields: dict[str, str], headers: dict[str, str], method: str = "POST") -> Outcome:
    """Post fields as a browser does, or as JSON."""
    is_browser = headers.get("Sec-Fetch-Mode") == "navigate"
    body = urlencode(fields) if is_browser else json.dumps(fields)
    return play(
        world, FormPost("", "", headers, FORM if is_browser else JSON, body.encode(), (), method=method)
    )


@pytest.mark.parametrize(
    ("fields", "headers", "status", "people", "kept"),
    [
        pytest.param(GOOD, BROWSER, 303, 1, 0, id="browser"),
        pytest.param(GOOD, SCRIPT, 201, 1, 0, id="script"),
        pytest.param(GOOD, {"Accept": JSON}, 201, 1, 0, id="program"),
        pytest.param(GOOD, SERVER, 200, 1, 0, id="server"),
        pytest.param(WRONG, BROWSER, 422, 0, 0, id="browser-wrong"),
        pytest.param(WRONG, SCRIPT, 422, 0, 0, id="script-wrong"),
        pytest.param(WRONG, {"Accept": JSON}, 422, 0, 0, id="program-wrong"),
        pytest.param(WRONG, SERVER, 200, 0, 1, id="server-wrong"),
        pytest.param({"test": "1"}, SERVER, 200, 0, 0, id="test"),
        pytest.param({**GOOD, "school": "", "cluster": "Berg"}, BROWSER, 422, 0, 0, id="own-mistake"),
        pytest.param({"naam": "S", "e-mail": SANNE[1], "cluster": "Berg"}, BROWSER, 422, 0, 1, id="changed"),
    ],
)
def test_each_client_gets_the_answer_in_its_table(
    world: World, fields: dict[str, str], headers: dict[str, str], status: int, people: int, kept: int
) -> None:
    outcome = sent(world, fields, headers)
    assert (outcome.status, len(outcome.people), outcome.kept) == (status, people, kept)


def test_a_post_from_an_unlisted_site_is_put_aside_and_nobody_is_mailed(world: World) -> None:
    for headers, status in (({**BROWSER, **FOREIGN}, 303), ({**SCRIPT, **FOREIGN}, 201)):
        outcome = sent(world, GOOD, headers)
        assert (outcome.status, outcome.states, outcome.mails) == (status, ("quarantined",), 0)


def test_a_script_of_an_unlisted_site_may_not_ask(world: World) -> None:
    assert sent(world, {}, {**SCRIPT, **FOREIGN}, "OPTIONS").status == 403
    assert sent(world, {}, SCRIPT, "OPTIONS").status == 204
