"""Measures everything, judges the bars, and writes docs/performance.md and the headline of README.md.

Run as `python -m bench [--quick] [PART…]`; `make bench` packs the functions first. With some parts only,
nothing is written. A quick run writes and judges nothing: it shows that each part still works.
"""

import argparse
import logging
import platform
import shutil
import subprocess  # nosec B404 # for the versions of tools
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import date
from importlib.metadata import version
from io import StringIO
from pathlib import Path

from bench import bars, burst, document, money, schools
from bench.check import check
from bench.desk import desk
from bench.document import Run
from bench.function import ROOT, NotMeasuredError
from bench.mails import mails, sweep
from bench.pages import pages
from bench.posts import posts
from bench.starts import instructions, sizes
from bench.visitors import visitors
from infra.pack import find_python

Figure = tuple[str, float]
_DATA = ROOT.parent / "shared/data"
_PACKAGES = ("boto3", "pydantic", "aws-lambda-powertools", "jinja2", "rapidfuzz")


def _burst(is_quick: bool) -> Iterator[Figure]:
    """Post all at once to a local stack; it exits where anybody is lost or doubled."""
    number = 20 if is_quick else 300
    with redirect_stdout(StringIO()):
        burst.main(1, number)
    yield "burst, posts at once of which none was lost or doubled", number


def _matching(is_quick: bool) -> Iterator[Figure]:
    if not _DATA.is_dir():
        raise NotMeasuredError("the labelled typings are not there")
    with redirect_stdout(StringIO()):
        shares = schools.main(_DATA, is_timed=not is_quick)
    yield from shares.items()


PARTS: dict[str, Callable[[bool], Iterator[Figure]]] = {
    "sizes": sizes,
    "instructions": instructions,
    "posts": posts,
    "mails": mails,
    "sweep": sweep,
    "check": check,
    "pages": pages,
    "desk": desk,
    "matching": _matching,
    "burst": _burst,
    "visitors": visitors,
}


def main() -> None:
    """Measure, print and write; exit with 1 if a bar is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    arguments = parser.parse_args()
    logging.disable()
    run = _measure(arguments.parts or list(PARTS), arguments.quick)
    judged = list(bars.judged(bars.read_bars(bars.PATH.read_text()), run.figures))
    if arguments.quick:
        print("Everything was measured a little, so no bar is judged.")
        return
    print(document.bar_table(judged))
    if not arguments.parts:
        (ROOT / "docs/performance.md").write_text(document.page(run, judged))
        readme = ROOT / "README.md"
        readme.write_text(document.with_headline(readme.read_text(), document.headline(judged)))
    sys.exit(any(each.outcome is bars.BarOutcome.MISSED for each in judged))


def _measure(parts: list[str], is_quick: bool) -> Run:
    figures, skipped = dict[str, float](), dict[str, str]()
    for name in parts:
        started = time.perf_counter()
        try:
            figures |= _shown(PARTS[name](is_quick))
        except NotMeasuredError as error:
            skipped[name] = str(error)
            print(f"{name}: skipped, {error}")
        else:
            print(f"{name}: {time.perf_counter() - started:.0f} s", flush=True)
    for size in ("1,000", "10,000"):
        if f"check processor, {size}" in figures:
            figures[f"check processor, {size}, ten times"] = 10 * figures[f"check processor, {size}"]
    figures |= money.Money(money.PATH.read_text()).costs(figures)
    packages = {name: version(name) for name in _PACKAGES}
    return Run(date.today().isoformat(), _machine(), _versions() | packages, figures, skipped)


def _shown(figures: Iterator[Figure]) -> dict[str, float]:
    """Collect figures, and print each as it comes."""
    collected = {}
    for name, value in figures:
        collected[name] = value
        print(f"  {name:60} {value:12,.3f}", flush=True)
    return collected


def _versions() -> dict[str, str]:
    """Return the versions of what starts the functions, where it is there."""
    tools = {"Python": find_python("3.13"), "valgrind": shutil.which("valgrind")}
    return {name: _version(path) for name, path in tools.items() if path}


def _version(path: str) -> str:
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 # nosec B603
    return done.stdout.strip().rpartition(" ")[2].rpartition("-")[2]


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")
    return f"{platform.system()} {platform.machine()} ({model or 'unknown processor'})"


if __name__ == "__main__":
    main()
