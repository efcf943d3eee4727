"""The code base itself, as the tests of this folder read it: its modules, and what they define."""

import ast
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT


class Module(NamedTuple):
    """One file of Python: its path in the repository and its syntax tree."""

    path: str
    tree: ast.Module

    def line(self, node: ast.AST) -> str:
        """Return where a node stands, as an editor opens it: "shared/log.py:12"."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


def modules(*folders: str) -> tuple[Module, ...]:
    """Read every module of these folders."""
    return tuple(_read(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def _read(path: Path) -> Module:
    return Module(str(path.relative_to(ROOT)), ast.parse(path.read_text()))
