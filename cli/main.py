"""`tweetal`: the operator's command line."""

import typer

from cli import form, network, person, registration, rule, schools
from cli.pasted_post import UnusablePasteError
from cli.shell import ERR
from shared.aws.wire import UnavailableError
from shared.domain.form.submission import InvalidError
from shared.domain.network.network import NetworkError
from shared.domain.registration.registration import ImpossibleChangeError
from shared.domain.schools.matching import RegisterError

# Help and errors are plain text: as Rich's markup, "[form.fields]" would be an unknown style and vanish.
app = typer.Typer(
    no_args_is_help=True,
    help="Run Tweetal: networks, registrations, the rule and the schools.",
    rich_markup_mode=None,
    context_settings={"max_content_width": 120},
)
app.add_typer(network.app, name="network")
app.add_typer(form.app, name="form")
app.add_typer(registration.app, name="registration")
app.add_typer(person.app, name="person")
app.add_typer(rule.app)
app.add_typer(schools.app, name="schools")

_EXPECTED = (
    NetworkError,
    RegisterError,
    UnavailableError,
    ImpossibleChangeError,
    InvalidError,
    UnusablePasteError,
)


def main() -> None:
    """Run the command line; print an expected failure as one line."""
    try:
        app()
    except _EXPECTED as error:
        ERR.print(f"{type(error).__name__}: {error}", style="red", highlight=False)
        raise SystemExit(1) from error
