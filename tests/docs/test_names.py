"""Every name of ours in the documents exists: functions, classes, settings, keys and files."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from shared.domain.network.fields import FIELDS
from tests.conftest import ROOT
from tests.docs.test_docs import TEXT
from tests.house.code import modules

# The first names kinds of the fault grid, which have a test of their own; the second is generated.
ELSEWHERE = {"faults.md", "permissions.md"}
NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
FILE = re.compile(r"[\w-]+\.(py|toml|yaml|md|txt|json|jinja|html|css)")
# Words of AWS, of standards and of other people's tools, and what a browser calls a site.
THEIRS = {
    "make",
    "python3",
    "tweetal",
    "worksteal",
    "www",
    "GET",
    "DYNAMODB_LOCAL_URL",
    "timeEpoch",
    "parameter_overrides",
    "x86_64",
    "_charset_",
    "SEQUENCE",
    "UID",
    "Secure",
    "Transient",
    "Send",
    "Delivery",
    "MessageRejected",
    "CorsConfiguration",
    "ReservedConcurrentExecutions",
}
# Examples: a field that is not there yet, and what forms of other people call a field.
EXAMPLES = {
    "CONTRIBUTING.md": {"department"},
    "deploy.md": {"trial", "production"},  # stages, which the operator names
    "form.md": {
        "Aanmelding.Naam",
        "naam_2",
        "email_2",
        "fetch",
        "Origin",
        "eMailadres",
        "naamVanJeSchool",
        "rawRequest",
        "namedValues",
        "htmx.config.selfRequestsOnly",
        "event.detail.successful",
        "naam_van_je_school",
    },
}


def prose(text: str) -> str:
    """Return a document without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", sorted(set(TEXT) - ELSEWHERE))
def test_every_name_of_ours_exists(name: str) -> None:
    spans = set(re.findall(r"`([^`\n]+)`", prose(TEXT[name]))) - EXAMPLES.get(name, set())
    names = {span for span in spans if NAME.fullmatch(span) and not FILE.fullmatch(span)}
    assert sorted(name for name in names if not _exists(name)) == []


@pytest.mark.parametrize("name", sorted(TEXT))
def test_every_file_that_is_named_without_its_folder_exists(name: str) -> None:
    files = {span for span in re.findall(r"`([^`\n]+)`", prose(TEXT[name])) if FILE.fullmatch(span)}
    tracked = {path.name for top in ROOT.iterdir() for path in (top.rglob("*") if top.name[0] != "." else ())}
    assert files - tracked - {path.name for path in ROOT.iterdir()} == set()


def test_a_name_is_in_the_file_that_is_said_to_hold_it() -> None:
    places = [
        (name, path)
        for text in TEXT.values()
        for name, path in re.findall(r"`([\w.]+)`\s+in\s+`([\w/]+/\w+\.\w+)`", prose(text))
    ]
    assert len(places) >= 15
    absent = [(name, path) for name, path in places if name.split(".")[-1] not in _text(path)]
    assert [(name, path) for name, path in absent if name not in THEIRS] == []


def test_every_type_of_the_glossary_is_one_of_ours() -> None:
    rows = re.findall(r"^\|[^|]+\|[^|]+\| (`[\w.]+`|—) \|[^|]+\|$", TEXT["glossary.md"], re.MULTILINE)
    assert len(rows) >= 40
    assert [row for row in rows if row != "—" and row.strip("`").split(".")[0] not in _defined()] == []


def test_every_decision_is_short_says_how_to_undo_it_and_is_in_the_index() -> None:
    parts = TEXT["decisions.md"].split("\n\n")
    decisions = [part for part in parts if part.startswith("**")]
    assert len(decisions) >= 60
    assert [part for part in decisions if "*Undo*:" not in part or part.count("\n") > 5] == []
    subjects = re.findall(r"^## (.+)$", TEXT["decisions.md"], re.MULTILINE)
    assert re.findall(r"^- \[(.+?)\]", TEXT["decisions.md"], re.MULTILINE) == subjects


def _exists(name: str) -> bool:
    first, *members = name.split(".")
    if members:
        return set(members) <= _defined().get(first, set())
    return name in _defined() or name in _settings() or name in THEIRS or name in _values()


@cache
def _defined() -> dict[str, set[str]]:
    """Return what the code defines: each name, with the members of it where it is a class."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for module in modules("functions", "shared", "cli", "local", "infra", "bench", "tests"):
        for node in ast.walk(module.tree):
            for name in _names(node):
                names[name] |= set()
            if isinstance(node, ast.ClassDef):
                names[node.name] |= {name for inner in node.body for name in _names(inner)}
    return dict(names)


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))


@cache
def _values() -> frozenset[str]:
    """Return the words that the code keeps or sends: states, kinds, codes, names of functions and fields."""
    folders = {path.parent.name for path in ROOT.glob("functions/*/handler.py")}
    words = {
        node.value
        for module in modules("functions", "shared")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value)
    }
    return frozenset({*words, *folders, *FIELDS, "EMAILADRES", "e_mailadres"})


@cache
def _settings() -> frozenset[str]:
    """Return the settings of the template and the Makefile, the macros of mails and the marks of tests."""
    template = re.findall(r"^\s*(?:- )?(\w+):", _text("infra/template.yaml"), re.MULTILINE)
    values = re.findall(r"\[?\b(open|closed)\b", _text("infra/template.yaml"))
    make = re.findall(r"^([a-z-]+):|^(\w+) \?=|\$\((?:or \$\()?([A-Z]+)\)", _text("Makefile"), re.MULTILINE)
    macros = re.findall(r"macro (\w+)", _text("shared/mails/templates/parts.html"))
    marks = re.findall(r'^ +"(\w+): ', _text("pyproject.toml"), re.MULTILINE)
    targets = (word for match in make for word in match if word)
    return frozenset({*template, *values, *targets, *macros, *marks, "Makefile"})


def _text(path: str) -> str:
    return (ROOT / path).read_text()
