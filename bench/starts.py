"""Counts the instructions of a start under valgrind: they are nearly the same in each run, as time is not."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from bench.function import BUILD, ITEMS, NotMeasuredError, RunningFunction, ours, post
from bench.packing import peers
from bench.table import BenchTable
from infra.verify import zipped

_LOG = BUILD / "valgrind.log"
_TOOL = (
    "valgrind",
    "--tool=cachegrind",
    "--cache-sim=no",
    "--cachegrind-out-file=/dev/null",
    f"--log-file={_LOG}",
)
POSTED = ("plain", "submit")  # counted with the first answer too
Case = tuple[Path, str]


def cases() -> dict[str, Case]:
    """Return everything that can be started, peers first."""
    return peers() | {path.name: ours(path.name) for path in sorted((BUILD / "here").iterdir())}


def instructions(is_quick: bool) -> Iterator[tuple[str, float]]:
    """Yield millions of instructions up to the first request, and up to the first answer."""
    if not shutil.which("valgrind"):
        raise NotMeasuredError("this needs valgrind")
    for name, case in cases().items():
        if not is_quick or name == "noop":
            yield f"init, {name}", _count(case, posts=False)
            if name in POSTED:
                yield f"init and first, {name}", _count(case, posts=True)


def sizes(is_quick: bool) -> Iterator[tuple[str, float]]:
    """Yield the size of each zip file, in MB, and the largest of ours except submit's."""
    others = [0.0]
    for name, (folder, _) in cases().items():
        if name in ("noop", "plain") or (is_quick and name != "submit"):
            continue  # the folder of the first two has more than they import
        size = zipped(folder)
        yield f"zip, {name}", size
        if name != "submit" and "typical" not in name:
            others.append(size)
    yield "zip, largest other", max(others)


def _count(case: Case, posts: bool) -> float:
    with RunningFunction(*case, BenchTable(ITEMS), _TOOL) as function:
        if posts:
            function.invoke(post(1))
    refs = re.search(r"I +refs: +([\d,]+)", _LOG.read_text())
    if not refs:
        raise SystemExit(f"valgrind counted nothing: {_LOG.read_text()}")
    return int(refs[1].replace(",", "")) / 1e6
