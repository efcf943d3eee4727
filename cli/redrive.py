"""`tweetal redrive`: shows which events were given up, and has their functions try once more."""

from typing import Annotated

import typer

from cli.shell import OUT, AsJson, StackName, Yes, fail, now, output_of, show, stack_named
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
    queue = output_of(stack_named(stack), "UnhandledQueueUrl")
    letters = receive_dead_letters(queue)
    left = list(letters)
    try:
        show(("at", "function", "error", "then"), map(_row, letters), as_json)
        if is_trial or not letters:
            return
        if not yes and not typer.confirm(f"Do this for all {len(letters)}?", err=True):
            return
        while left:
            _redrive(queue, left[0])
            left.pop(0)
    finally:  # also after Ctrl-C: who looks again must see them
        for letter in left:
            release_dead_letter(queue, letter)
    if not as_json:
        OUT.print(f"{len(letters)} done; tweetal doctor says whether they come back")


def _redrive(queue: str, letter: DeadLetter) -> None:
    """Start the function of an event once more, and remove the event; end the command if that fails."""
    try:
        if letter.function:
            start_again(letter, now())
        delete_dead_letter(queue, letter)
    except UnavailableError as error:
        fail(f"{_name(letter)} could not be started ({error}); what is left waits in the queue")


def _row(letter: DeadLetter) -> tuple[str, str, str, str]:
    return letter.at, _name(letter) or "stream", letter.error, "start again" if letter.function else "remove"


def _name(letter: DeadLetter) -> str:
    """Return the name of a function, from arn:aws:lambda:REGION:ACCOUNT:function:NAME:QUALIFIER."""
    return "".join(letter.function.split(":")[6:7])
