"""The keys that sign our links."""

import json

from shared.aws.clients import secrets_manager
from shared.aws.wire import translating_errors


def link_keys(secret: str) -> list[str]:
    """Return the signing keys, oldest first: the secret is one key, or a JSON list of them.

    Raises `UnavailableError` if Secrets Manager fails.

    To rotate keys, append a new one, and remove the old ones when their links have expired.
    """
    client = secrets_manager()
    with translating_errors():
        value = client.get_secret_value(SecretId=secret)["SecretString"]
    return [str(key) for key in json.loads(value)] if value.startswith("[") else [value]
