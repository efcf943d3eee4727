"""The artifact's stand-in of pydantic gives the same models, and the same mistakes, as pydantic."""

import importlib.util
import json
import subprocess
import sys
import tomllib
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from infra import schemas
from shared.domain.form.submission import MAX_COLLEAGUES, Submission
from shared.domain.network.fields import FIELDS
from shared.domain.network.network import Network
from tests.conftest import PLG, ROOT

STANDIN = ROOT / "infra/standins/pydantic/__init__.py"
# Read by the stand-in in a process of its own, where nothing else is called pydantic.
ALONE = """
import sys
import pydantic_core
sys.path[:0] = [sys.argv[1], sys.argv[2]]
import pydantic
from shared.domain.form.submission import Submission
from shared.domain.network.network import read_network
assert pydantic.__file__.startswith(sys.argv[1])
network = read_network(sys.argv[3], "x")
moved = network.model_copy(update={"title": "Nieuw"})
assert moved != network and moved.model_copy(update={"title": network.title}) == network
assert network.rule == read_network(sys.argv[3], "x").rule and hash(network.rule)
jan = Submission.model_validate({"name": "Jan", "email": "jan@berg.example", "school": "Berg"})
assert jan.model_dump(include={"name", "place"}) == {"name": "Jan", "place": ""}
print(network.closes_at, network.form.thanks_url, network.rule.when_short, jan.colleagues)
"""
TEXT = st.text(max_size=4) | st.sampled_from(
    ["jan@berg.example", "jan@", "Jan <jan@BERG.example>", "a" * 300]
)
VALUE = TEXT | st.none() | st.integers() | st.lists(TEXT, max_size=2)
BOUND = st.sampled_from(sorted(FIELDS.values())).flatmap(lambda most: st.integers(most - 1, most + 1))
FIELD = VALUE | BOUND.map(lambda length: "x" * length)
PERSON = st.fixed_dictionaries({"name": FIELD, "email": FIELD}, optional={"role": FIELD, "phone": FIELD})
POST = st.fixed_dictionaries(
    {"name": FIELD, "email": FIELD, "school": FIELD},
    optional={
        "place": FIELD,
        "brin": FIELD,
        "remarks": FIELD,
        "colleagues": st.lists(PERSON, max_size=2) | VALUE,
        "extra": st.dictionaries(TEXT, FIELD, max_size=2) | VALUE,
        "without_address": st.lists(TEXT, max_size=2) | VALUE,
        "nobody": FIELD,
    },
)
FILE = tomllib.loads(PLG.read_text())
# Parts of a network's file, to be replaced by anything.
PLACES = [(table, key) for table in FILE for key in (FILE[table] if isinstance(FILE[table], dict) else [""])]
MORE = [
    ("form", "questions"),
    ("form", "thanks_url"),
    ("form", "honeypot"),
    ("form", "fields"),
    ("rule", "x"),
]
ODD = [
    0,
    -1,
    51,
    True,
    "x" * 65,
    "x" * 201,
    "a;b",
    "https://x.example/é",
    "ftp://x",
    "hold",
    [],
    [""],
    {},
    None,
]
QUESTION = {"id": "dieet", "label": " Wat eet je? ", "kind": "choice", "choices": ["Alles", "Vega"]}
QUESTIONS = [
    [QUESTION],
    [QUESTION, QUESTION],
    [{**QUESTION, "choices": []}],
    [{**QUESTION, "sensitive": True}],
]


@pytest.fixture(scope="module")
def standin() -> ModuleType:
    spec = importlib.util.spec_from_file_location("standin", STANDIN)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outcome(validate: Any, document: Any) -> Any:
    """Return a model's fields as texts, or the mistakes in it."""
    try:
        model = validate(document)
    except ValidationError as wrong:
        return [(each["type"], each["loc"], each["msg"]) for each in wrong.errors(include_url=False)]
    return str(fields(model))


def fields(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {name: fields(each) for name, each in value.__dict__.items()}
    return [fields(each) for each in value] if isinstance(value, tuple) else str(value)


def same(standin: ModuleType, model: type[BaseModel], document: Any) -> None:
    frozen = standin.validator(f"{model.__module__}:{model.__qualname__}")
    assert outcome(frozen.validate_python, document) == outcome(model.model_validate, document)


def test_the_schemas_are_those_of_our_models() -> None:
    assert schemas.PATH.read_text() == schemas.written(), "run `make schemas`"


@given(POST)
def test_any_post_comes_to_the_same(standin: ModuleType, post: dict[str, Any]) -> None:
    same(standin, Submission, post)


@pytest.mark.parametrize("number", [MAX_COLLEAGUES, MAX_COLLEAGUES + 1])
def test_the_most_colleagues_are_as_many(standin: ModuleType, number: int) -> None:
    person = {"name": "Bo", "email": "bo@berg.example"}
    same(standin, Submission, {**person, "school": "Berg", "colleagues": [person] * number})


@given(st.sampled_from(PLACES + MORE), st.sampled_from([*ODD, *QUESTIONS]))
def test_any_network_file_comes_to_the_same(standin: ModuleType, place: tuple[str, str], odd: Any) -> None:
    table, key = place
    same(standin, Network, {**FILE, table: {**FILE.get(table, {}), key: odd} if key else odd})


@pytest.mark.parametrize("path", sorted(ROOT.glob("networks/*.toml")))
def test_every_network_file_reads_as_before(standin: ModuleType, path: Any) -> None:
    same(standin, Network, tomllib.loads(path.read_text()))


def test_the_stand_in_does_what_our_functions_ask_of_a_model() -> None:
    command = [sys.executable, "-c", ALONE, str(STANDIN.parent.parent), str(ROOT), PLG.read_text()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-2:] == ["hold", "()"]


def test_a_schema_that_needs_pydantic_itself_is_not_written() -> None:
    with pytest.raises(TypeError, match="no name of ours"):
        schemas._plain({"function": lambda value: value})
    assert json.loads(schemas.written())
