"""The code base itself, as the tests of this folder read it: its modules, and what they define and import."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT


class Module(NamedTuple):
    """One file of Python: its path in the repository, its dotted name and its syntax tree."""

    path: str
    name: str
    tree: ast.Module

    def line(self, node: ast.AST) -> str:
        """Return where a node stands, as an editor opens it: "shared/log.py:12"."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


def modules(*folders: str) -> tuple[Module, ...]:
    """Read every module of these folders."""
    return tuple(_read(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def _read(path: Path) -> Module:
    relative = path.relative_to(ROOT)
    name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
    return Module(str(relative), name, ast.parse(path.read_text()))


def imports(module: Module, names: frozenset[str]) -> Iterator[str]:
    """Yield the modules out of `names` that a module imports, wherever in the file it does so."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (
                name if name in names else node.module for name in whole if {name, node.module} & names
            )
