"""The last posts that came in and what each was answered; the local stack holds invented data only."""

from collections import deque
from collections.abc import Mapping
from typing import Any, NamedTuple

from shared.domain.network.network import Network
from shared.request import Request, read_request

_KEPT = 30


class PastPost(NamedTuple):
    """A post as the function got it, the network as it was then, and the status of the answer."""

    request: Request
    network: Network
    status: int


class PastPosts(deque[PastPost]):
    """The last posts, the oldest first."""

    def __init__(self) -> None:
        super().__init__(maxlen=_KEPT)

    def record(self, event: Mapping[str, Any], networks: Mapping[str, Network], status: int) -> None:
        """Keep a post to a network's form; ignore any other request."""
        network = networks.get((event.get("pathParameters") or {}).get("network", ""))
        if network and event["routeKey"].rstrip("/") == "POST /networks/{network}/registrations":
            self.append(PastPost(read_request(event), network, status))
