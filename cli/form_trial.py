"""`tweetal form try`: how each answer of a post is read, what is wrong, and what the client gets."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table as Grid

from cli.mistakes import mistake_in_words
from cli.paste import read_paste
from cli.shell import OUT, fail, network_named, now, print_grid, table_named, text_of
from functions.submit.client import Client
from functions.submit.trial import PostTrial, TrialOutcome, trial_moment, try_post
from shared.domain.form.candidates import OWN_PREFIX, AnswerReading, Use
from shared.domain.form.map_lines import map_lines
from shared.domain.network.network import Network, read_network
from shared.domain.registration.reason import ReasonCode
from shared.domain.text import clean

_WHY: Mapping[Use, str] = {
    Use.FIELD: "what its name means",
    Use.PERSON: "a field of one more person",
    Use.QUESTION: "a question of the network",
    Use.CONSENT: "a box to agree with something",
    Use.IGNORED: "[form.fields] says so",
    Use.METADATA: "the form's software adds it",
    Use.REPEATED: "the same once more",
    Use.UNKNOWN: "no name that we know",
    Use.TIE: "another answer fits as well: map one of them",
}
_SUSPICIONS: Mapping[ReasonCode, str] = {
    ReasonCode.HONEYPOT: "the field for robots is filled in",
    ReasonCode.NO_WORK: "it has no proof of work",
    ReasonCode.UNLISTED_SITE: "[form] origins does not list its site",
}
CLIENTS: Mapping[Client, str] = {
    Client.BROWSER: "a browser",
    Client.SCRIPT: "a script on a page",
    Client.API: "a program that accepts JSON alone",
    Client.SERVER: "a server",
}


def try_file(
    file: Annotated[typer.FileBinaryRead, typer.Argument(help="The file, or - for what is piped in.")],
    network: Annotated[str, typer.Option(help="A network's file, or the name of one in the table.")],
    content_type: Annotated[str, typer.Option(help="The Content-Type of a raw body.")] = "",
    client: Annotated[Client | None, typer.Option(help="Who posts, if the file does not tell.")] = None,
    table: Annotated[str, typer.Option(envvar="TABLE", help="The table, if the network is in it.")] = "",
) -> None:
    """Show how a post would be read and answered. Stores nothing, and prints no values.

    The file holds a raw body, a curl command ("Copy as cURL" in a browser), or a HAR file, of which the last
    post counts. What is unknown comes with the lines for [form.fields].
    """
    form = _network(network, table)
    pasted = read_paste(file.read())
    clients = [client] if client or pasted.headers else list(Client)
    moment = trial_moment(form, at := now())
    trials = [try_post(pasted.request(moment, content_type, each), form) for each in clients]
    _print_trial(trials[-1])
    _print_answers(trials)
    if moment != at:
        OUT.print("This is so while registration is open; at this moment it is not.")


def _network(name: str, table: str) -> Network:
    if (path := Path(name)).is_file():
        return read_network(text_of(path), name)
    if not table:
        fail(f"there is no file {name!r}; for a network in the table, give --table")
    return network_named(table_named(table), name)


def _print_trial(trial: PostTrial) -> None:
    """Print names of fields and how they are read, but no value: people pass on what a command prints."""
    if trial.reading.answers:
        print_grid(_grid(trial.reading.answers))
    for line in _remarks(trial):
        OUT.print(line)
    if lines := map_lines(trial.reading, trial.lacking):
        OUT.print("\nTo settle what is unknown, complete and paste this in the network's file:\n")
        typer.echo("\n".join(("[form.fields]", *lines)))


def _print_answers(trials: Sequence[PostTrial]) -> None:
    """Print the status that each client gets, and why."""
    OUT.print()
    for trial in trials:
        why = _why(trial)
        OUT.print(f"{CLIENTS[trial.client]} gets {trial.status}: {trial.outcome.value}{why and f', {why}'}")


def _grid(readings: Sequence[AnswerReading]) -> Grid:
    grid = Grid("in the form", "read as", "field", "why")
    for reading in readings:
        name = clean(reading.answer.name)
        if not reading.answer.text:
            grid.add_row(name, "(empty)", reading.field, "")
            continue
        grid.add_row(name, reading.use.value, reading.field, _reason(reading))
    return grid


def _reason(reading: AnswerReading) -> str:
    if not reading.by_map or reading.use is Use.IGNORED:
        return _WHY[reading.use]
    return "our own form" if reading.answer.name.startswith(OWN_PREFIX) else "[form.fields] says so"


def _remarks(trial: PostTrial) -> Iterator[str]:
    for field in trial.lacking:
        yield f"{field}: no field in this form is it, and it is required"
    for mistake in trial.mistakes:
        if mistake.field not in trial.lacking:
            yield mistake_in_words(mistake)
    if trial.submission:
        colleagues, nameless = len(trial.submission.colleagues), len(trial.submission.without_address)
        yield f"people: {1 + colleagues}"
        if nameless:
            yield f"colleagues without an address, who are not registered: {nameless}"
    if trial.files:
        yield f"files, which are dropped: {', '.join(map(clean, trial.files))}"


def _why(trial: PostTrial) -> str:
    if trial.suspicion:
        return f"because {_SUSPICIONS[trial.suspicion]}"
    if trial.outcome is TrialOutcome.NOTHING:
        return "because there is nobody in it"
    return f"because it is {trial.problem.code.replace('-', ' ')}" if trial.problem else ""
