"""boto3's clients, for every function but the one that must start fastest (`shared/aws/direct.py`)."""

from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.session import get_session

from shared.aws.patience import PATIENT, Patience, conflict_wait, stop_without_time
from shared.aws.wire import read_page

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_secretsmanager import SecretsManagerClient


def _config(patience: Patience) -> Config:
    return Config(
        connect_timeout=patience.connect,
        read_timeout=patience.read,
        retries={"total_max_attempts": patience.tries, "mode": "standard"},
        parameter_validation=False,  # our own code makes the requests, and DynamoDB judges them too
    )


CONFIG = _config(PATIENT)


def dynamodb(patience: Patience = PATIENT) -> "DynamoDBClient":
    """Return a client that also retries transactions that meet, and reads many items in little time."""
    client = boto3.client("dynamodb", config=_config(patience))
    client.meta.events.register("needs-retry.dynamodb", _retry_delay)  # type: ignore[arg-type] # hooks may return a value
    client.meta.events.register("before-parse.dynamodb.Query", read_page)
    client.meta.events.register_first("before-send", stop_without_time)
    return client


def secrets_manager() -> "SecretsManagerClient":
    """Return a client that reads the keys of our links."""
    client = boto3.client("secretsmanager", config=CONFIG)
    client.meta.events.register_first("before-send", stop_without_time)
    return client


def object_store() -> Any:
    """Return a client that writes to S3, made past boto3, whose own part for S3 is not packed."""
    session: Any = get_session()
    plain = Config(request_checksum_calculation="when_required")  # TLS has sums of its own
    return session.create_client("s3", config=CONFIG.merge(plain))


def _retry_delay(attempts: int, response: Any, **_: Any) -> float | None:
    """Return how many seconds botocore waits before its next try; None leaves that to botocore."""
    return conflict_wait(attempts, response[1]) if response else None
