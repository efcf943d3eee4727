"""No modules import each other in a circle, not even for their types, so that each can be read alone."""

from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

PACKAGES = ("bench", "cli", "functions", "local", "shared")


def cycle(imports: dict[str, set[str]]) -> list[str]:
    """Return modules that import each other in a circle, the first one again at the end; empty if none do."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    assert cycle({m: graph.find_modules_directly_imported_by(m) for m in graph.modules}) == []


@pytest.mark.parametrize(
    ("imports", "circle"),
    [({"a": {"b"}, "b": {"c"}}, []), ({"a": {"b"}, "b": {"a"}}, ["a", "b", "a"])],
)
def test_a_circle_is_seen(imports: dict[str, set[str]], circle: list[str]) -> None:
    assert sorted(set(cycle(imports))) == sorted(set(circle))
