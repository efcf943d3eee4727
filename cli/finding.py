"""A finding about the deployment: what is so, how bad that is, and what to do about it."""

import json
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

import typer

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


def show_findings(findings: Sequence[Finding], as_json: bool, **besides: Sequence[dict[str, str]]) -> None:
    """Print findings, or JSON with other rows besides. What to do is a line of its own, to be pasted."""
    if as_json:
        rows = [finding._asdict() for finding in findings]
        typer.echo(json.dumps({"findings": rows, **besides}, ensure_ascii=False, indent=2))
        return
    for name, colour, sentence, advice in findings:
        lines = [f"{colour:5}  {name}: {sentence}"] + [f"{'':5}  to do: {advice}"] * bool(advice)
        OUT.print("\n".join(lines), style=_STYLE[colour], highlight=False, soft_wrap=True)


_STYLE = {Colour.GREEN: "green", Colour.AMBER: "yellow", Colour.RED: "red"}
