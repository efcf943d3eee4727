"""Plays AWS with moto, and deploys the template there: the table, the secrets, and the sender of mails."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from moto import mock_aws

from local.dynamodb import speed_up
from local.template import Template

REGION = "eu-west-1"
# The same at every start, so that links in earlier mails stay valid.
_LINK_KEY = "the-local-stack-signs-its-links-with-this"


@contextmanager
def account() -> Iterator[None]:
    """Play AWS in this process, without the AWS configuration of this machine."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    # boto3 would put an account id in the host names of streams, and moto does not know such names.
    os.environ |= {"AWS_DEFAULT_REGION": REGION, "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled"}
    os.environ |= {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    try:
        with mock_aws():
            yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def deploy(template: Template, sender: str) -> str:
    """Make the table, the secrets and the sender's identity; return the ARN of the table's stream."""
    speed_up()
    for secret in template.secrets:
        boto3.client("secretsmanager").create_secret(Name=secret, SecretString=_LINK_KEY)
    boto3.client("sesv2").create_email_identity(EmailIdentity=sender)
    table = boto3.client("dynamodb").create_table(**template.table)
    return table["TableDescription"]["LatestStreamArn"]
