"""`tweetal`: the operator's command line."""

import os
import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from cli import (
    check,
    deploy,
    doctor,
    form,
    mail,
    network,
    person,
    redrive,
    registration,
    rehearse,
    restore,
    rule,
    schools,
)
from cli.mistakes import mistakes_in_words
from cli.pasted_post import UnusablePasteError
from cli.release import version
from cli.shell import print_failure
from shared.aws.wire import UnavailableError, translating_errors
from shared.domain.form.submission import InvalidError
from shared.domain.network.network import NetworkError
from shared.domain.registration.registration import ImpossibleChangeError
from shared.domain.schools.matching import RegisterError

# Help and errors are plain text: as Rich's markup, "[form.fields]" would be an unknown style and vanish.
app = typer.Typer(
    name="tweetal",
    no_args_is_help=True,
    help="Run Tweetal: networks, registrations, the rule and the schools.",
    rich_markup_mode=None,
    context_settings={"max_content_width": 120},
)
app.add_typer(network.app, name="network")
app.add_typer(form.app, name="form")
app.add_typer(registration.app, name="registration")
app.add_typer(mail.app, name="mail")
app.add_typer(person.app, name="person")
app.add_typer(check.app)
app.add_typer(deploy.app)
app.add_typer(doctor.app)
app.add_typer(redrive.app)
app.add_typer(rehearse.app)
app.add_typer(restore.app)
app.add_typer(rule.app)
app.add_typer(schools.app, name="schools")

_EXPECTED = (NetworkError, RegisterError, ImpossibleChangeError, InvalidError, UnusablePasteError)
_EXPIRED = "these AWS credentials have expired, or AWS does not know them; log in again (aws sso login)"
_UNREACHED = "AWS cannot be reached; look at the network and at AWS_DEFAULT_REGION"
_REFUSED = "these AWS credentials may not do this; look at AWS_PROFILE"
# What AWS and its SDK call it, and what an operator can do about it.
_ADVICE = {
    "NoCredentialsError": "there are no AWS credentials here; log in (aws sso login), or set AWS_PROFILE",
    "PartialCredentialsError": "a part of the AWS credentials is missing; log in, or set AWS_PROFILE",
    "ProfileNotFound": "AWS_PROFILE is no profile of this machine; see: aws configure list-profiles",
    "NoRegionError": "no AWS region is chosen; set AWS_DEFAULT_REGION to the region of the stack",
    "InvalidRegionError": "AWS_DEFAULT_REGION is no region; one is eu-west-1",
    "ResourceNotFoundException": "there is no such table or secret in this region; TABLE (TableName) and "
    "LINK_SECRET (LinkSecretArn) are outputs of the stack, and AWS_DEFAULT_REGION is its region",
    "ValidationException": "AWS does not take this; TABLE must be the stack's output TableName",
    **dict.fromkeys(("EndpointConnectionError", "ConnectTimeoutError", "ReadTimeoutError"), _UNREACHED),
    **dict.fromkeys(("ProxyConnectionError", "SSLError", "ConnectionClosedError"), _UNREACHED),
    **dict.fromkeys(("AccessDeniedException", "AccessDenied"), _REFUSED),
    **dict.fromkeys(("UnrecognizedClientException", "InvalidClientTokenId", "ExpiredToken"), _EXPIRED),
    **dict.fromkeys(("ExpiredTokenException", "TokenRetrievalError", "SSOTokenLoadError"), _EXPIRED),
    **dict.fromkeys(("UnauthorizedSSOTokenError", "RequestExpired"), _EXPIRED),
}


def main() -> None:
    """Run the command line; print an expected failure as one line."""
    for stream in (sys.stdout, sys.stderr):  # whatever the locale, as every file of ours
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    if region := os.environ.get("AWS_REGION"):  # the AWS CLI prefers it, and boto3 does not read it
        os.environ["AWS_DEFAULT_REGION"] = region
    try:
        with translating_errors():  # also where a client cannot even be made
            app()
    except (*_EXPECTED, UnavailableError, OverflowError, OSError) as error:
        print_failure(_sentence(error))
        raise SystemExit(1) from error


def _sentence(error: Exception) -> str:
    """Say what is wrong, and what to do."""
    match error:
        case InvalidError():
            return mistakes_in_words(error.errors)
        case UnavailableError():
            return _ADVICE.get(str(error), f"{error}; try again in a moment")
        case OSError():  # no file, no room on the disk
            return f"{error.filename or 'writing failed'}: {error.strerror}"
        case OverflowError():
            return "a date is too far away to count with"
    return str(error)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(version())
        raise typer.Exit


@app.callback()
def _common(
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and the commit."
        ),
    ] = False,
) -> None:
    """Run Tweetal: networks, registrations, the rule and the schools."""
