"""A finding about the deployment: what is so, how bad that is, and what to do about it."""

import json
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

import typer
from rich.table import Table as Grid

from cli.shell import OUT
from shared.aws.wire import UnavailableError

Read = TypeVar("Read")


class Colour(StrEnum):
    """How bad a finding is."""

    GREEN = "green"
    AMBER = "amber"  # it works, or we could not look; somebody should see to it
    RED = "red"  # people are not served, or nobody would hear of it


class Finding(NamedTuple):
    """One thing that was looked at: its name, how it is, that in a sentence, and what to do."""

    name: str
    colour: Colour
    sentence: str
    advice: str = ""


def green(name: str, sentence: str) -> Finding:
    """Return that something is as it must be."""
    return Finding(name, Colour.GREEN, sentence)


def amber(name: str, sentence: str, advice: str) -> Finding:
    """Return that somebody should see to something."""
    return Finding(name, Colour.AMBER, sentence, advice)


def red(name: str, sentence: str, advice: str) -> Finding:
    """Return that something must be mended now."""
    return Finding(name, Colour.RED, sentence, advice)


def worst(findings: Iterable[Finding]) -> Colour:
    """Return the worst colour among findings."""
    return max((finding.colour for finding in findings), key=list(Colour).index, default=Colour.GREEN)


_GONE = frozenset({"ResourceNotFoundException", "NotFoundException", "NotFound", "ValidationError"})


def unseen(name: str, code: str) -> Finding:
    """Return that AWS did not show something, by the code of its error."""
    if code in _GONE or "NonExistent" in code:
        return red(name, f"it is not there any more ({code})", "deploy the template again")
    return amber(
        name, f"AWS did not show it ({code})", "look again, with credentials that may read it: AWS_PROFILE"
    )


def look(
    name: str, read: Callable[[], Read], judge: Callable[[Read], Iterable[Finding] | Finding]
) -> list[Finding]:
    """Return the findings about what AWS says, or that it did not let us look."""
    try:
        judged = judge(read())
    except UnavailableError as error:
        return [unseen(name, str(error))]
    return [judged] if isinstance(judged, Finding) else list(judged)


def show_findings(
    findings: Sequence[Finding], as_json: bool, title: str, **besides: Sequence[dict[str, str]]
) -> None:
    """Print findings as a table, or as JSON with other rows besides."""
    if as_json:
        rows = [finding._asdict() for finding in findings]
        typer.echo(json.dumps({"findings": rows, **besides}, ensure_ascii=False, indent=2))
        return
    grid = Grid("", "what", "how it is", "what to do", title=title, title_justify="left")
    for name, colour, sentence, advice in findings:
        grid.add_row(colour.value, name, sentence, advice, style=_STYLE[colour])
    OUT.print(grid)


_STYLE = {Colour.GREEN: "green", Colour.AMBER: "yellow", Colour.RED: "red"}
