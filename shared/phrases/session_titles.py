"""What an agenda calls a session, in a calendar file and on the web."""

from collections.abc import Mapping

from shared.domain.network.network import Network
from shared.domain.network.parts import Language

_TITLES: Mapping[Language, str] = {"nl": "{}: bijeenkomst {} van {}", "en": "{}: session {} of {}"}


def session_title(network: Network, number: int) -> str:
    """Return what an agenda calls a session of a network; the first is number 1."""
    return _TITLES[network.language].format(network.title, number, len(network.sessions))
