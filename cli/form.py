"""`tweetal form`: how posts of a form are read, kept and released; prints field names, never values."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table as Grid

from cli.form_trial import print_answers, print_trial
from cli.paste import read_paste
from cli.release import release
from cli.shell import OUT, TableName, network_named, now, table_named
from functions.submit.client import Client
from functions.submit.refusals import RequestRefusedError
from functions.submit.trial import trial_moment, try_post
from shared.access.form_secret import form_secrets
from shared.access.links import Links
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.domain.form.draft import draft_of
from shared.domain.form.form_map import form_map
from shared.domain.form.reading import FormReading, read_form
from shared.domain.form.submission import InvalidError, check
from shared.domain.network.network import Network, read_network

app = typer.Typer(
    no_args_is_help=True,
    help="The form on a network's site: try its posts, prove its server, release what did not fit.",
)


@app.command()
def misfits(network: str, table: TableName) -> None:
    """List the kept posts: when each came, which fields are wrong or missing, and which are unknown."""
    store = table_named(table)
    form = form_map(network_named(store, network).form)
    grid = Grid("received", "wrong or missing", "unknown fields")
    for post in store.kept_posts.unexpired(network, now()):
        grid.add_row(
            f"{post.received_at:%Y-%m-%d %H:%M}Z",
            ", ".join(_mistakes(reading := read_form(post.answers, form))) or "nothing now",
            ", ".join(answer.name for answer in reading.unknown),
        )
    OUT.print(grid)


@app.command("release")
def release_all(network: str, table: TableName, by: str = "operator") -> None:
    """Register the people in the kept posts, as of the time of their post.

    First correct [form.fields] in the network file, and apply it.
    """
    store, at = table_named(table), now()
    learning_network, schools = network_named(store, network), Schools(store)
    outcomes: Counter[str] = Counter()
    for post in store.kept_posts.unexpired(network, at):
        try:
            new = release(post, learning_network, store, schools, by, at)
            outcomes["registered" if new else "registered already"] += 1
        except (InvalidError, RequestRefusedError) as error:
            outcomes[f"left, because of {error}"] += 1
    OUT.print(
        "\n".join(f"{count} {outcome}" for outcome, count in outcomes.items())
        or "there is nothing to release"
    )


@app.command("try")
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
    print_trial(trials[-1])
    print_answers(trials)
    if moment != at:
        OUT.print("This is so while registration is open; at this moment it is not.")


@app.command()
def secret(
    network: str,
    table: TableName,
    link_secret: Annotated[
        str, typer.Option("--secret", envvar="LINK_SECRET", help="The stack's output LinkSecretArn.")
    ],
) -> None:
    """Print the secret with which a site's own server proves that it is the network's, and where to paste it.

    Raise [form] secret_version in the network's file, and apply it, to make every earlier secret worthless.
    """
    version = network_named(table_named(table), network).form.secret_version
    value = form_secrets(Links(link_keys(link_secret)), network, version)[-1]
    typer.echo(_PASTE.format(network=network, version=version, secret=value, next=version + 1))


_PASTE = """\
The secret of {network}, version {version}: {secret}

Paste it in one of these places. Never put it in a page or its script, where everybody can read it.

  a header          X-Tweetal-Secret: {secret}
  the address       …/networks/{network}/registrations?secret={secret}
  a signing secret  of a webhook of Typeform, Tally or WPForms

To revoke it, set secret_version = {next} under [form] in the network's file, and apply the file."""


def _network(name: str, table: str) -> Network:
    if (path := Path(name)).is_file():
        return read_network(path.read_bytes().decode("utf-8", "replace"), name)
    if not table:
        raise typer.BadParameter(f"there is no file {name!r}; for a network in the table, give --table")
    return network_named(table_named(table), name)


def _mistakes(reading: FormReading) -> list[str]:
    try:
        check(draft_of(reading))
    except InvalidError as error:
        return [mistake.field for mistake in error.errors]
    return []
