"""`tweetal redrive`: shows which events were given up, and has their functions try once more."""

from typing import Annotated

import typer

from cli.shell import OUT, AsJson, StackName, Yes, fail, now, show, stack_named
from shared.aws.dead_letters import (
    DeadLetter,
    delete_dead_letter,
    receive_dead_letters,
    release_dead_letter,
    start_again,
)
from shared.aws.wire import UnavailableError

app = typer.Typer()


@app.command("redrive")
def redrive(
    stack: StackName = "tweetal",
    is_trial: Annotated[bool, typer.Option("--dry-run", help="Only show them. Changes nothing.")] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Start functions once more for the events that were given up. Shows these first.

    What was started is removed from the queue. A batch of the stream is only removed: the sweep has sent what
    it would have. Prints no personal data.
    """
    queue = stack_named(stack).outputs.get("UnhandledQueueUrl", "")
    if not queue:
        fail(f"{stack!r} has no output UnhandledQueueUrl; deploy the latest release")
    letters = receive_dead_letters(queue)
    show(("at", "function", "error", "then"), map(_row, letters), as_json)
    if is_trial or not letters or not (yes or typer.confirm(f"Do this for all {len(letters)}?")):
        for letter in letters:
            release_dead_letter(queue, letter)
        return
    for letter in letters:
        try:
            if letter.function:
                start_again(letter, now())
            delete_dead_letter(queue, letter)
        except UnavailableError as error:  # it shows again in five minutes
            fail(f"{_name(letter)} could not be started ({error}); what is left waits in the queue")
    if not as_json:
        OUT.print(f"{len(letters)} done; tweetal doctor says whether they come back")


def _row(letter: DeadLetter) -> tuple[str, str, str, str]:
    return letter.at, _name(letter) or "stream", letter.error, "start again" if letter.function else "remove"


def _name(letter: DeadLetter) -> str:
    """Return the name of a function, from arn:aws:lambda:REGION:ACCOUNT:function:NAME:QUALIFIER."""
    return "".join(letter.function.split(":")[6:7])
