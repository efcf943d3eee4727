"""`tweetal form`: how posts of a form are read, kept and released; prints field names, never values."""

from collections import Counter
from collections.abc import Mapping

import typer

from cli.form_secret import secret
from cli.form_trial import try_file
from cli.mistakes import mistakes_in_words
from cli.shell import OUT, AsJson, By, NetworkId, TableName, network_named, now, show, table_named
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.actions.organiser.kept_posts import release
from shared.domain.actions.organiser.order import OrderContext
from shared.domain.actions.organiser.reread import reread
from shared.domain.form.draft import draft_of
from shared.domain.form.form_map import form_map
from shared.domain.form.kept_post import KeptPost
from shared.domain.form.reading import FormReading, read_form
from shared.domain.form.submission import InvalidError, check
from shared.domain.registration.registration import Registration

app = typer.Typer(
    no_args_is_help=True,
    help="The posts of forms: how they are read, and what did not fit.",
)
app.command("try")(try_file)
app.command()(secret)


@app.command()
def misfits(network: NetworkId, table: TableName, as_json: AsJson = False) -> None:
    """List the kept posts. Shows when each came, and which fields are wrong, missing or unknown."""
    store = table_named(table)
    form = form_map(network_named(store, network).form)
    rows = (
        (
            f"{post.received_at:%Y-%m-%d %H:%M}Z",
            ", ".join(_mistakes(reading := read_form(post.answers, form))) or "nothing now",
            ", ".join(answer.name for answer in reading.unknown),
        )
        for post in store.kept_posts.unexpired(network, now())
    )
    show(("received", "wrong or missing", "unknown fields"), rows, as_json)


@app.command("release")
def release_all(network: NetworkId, table: TableName, by: By = "operator") -> None:
    """Register the people in the kept posts. They count from the time of their post.

    First correct [form.fields] in the network's file, and apply it. Unknown fields of registered people are
    read anew too.
    """
    store, at = table_named(table), now()
    learning_network = network_named(store, network)
    outcomes: Counter[str] = Counter()
    for post in store.kept_posts.unexpired(network, at):
        context = OrderContext(
            learning_network, store.registrations(network), (), at, by, Schools(store).at(at)
        )
        outcomes[_release(post, context, store)] += 1
    context = OrderContext(learning_network, store.registrations(network), (), at, by, Schools(store).at(at))
    for registration in context.registrations:
        outcomes.update(_reread(registration, context, store))
    OUT.print(
        "\n".join(f"{count} {outcome}" for outcome, count in outcomes.items() if count)
        or "there is nothing to release"
    )


def _release(post: KeptPost, context: OrderContext, store: Table) -> str:
    """Register the people in a post, unless it still does not fit, and say what became of it.

    People who are registered already, or have left since, keep the registration they have.
    """
    reading = read_form(post.answers, form_map(context.network.form))
    try:
        submission = check(draft_of(reading), context.network.form.questions)
    except InvalidError as error:
        return f"left, because of {mistakes_in_words(error.errors)}"
    new = release(context, post, submission).new
    done = store.complete(post, new) if new else store.kept_posts.drop(post)
    return "registered" if new and done else "registered already"


def _reread(registration: Registration, context: OrderContext, store: Table) -> Mapping[str, int]:
    rereading = reread(context, registration)
    if not rereading:
        return {}
    if rereading.colleagues:  # first, so that they still stand among the unknown fields if this stops halfway
        store.register(rereading.colleagues)
    is_saved = store.save(rereading.registrant)
    return {"read anew": int(is_saved), "registered from unknown fields": len(rereading.colleagues)}


def _mistakes(reading: FormReading) -> list[str]:
    try:
        check(draft_of(reading))
    except InvalidError as error:
        return [mistake.field for mistake in error.errors]
    return []
