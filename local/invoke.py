"""Play one event: `python -m local.invoke FUNCTION EVENTFILE` prints answer, mails and log as JSON."""

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
    """Run a function for an event, let everything happen that follows, and tell it all."""
    world.remember(event)
    mails, lines = len(world.mails()), len(world.log.lines)
    try:
        answer = world.invoke(function, event)
    except InvocationError as failed:
        answer = {"errorType": str(failed)}
    return {
        "answer": answer,
        "mails": world.mails()[mails:],
        "log": [f"{line.function}: {line.text}" for line in list(world.log.lines)[lines:]],
    }


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(prog="python -m local.invoke", description=__doc__)
    parser.add_argument("function", help="submit, manage, amend, check, mail or delivery")
    parser.add_argument("event", help="a file of events/")
    after = "play this one first; may be given more than once"
    parser.add_argument(
        "--after", nargs=2, action="append", default=[], metavar=("FUNCTION", "EVENT"), help=after
    )
    wanted = parser.parse_args()
    with redirect_stdout(io.StringIO()), World() as world:
        for function, path in (*wanted.after, (wanted.function, wanted.event)):
            told = play(world, function, json.loads(Path(path).read_text()))
    json.dump(told, sys.stdout, indent=2, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
