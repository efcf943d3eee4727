"""Which modules a function needs: all that its handler imports, at once or later, read from their source."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

Graph = Mapping[str, list[str]]  # a module and what it imports
# Imports of packages that never happen, with all that is below them.
_NEVER = (
    "aws_lambda_powertools.event_handler.",  # we use only the Logger of Powertools, and one metric
    "aws_lambda_powertools.utilities.data_classes.",
    "aws_lambda_powertools.utilities.parser.",
    "boto3.ec2.",
    "boto3.s3.",
    "dateutil.zoneinfo.",  # time zones of its own
    "email_validator.deliverability.",  # looks up domains
    # Faster variants for x86 only, half of its megabytes; without them it takes the others.
    "rapidfuzz.distance.metrics_cpp_avx2.",
    "rapidfuzz.fuzz_cpp_avx2.",
    "urllib3.contrib.emscripten.",  # in a browser
)
# What a function never imports, though its modules could: it has a client of its own.
NOT_OF = {"submit": ("shared.aws.clients.",)}
# Packages that are imported by names that source does not show.
_WHOLE = {"zoneinfo": "tzdata"}


def modules(root: Path, folder: str = "") -> dict[str, Path]:
    """Return the modules in a root, or in one folder of it, by their dotted names; those of C too."""
    paths = {}
    for path in (*(root / folder).rglob("*.py"), *(root / folder).rglob("*.so")):
        parts = (*path.relative_to(root).parts[:-1], path.name.partition(".")[0])
        paths[".".join(parts).removesuffix(".__init__")] = path
    return paths


def graph(paths: Mapping[str, Path]) -> dict[str, list[str]]:
    """Return what each module imports."""
    return {
        name: sorted(set(_imported(name, path))) if path.suffix == ".py" else []
        for name, path in paths.items()
    }


def needed(starts: Iterable[str], imports: Graph, never: tuple[str, ...] = ()) -> set[str]:
    """Return all modules that modules import, directly or not, themselves and their packages included.

    What is `never` imported is left out.
    """
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name in seen or f"{name}.".startswith((*_NEVER, *never)):
            continue
        seen.add(name)
        waiting += [*imports.get(name, ()), name.rpartition(".")[0]]
        if whole := _WHOLE.get(name):
            waiting += [each for each in imports if each.startswith(whole)]
    return seen & imports.keys()


def _imported(name: str, path: Path) -> Iterator[str]:
    package = name.split(".") if path.stem == "__init__" else name.split(".")[:-1]
    for node in _nodes(ast.parse(path.read_bytes()).body):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)  # a module, or a value in one


def _nodes(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield every node but those that only a type checker reads."""
    for node in body:
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            yield from _nodes(node.orelse)
        else:
            yield from _nodes(ast.iter_child_nodes(node))
