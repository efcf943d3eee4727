"""The instructions of a cold start: of our functions, of the plainest one that stores a post, and of none.

Run as `python -m bench.cold [FUNCTION…]` after `make build`, which packs them for this machine too. It needs
valgrind and Python 3.13. Instructions are nearly the same in each run; milliseconds are not.
"""

import json
import platform
import re
import shutil
import subprocess  # nosec B404 # to start the functions
import sys
from pathlib import Path
from typing import Any, NamedTuple

from infra.pack import install, to_byte_code
from infra.runtime_api import RuntimeApi

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
RUNTIME = BUILD / "awslambdaric-3.13"
PEERS = BUILD / "peers"
NETWORK = (ROOT / "networks/plg-2023.toml").read_text()
ITEM = {"pk": {"S": "NETWORKS"}, "sk": {"S": "plg-2023"}, "toml": {"S": NETWORK}, "v": {"N": "1"}}
POST = json.loads((ROOT / "events/submit-json.json").read_text())
RUN = """
import sys
sys.path[:0] = sys.argv[1:3]
from awslambdaric.__main__ import main
main(["", sys.argv[3]])
"""


class Start(NamedTuple):
    """What a function costs, in millions of instructions: up to its first request, and with its answer."""

    init: float
    first: float
    status: int


def main() -> None:
    """Print the instructions of each function, and how they compare to the plainest."""
    functions = sys.argv[1:] or sorted(path.name for path in (BUILD / "here").iterdir())
    python, valgrind = shutil.which("python3.13"), shutil.which("valgrind")
    if not python or not valgrind or not RUNTIME.exists():
        sys.exit("Not measured: this needs valgrind, python3.13, and `make build` before it.")
    _pack_peers(python)
    measured = {name: _measure(python, PEERS, f"{name}.handler") for name in ("noop", "plain")}
    for function in functions:
        folder = BUILD / "here" / function
        entry = "start" if (folder / f"functions/{function}/start.py").exists() else "handler"
        posts = function == "submit"
        measured[function] = _measure(python, folder, f"functions.{function}.{entry}.handler", posts)
    _print(measured)


def _print(measured: dict[str, Start]) -> None:
    plain = measured["plain"]
    print(f"{'millions of instructions':26}{'init':>9}{'/ plain':>9}{'with answer':>13}{'/ plain':>9}")
    for name, start in measured.items():
        line = f"{name:26}{start.init:9.0f}{start.init / plain.init:9.2f}"
        both = f"{start.first:13.0f}{start.first / plain.first:9.2f}" if start.status else ""
        print(line + both)


def _pack_peers(python: str) -> None:
    """Install what the plainest function needs, as pip does, with valid byte-code."""
    if not PEERS.exists():
        fresh = BUILD / "unfinished-peers"
        shutil.rmtree(fresh, ignore_errors=True)
        install(fresh, platform.machine(), "3.13")
        for name in ("noop", "plain"):
            shutil.copy(ROOT / f"bench/peers/{name}.py", fresh)
        to_byte_code(python, fresh, fresh)
        fresh.rename(PEERS)


def _measure(python: str, folder: Path, handler: str, posts: bool = True) -> Start:
    init, _ = _instructions(python, folder, handler, None)
    first, status = _instructions(python, folder, handler, POST) if posts else (0.0, 0)
    return Start(init, first, status)


def _instructions(python: str, folder: Path, handler: str, event: Any) -> tuple[float, int]:
    """Count up to the first request, or up to the answer to one; in millions, with the answer's status."""
    api, log = RuntimeApi([ITEM]), BUILD / "valgrind.log"
    tool = [
        "valgrind",
        "--tool=cachegrind",
        "--cache-sim=no",
        "--cachegrind-out-file=/dev/null",
        f"--log-file={log}",
    ]
    command = [*tool, python, "-I", "-S", "-c", RUN, str(folder), str(RUNTIME), handler]
    status, environment = 0, api.environment(str(folder), handler)
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:  # noqa: S603 our own # nosec B603
        _expect(api, "next")
        if event:
            api.events.put(event)
            status = _expect(api, "response")["statusCode"]
            _expect(api, "next")
        process.terminate()
    api.close()
    refs = re.search(r"I +refs: +([\d,]+)", log.read_text())
    if not refs:
        sys.exit(f"valgrind counted nothing: {log.read_text()}")
    return int(refs[1].replace(",", "")) / 1e6, status


def _expect(api: RuntimeApi, report: str) -> Any:
    came, what = api.reports.get(timeout=300)
    if came != report:
        sys.exit(f"the function sent {came}: {what}")
    return what


if __name__ == "__main__":
    main()
