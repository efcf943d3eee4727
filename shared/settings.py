"""Where a function finds what it talks to: the only reader of the environment."""

import os
from typing import NamedTuple


class Settings(NamedTuple):
    """What infra/template.yaml tells a function; a function that was not told something has "" for it."""

    table: str
    sender: str
    configuration_set: str
    link_secret: str
    base_url: str
    metrics_namespace: str
    origin_secret: str
    around_front: str


def settings() -> Settings:
    """Read the environment of this function; only the table's name is needed by all of them."""
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
    )
