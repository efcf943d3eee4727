"""A network whose file this release cannot read: nobody hears that it does not exist, and nothing is lost."""

import html
import json
import re
from collections.abc import Iterator

import pytest

from functions.submit import handler as submit
from functions.submit.services import services as submit_services
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import Network
from tests.conftest import PLG
from tests.functions.submit.posts import JAN, MULTIPART, OPEN, SITE, event, form_post, json_post, multipart

RAW = {**JAN, "remarks": '<b>"één"</b>', "field_7": "vega"}


@pytest.fixture(autouse=True)
def fresh(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    Store("tweetal").put({"pk": "NETWORKS", "sk": "wiskunde-2023", "toml": "id = 'of a later release'"})
    submit_services.cache_clear()
    yield
    submit_services.cache_clear()


def test_a_program_is_told_to_come_again() -> None:
    answer = submit.handler(json_post(network="wiskunde-2023"), None)
    assert (answer["statusCode"], answer["headers"]["retry-after"]) == (503, "60")
    assert json.loads(answer["body"])["type"] == "/problems/unavailable"


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
def test_a_person_can_send_the_same_again_with_one_button(table: Table, form: str) -> None:
    sent = form_post(RAW, network="wiskunde-2023")
    if form == "multipart":
        sent = event(multipart(RAW), MULTIPART, network="wiskunde-2023", accept="text/html")
    answer = submit.handler(sent, None)
    assert (answer["statusCode"], answer["headers"]["retry-after"]) == (503, "60")
    kept = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', answer["body"])
    assert {html.unescape(name): html.unescape(value) for name, value in kept} == RAW
    assert "form-action 'self' https:" in answer["headers"]["content-security-policy"]
    table.apply_network(PLG.read_text().replace('"plg-2023"', '"wiskunde-2023"'), "x", OPEN)
    submit_services.cache_clear()
    again = submit.handler(form_post(dict(kept), network="wiskunde-2023", origin=SITE), None)
    assert again["statusCode"] == 303
    (jan,) = table.registrations("wiskunde-2023")
    assert (jan.name, jan.extra) == ("Jan de Vries", {"field_7": "vega"})


def test_what_cannot_be_read_either_is_refused_as_ever() -> None:
    assert submit.handler(event("{", network="wiskunde-2023"), None)["statusCode"] == 400


def test_a_preflight_is_told_to_come_again() -> None:
    asked = event(content_type=None, method="OPTIONS", network="wiskunde-2023", origin=SITE)
    assert submit.handler(asked, None)["statusCode"] == 503


def test_other_networks_go_on_and_an_unknown_one_is_still_unknown() -> None:
    assert submit.handler(json_post(), None)["statusCode"] == 201
    assert submit.handler(json_post(network="nobody"), None)["statusCode"] == 404
