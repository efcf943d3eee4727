"""Strangers and an organiser at the door at one moment, on an engine that judges writes one by one."""

from functools import partial

import pytest

from functions.decide import handler as decide
from shared.access.ended_sessions import EndedSessions
from shared.access.sign_in import TRIES, SignIn
from shared.access.sign_ins import SignIns
from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import Network
from tests.at_once import at_once
from tests.engines import SERVERS
from tests.functions.organise.test_handler import BEARER, KEY, LINKS, Browser, asks, link
from tests.people import AT

pytestmark = pytest.mark.parametrize("engine", SERVERS, indirect=True)

MANY = 24


@pytest.fixture
def sign_ins(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> SignIns:
    """The function that lets organisers in, as it is after its cold start."""
    store = Store("tweetal")
    sign_ins, networks, schools = SignIns(store), Networks(table), Schools(table)
    services = decide.Services(table, sign_ins, networks, LINKS, schools, EndedSessions(store), "tweetal")
    monkeypatch.setattr(decide, "services", lambda: services)
    monkeypatch.setenv("TABLE", "tweetal")
    networks.at(AT)
    return sign_ins


def test_a_link_has_five_codes_an_hour_however_many_ask_at_once(sign_ins: SignIns, plg: Network) -> None:
    browsers = [Browser(link(plg, "2023-03-20")) for _ in range(MANY)]
    pages = at_once(*(partial(asks, browser) for browser in browsers))
    assert sum("We hebben je een code gemaild" in page for page in pages) == 5
    assert len(sign_ins.all_of(plg.id)) == 5


def test_strangers_who_ask_at_once_leave_the_organiser_a_code(sign_ins: SignIns, plg: Network) -> None:
    strangers = [Browser(link(plg, f"2023-03-{day}")) for day in range(10, 19) for _ in range(3)]
    organiser = Browser(link(plg, "2023-03-20"))
    *_, page = at_once(*(partial(asks, browser) for browser in (*strangers[: MANY - 1], organiser)))
    assert "We hebben je een code gemaild" in page
    assert len(sign_ins.all_of(plg.id)) == 21


def test_a_code_has_five_tries_however_many_type_at_once(sign_ins: SignIns, plg: Network) -> None:
    code = SignIn(plg.id, KEY, "id", AT)
    assert sign_ins.save(code)
    browsers = [Browser(link(plg, "2023-03-20")) for _ in range(MANY)]
    for browser in browsers:
        browser.cookie = f"__Secure-tweetal-code={LINKS.browser(BEARER, code)}"
    answers = at_once(*(partial(browser.post, code="x") for browser in browsers))
    stored = sign_ins.get(plg.id, KEY, "id")
    assert stored
    # A try that a busy engine counted, and answered too late, is a try.
    assert 0 < sum("klopt niet" in answer["body"] for answer in answers) <= stored.tries <= TRIES


def test_the_right_code_opens_one_session_however_often_it_is_typed_at_once(
    sign_ins: SignIns, plg: Network
) -> None:
    code = SignIn(plg.id, KEY, "id", AT)
    assert sign_ins.save(code)
    browsers = [Browser(link(plg, "2023-03-20")) for _ in range(MANY)]
    for browser in browsers:
        browser.cookie = f"__Secure-tweetal-code={LINKS.browser(BEARER, code)}"
    answers = at_once(*(partial(browser.post, code=LINKS.code(code)) for browser in browsers))
    assert [answer["statusCode"] for answer in answers].count(303) == 1
