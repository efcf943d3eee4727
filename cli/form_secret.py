"""`tweetal form secret`: with what a form's own server proves that it is the network's."""

from typing import Annotated

import typer

from cli.shell import NetworkId, TableName, network_named, table_named
from shared.access.form_secret import form_secrets
from shared.access.links import Links
from shared.aws.secrets import link_keys

_PASTE = """\
The secret of {network}, version {version}: {secret}

Paste it in one of these places. Never put it in a page or its script, where everybody can read it.

  a header          X-Tweetal-Secret: {secret}
  the address       …/networks/{network}/registrations?secret={secret}
  a signing secret  of a webhook of Typeform, Tally or WPForms

To revoke it, set secret_version = {next} under [form] in the network's file, and apply the file."""


def secret(
    network: NetworkId,
    table: TableName,
    link_secret: Annotated[
        str, typer.Option("--secret", envvar="LINK_SECRET", help="The stack's output LinkSecretArn.")
    ],
) -> None:
    """Print the secret of a site's own server, and where to paste it. It proves that a post is the site's.

    Raise [form] secret_version in the network's file, and apply it, to make every earlier secret worthless.
    """
    version = network_named(table_named(table), network).form.secret_version
    value = form_secrets(Links(link_keys(link_secret)), network, version)[-1]
    typer.echo(_PASTE.format(network=network, version=version, secret=value, next=version + 1))
