"""Whose link somebody holds."""

from typing import NamedTuple


class Bearer(NamedTuple):
    """What a link says: whose it is and of which version; of an organiser `person` is their address's key."""

    network: str
    person_key: str
    version: int = 0
