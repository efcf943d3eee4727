"""`python -m local.invoke FUNCTION EVENTFILE` prints a function's answer, mails and log as JSON."""

import argparse
import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from local.runtime import InvocationError
from local.world import World


def play(world: World, function: str, event: Any) -> dict[str, Any]:
    """Run a function on an event and everything that follows, and return its answer, mails and log."""
    world.store_images(event)
    mails, lines = len(world.mails()), len(world.log.lines)
    try:
        answer = world.invoke(function, event)
    except InvocationError as error:
        answer = {"errorType": str(error)}
    return {
        "answer": answer,
        "mails": world.mails()[mails:],
        "log": [f"{line.function}: {line.text}" for line in list(world.log.lines)[lines:]],
    }


def main() -> None:
    """Read the command line, run the functions, and print what the last one did."""
    parser = argparse.ArgumentParser(prog="python -m local.invoke", description=__doc__)
    parser.add_argument("function", help="the folder of a function: submit, check, mail, …")
    parser.add_argument("event", help="a file of events/")
    after = "run this function first; may be given more than once"
    parser.add_argument(
        "--after", nargs=2, action="append", default=[], metavar=("FUNCTION", "EVENT"), help=after
    )
    arguments = parser.parse_args()
    with redirect_stdout(io.StringIO()), World() as world:
        for function, path in (*arguments.after, (arguments.function, arguments.event)):
            result = play(world, function, json.loads(Path(path).read_text()))
    json.dump(result, sys.stdout, indent=2, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
