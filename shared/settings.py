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
