"""Posts a registration to our own API, from outside."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from shared.domain.network.network import PROBE

_SECONDS = 20  # a visitor would have gone by then


def post(base_url: str, day: str) -> int:
    """Register the person of a day with a fresh address of SES's simulator, and return the status."""
    if not base_url.startswith("https://"):
        raise ValueError("a visitor comes by https")
    address = f"success+{day}@simulator.amazonses.com"
    body = json.dumps({"name": "Proef Tweetal", "email": address, "school": "Proefschool"}).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    request = Request(f"{base_url}/networks/{PROBE}/registrations", body, headers)  # noqa: S310 https, see above
    try:
        with urlopen(request, timeout=_SECONDS) as response:  # noqa: S310 as above # nosec B310
            return int(response.status)
    except HTTPError as error:
        return error.code
