"""Finds in the source which code of ours calls AWS: the code that a recording must have run."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT

_AWS = ROOT / "shared" / "aws"


class Called(NamedTuple):
    """A name that is called, and the name of what it is called on."""

    name: str
    on: str


class Code(NamedTuple):
    """A function or method of ours in `shared/aws`, and what it calls."""

    file: str
    name: str
    calls: frozenset[Called]

    @property
    def operations(self) -> frozenset[str]:
        """The methods of AWS's own client that it calls."""
        return frozenset(called.name for called in self.calls if called.on.lstrip("_") == "client")

    @property
    def of_the_store(self) -> bool:
        """Whether it is one of the store's, whose names (`get`, `put`) others have too."""
        return self.file == "store.py"


@cache
def talking() -> dict[tuple[str, str], Code]:
    """Return all that talks to AWS, directly or through other code of ours, by file and name."""
    code = {(path.name, c.name): c for path in sorted(_AWS.glob("*.py")) for c in _code(path)}
    reached = {key for key, c in code.items() if c.operations}
    while more := {key for key, c in code.items() if key not in reached and any(_meant(c.calls, reached))}:
        reached |= more
    return {key: code[key] for key in reached}


def called_by(function: str) -> set[str]:
    """Return the names in `shared/aws` that talk to AWS and that the code of a function calls."""
    files = (ROOT / "functions" / function).glob("*.py")
    return {name for path in files for name in _calls_of_aws(ast.parse(path.read_text()))}


def _calls_of_aws(tree: ast.Module) -> Iterator[str]:
    """Yield what a file calls that talks to AWS; what it imports from elsewhere may be called the same."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    elsewhere = [node for node in imports if not (node.module or "").startswith("shared.aws")]
    foreign = {alias.asname or alias.name for node in elsewhere for alias in node.names}
    return _meant((c for c in _calls(tree) if not {c.on or c.name} & foreign), talking())


def within(code: Code) -> set[str]:
    """Return the names that talk to AWS and that this code calls."""
    return set(_meant(code.calls, talking()))


def _meant(calls: Iterable[Called], code: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the called names that are of this code; the store's only where they are called on the store."""
    talking_code = set(code)
    stores = {name for file, name in talking_code if file == "store.py"}
    others = {name for file, name in talking_code if file != "store.py"}
    for called in calls:
        if called.name in (stores if called.on in ("_store", "self") else set()) | others:
            yield called.name


def _code(path: Path) -> Iterator[Code]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield Code(path.name, node.name, frozenset(_calls(node)))


def _calls(tree: ast.AST) -> Iterator[Called]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="get_paginator"), args=[ast.Constant(value=str(name))]):
                yield Called(name, "client")
            case ast.Call(func=ast.Attribute(attr=name, value=on)):
                yield Called(name, _last(on))
            case ast.Call(func=ast.Name(id=name)):
                yield Called(name, "")


def _last(node: ast.expr) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""
