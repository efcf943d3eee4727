"""Who posts is told from what a browser adds by itself."""

import pytest

from functions.submit.client import Client, client_of
from shared.request import Request
from tests.forms.posts import BROWSER, SCRIPT, SERVER
from tests.people import AT

_SITE = {"Origin": "https://www.voortgezetleren.nl"}


@pytest.mark.parametrize(
    ("headers", "client"),
    [
        (BROWSER, Client.BROWSER),
        ({"Accept": "text/html"}, Client.BROWSER),  # an old one
        (SCRIPT, Client.SCRIPT),
        ({"Accept": "application/json", **_SITE}, Client.SCRIPT),
        ({"X-Requested-With": "XMLHttpRequest", "Accept": "*/*"}, Client.SCRIPT),
        ({"Sec-Fetch-Mode": "no-cors", "Accept": "*/*"}, Client.SCRIPT),
        ({"Accept": "application/json"}, Client.API),
        (SERVER, Client.SERVER),
        ({}, Client.SERVER),
    ],
)
def test_each_client_is_known_by_its_headers(headers: dict[str, str], client: Client) -> None:
    lower = {name.lower(): value for name, value in headers.items()}
    assert client_of(Request("POST", "api", lower, {}, {}, "", False, "id", AT)) is client
