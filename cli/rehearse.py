"""`tweetal rehearse`: a network file's season, played on this machine before anybody reads a mail of it."""

import json
import subprocess  # nosec B404 # to run the local stack, which needs moto, in a process of its own
import sys
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.shell import ERR, OUT, AsJson, fail, show, text_of
from shared.domain.network.network import read_network

app = typer.Typer()
_ROOT = Path(__file__).parents[1]
_DAY = "%Y-%m-%d"


@app.command("rehearse")
def rehearse(
    file: Annotated[
        Path,
        typer.Argument(metavar="NETWORK.toml", exists=True, dir_okay=False, help="The file of a network."),
    ],
    schools: Annotated[int, typer.Option(min=1, max=200, help="How many schools are made up.")] = 12,
    seed: Annotated[int, typer.Option(help="Another number makes up other people.")] = 1,
    posts: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Play these people instead: the CSV of `tweetal registration export`.",
        ),
    ] = None,
    deadline: Annotated[
        datetime | None,
        typer.Option(
            formats=[_DAY],
            metavar="DATE",
            help="With --posts: their deadline, as 2022-04-08. Their posts are moved by the difference.",
        ),
    ] = None,
    minimum: Annotated[
        int | None,
        typer.Option(
            min=1, help="Another minimum of people to compare with.", show_default="one more than the file's"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Play a network's whole season on this machine. Prints what will be mailed, and when.

    It touches no AWS and mails nobody. The people are made up, or those of an earlier season; nobody cancels,
    and no organiser decides anything. Prints no names and no addresses of people.
    """
    if missing := [name for name in ("moto", "yaml") if find_spec(name) is None]:
        fail(f"a rehearsal needs the local stack, and {missing[0]} is not installed: pip install -e '.[run]'")
    if deadline and not posts:
        fail("--deadline is that of the people of --posts; the network's own is in its file")
    toml, people = text_of(file), text_of(posts) if posts else ""
    if posts and not people.strip():
        fail(f"{posts} is empty, so there is nobody to play")
    network = read_network(toml, str(file))
    order = {
        "toml": toml,
        "schools": schools,
        "seed": seed,
        "posts": people,
        "deadline": deadline.date().isoformat() if deadline else "",
        "minimum": minimum or network.rule.min_per_school + 1,
    }
    with ERR.status("the season is played; this takes about half a minute"):
        played = _play(order)
    if as_json:
        typer.echo(json.dumps(played, ensure_ascii=False, indent=2))
    else:
        _print(played)


def _play(order: dict[str, Any]) -> dict[str, Any]:
    """Run the local stack, which plays AWS for its whole process and is no part of the command line."""
    command = [sys.executable, "-X", "utf8", "-m", "local.rehearse"]
    done = subprocess.run(  # noqa: S603 our own words # nosec B603
        command, cwd=_ROOT, input=json.dumps(order), capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        fail(f"the season cannot be played: {(done.stderr.strip() or 'no reason given').splitlines()[-1]}")
    played: dict[str, Any] = json.loads(done.stdout)
    return played


def _print(played: dict[str, Any]) -> None:
    columns = ("date", "time", "kind", "people", "subject")
    rows = [tuple(str(mail[name]) for name in columns) for mail in played["mails"]]
    show((*columns[:-1], "first subject"), rows, as_json=False)
    _say(f"{played['posts']} posts were played" + _refused(played["refused"]))
    if reports := played["reports"]:
        organisers = _count(reports["people"], "organiser", "organisers")
        between = f"from {reports['first']} to {reports['last']}"
        _say(f"A report goes to {organisers} on {_mornings(reports)} {between}")
    for school_line in _decisions(played):
        _say(school_line)
    _say(f"All personal data is deleted on {played['deleted']}")


def _refused(number: int) -> str:
    return f"; {number} of them did not register: closed, incomplete or known already" if number else ""


def _mornings(reports: dict[str, Any]) -> str:
    number = _count(reports["mornings"], "morning", "mornings")
    return number if reports["rhythm"] == "daily" else f"at most {number} (weekly once all is decided)"


def _decisions(played: dict[str, Any]) -> list[str]:
    decided, other = played["decided"], played["minimum"]
    lines = []
    if decided:
        people = ", ".join(f"{number} {state}" for state, number in decided["people"].items())
        lines.append(f"The check of {decided['date']} decides: {people or 'about nobody'}")
    for key, would in (("dropped", "have dropped out"), ("stayed", "not have been short")):
        if names := other.get(key):
            these = _count(len(names), "school", "schools")
            lines.append(f"With a minimum of {other['minimum']}, {these} would {would}: {'; '.join(names)}")
    if other and not other["dropped"] and not other["stayed"]:
        lines.append(f"A minimum of {other['minimum']} would have changed nothing for any school")
    return lines


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _say(text: str) -> None:
    OUT.print(text, highlight=False, soft_wrap=True)
