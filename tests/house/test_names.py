"""One name is one thing: no class name twice, and no name that says nothing of its type."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.house.code import modules

# Each of these stood for many types; a name says its type's noun: `request`, `record`, `settings`.
VAGUE = frozenset({"asked", "told", "found", "known", "there", "who", "met"})


def test_a_class_name_is_used_once() -> None:
    places = defaultdict(list)
    for module in modules("functions", "shared", "cli", "local"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and node.name != "Services":
                places[node.name].append(module.line(node))
    assert {name: lines for name, lines in places.items() if len(lines) > 1} == {}


def test_no_name_is_vague() -> None:
    everything = modules("functions", "shared", "cli", "local", "bench", "infra")
    vague = [
        f"{module.line(node)}: {name}"
        for module in everything
        for node in ast.walk(module.tree)
        for name in _named(node)
        if name.strip("_") in VAGUE
    ]
    assert vague == [], "\n".join(vague)


def _named(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node gives: of variables, parameters, attributes, functions and classes."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
            yield name
        case ast.arg(arg=name) | ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)):
            yield name
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name
