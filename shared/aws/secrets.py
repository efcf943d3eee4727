"""The keys that sign our links."""

import json
from collections.abc import Callable
from typing import Any

from shared.aws.wire import translating_errors


def _with_boto3() -> Any:
    from shared.aws.clients import secrets_manager  # see shared/aws/store.py

    return secrets_manager()


def link_keys(secret: str, connect: Callable[[], Any] = _with_boto3) -> list[str]:
    """Return the signing keys, oldest first: the secret is one key, or a JSON list of them.

    Raises `UnavailableError` if Secrets Manager fails.

    To rotate keys, append a new one, and remove the old ones when their links have expired.
    """
    with translating_errors():
        client = connect()
        value = client.get_secret_value(SecretId=secret)["SecretString"]
    return [str(key) for key in json.loads(value)] if value.startswith("[") else [value]
