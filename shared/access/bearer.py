"""The identity that a link or a session carries."""

from typing import NamedTuple


class Bearer(NamedTuple):
    """The person of a link, and its version; the `person_key` of an organiser is their address's key."""

    network: str
    person_key: str
    version: int = 0
