"""No circle of imports, those for types and those inside functions included."""

from tests.house.code import imports, modules

EVERYTHING = modules("functions", "shared", "cli", "local")
NAMES = frozenset(module.name for module in EVERYTHING)


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {module.name: set(imports(module, NAMES)) - {module.name} for module in EVERYTHING}
    circles = _circles(graph)
    assert circles == [], "\n".join(map(" -> ".join, circles))


def _circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return what is left when modules that import nothing left, and those that nothing left imports, go."""
    while True:
        wanted = {name for needs in graph.values() for name in needs}
        rest = {name for name, needs in graph.items() if needs and name in wanted}
        if rest == graph.keys():
            return sorted([name, *sorted(needs)] for name, needs in graph.items())
        graph = {name: graph[name] & rest for name in rest}


def test_a_circle_is_seen() -> None:
    assert _circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == [["b", "c"], ["c", "b"]]
