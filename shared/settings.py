"""The settings of a function, from its environment; no other module reads that."""

import os
from typing import NamedTuple


class Settings(NamedTuple):
    """The variables that infra/template.yaml sets; a variable that a function lacks is ""."""

    table: str
    sender: str
    configuration_set: str
    link_secret: str
    base_url: str
    metrics_namespace: str
    origin_secret: str
    around_front: str
    exports: str


def read_settings() -> Settings:
    """Read the environment; only the table's name is set for every function."""
    get = os.environ.get
    return Settings(
        table=os.environ["TABLE"],
        sender=get("SENDER", ""),
        configuration_set=get("CONFIGURATION_SET", ""),
        link_secret=get("LINK_SECRET", ""),
        base_url=get("BASE_URL", ""),
        metrics_namespace=get("METRICS_NAMESPACE", ""),
        origin_secret=get("ORIGIN_SECRET", ""),
        around_front=get("AROUND_FRONT", ""),
        exports=get("EXPORTS", ""),
    )


def read_version() -> str:
    """Read which release runs, such as 0.1.0+959a77a: at most 20 characters; "" if nothing is deployed."""
    return os.environ.get("VERSION", "")


class AwsAccess(NamedTuple):
    """How one service of AWS is reached, as Lambda and those who test say; `endpoint` is mostly ""."""

    region: str
    access_key: str
    secret_key: str
    token: str
    endpoint: str
    authorities: str | bool


def read_aws_access(service: str) -> AwsAccess:
    """Read what an SDK reads of the environment."""
    get = os.environ.get
    return AwsAccess(
        region=os.environ["AWS_DEFAULT_REGION"],
        access_key=os.environ["AWS_ACCESS_KEY_ID"],
        secret_key=os.environ["AWS_SECRET_ACCESS_KEY"],
        token=get("AWS_SESSION_TOKEN", ""),
        endpoint=get(f"AWS_ENDPOINT_URL_{service.upper()}") or get("AWS_ENDPOINT_URL", ""),
        authorities=get("AWS_CA_BUNDLE") or True,
    )
