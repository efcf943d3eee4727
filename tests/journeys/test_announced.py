"""What an order's page announces is what then goes out: any small network, any order, on the whole system."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from local.world import World
from shared.access.bearer import Bearer
from shared.access.links import Links
from shared.aws.schools import Schools
from shared.aws.secrets import link_keys
from shared.domain.actions.organiser import order_of_path, people, rule
from shared.domain.actions.organiser.by_hand import PAGE
from shared.domain.actions.organiser.order import OrderContext, Wish
from shared.domain.actions.registrant import cancelled
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import COUNTED, State
from shared.mails.order_preview import MAIL_SUMMARIES
from tests.journeys.conftest import FORM, PATH

SANNE = "info@voortgezetleren.nl"
SCHOOLS = (("Bergcollege", "Utrecht"), ("Het Berg", "Utrecht"), ("Dalcollege", "Ede"))
NAMES = (
    "Anna Bos",
    "Bounce Bea",
    "Carla Smit",
    "Dirk Mol",
    "Complaint Ed",
    "Fay Kok",
    "Gijs Vos",
    "Hans Pol",
)
_MAIL = re.compile(r"<li><strong>[^<]*</strong> <span>([^<]*)</span> <span>“([^<]*)”</span></li>")

Mails = Counter[tuple[str, str]]


class AnnouncedMails(NamedTuple):
    """What a page says that will go out, at once and at the next check; to whom, and what."""

    now: Mails
    later: Mails


class Desk:
    """A small network to which things happen, and an organiser who gives orders in it."""

    def __init__(self, world: World) -> None:
        self.world, self._came = world, iter(NAMES)
        world.reset()
        toml = world.table.networks()["plg-2023"]
        self.network = world.apply_network(toml.replace("[rule]", "[rule]\nremind_session_days_before = 7"))
        self._links = Links(link_keys(world.template.named("mail").environment["LINK_SECRET"]))
        self._home = "/organiser/" + self._links.organiser(self.network, SANNE).rpartition("/")[2]

    def joins(self, n: int) -> None:
        """Somebody fills in the form, every third time with a colleague."""
        name, (school, place) = next(self._came, ""), SCHOOLS[n % 3]
        colleague = next(self._came, "") if n % 2 else ""
        fields = {"naam": name, "emailadres": _address(name), "schoolnaam": school, "plaats": place}
        if colleague:
            fields |= {"collega_naam": colleague, "collega_email": _address(colleague)}
        if n % 7 == 6:
            fields |= {"website": "https://spam.example"}
        headers = {"content-type": "application/x-www-form-urlencoded", "origin": FORM}
        if name:
            assert self.world.http("POST", PATH, headers, urlencode(fields)).status == 303

    def leaves(self, n: int) -> None:
        """Somebody takes themselves off the list."""
        people_on_list = [r for r in self.world.registrations() if r.state in (*COUNTED, State.LATE)]
        if people_on_list:
            assert self.world.table.save(cancelled(people_on_list[n % len(people_on_list)], self.world.now))
            self.world.sweep()

    def waits(self, n: int) -> None:
        """Some days go by, and only on the last of them there is a check."""
        self.world.set_clock(self.world.now + timedelta(n % 20))
        self.world.next_day()
        self.world.set_clock(self.world.now + timedelta(hours=3))

    def orders(self, n: int) -> AnnouncedMails:
        """An organiser gives one of the orders that are possible now; return what its page announced."""
        possible = list(self._possible())
        page, typed = possible[n % len(possible)]
        shown = self._asks("POST", page, typed) if typed else self._asks("GET", page)
        announced = _read(shown)
        self._asks("POST", page, {**typed, "why": "belde", "step": "do"})
        self.world.sweep()
        return announced

    def _possible(self) -> Iterator[tuple[str, dict[str, str]]]:
        table, network = self.world.table, self.network
        everyone, decisions = table.registrations(network.id), table.decisions(network.id)
        knowledge = Schools(table).at(self.world.now)
        context = OrderContext(network, everyone, decisions, self.world.now, SANNE, knowledge)
        ordered = sorted(everyone, key=lambda r: (r.received_at, r.reference))
        pages = [
            f"person/{r.reference}/{act}" for r in ordered for act in people.possible_actions(r, context.now)
        ]
        pages += [
            f"school/{r.reference}/{act}" for r in ordered for act in rule.possible_school_actions(context, r)
        ]
        pages += [f"word/{word.id}/undo" for word in knowledge.rulings]
        pages += [
            f"typing/{a.reference}/{kind}/{b.reference}"
            for a in ordered
            for b in ordered
            for kind in ("same", "different")
        ]
        pages += ["closing/hold", "closing/release"]
        yield from ((page, {}) for page in pages if order_of_path(context, page, Wish()))
        if name := next(self._came, ""):
            school, place = SCHOOLS[len(everyone) % 3]
            typed = {"name": name, "email": _address(name), "school": school, "place": place, "why": "belde"}
            yield PAGE, typed | {"state": "admitted" if len(everyone) % 2 else "registered"}

    def _asks(self, method: str, page: str, fields: dict[str, str] | None = None) -> str:
        bearer = Bearer(self.network.id, address_key(self.network.id, SANNE))
        session = self._links.session(bearer, self.world.now)
        body = urlencode({"form": self._links.form(session), **(fields or {})})
        headers = {
            "cookie": f"__Secure-tweetal={session}",
            "content-type": "application/x-www-form-urlencoded",
            "origin": self.world.base_url,
        }
        answer = self.world.http(method, f"{self._home}/{page}", headers, body)
        assert answer.status in (200, 303), (page, answer.status)
        return answer.body.decode()

    def came(self, act: Callable[[], None]) -> Mails:
        """Return the mails to people that went out since an act began."""
        before = len(self.world.mails())
        act()
        mails = self.world.mails()[before:]
        return Counter((m["to"][0], MAIL_SUMMARIES[m["kind"]]) for m in mails if m["kind"] in MAIL_SUMMARIES)


def _address(name: str) -> str:
    return f"{name.split()[0].lower()}@berg.example"


def _read(page: str) -> AnnouncedMails:
    at_once, _, later = page.partition("De eerstvolgende ochtend om 7.00 uur: ")
    return AnnouncedMails(
        *(Counter((to, unescape(text)) for to, text in _MAIL.findall(p)) for p in (at_once, later))
    )


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World() as made:
        yield made


STEPS = st.tuples(st.sampled_from(["joins", "joins", "orders", "waits", "leaves"]), st.integers(0, 60))


@settings(max_examples=settings().max_examples // 15, phases=(Phase.explicit, Phase.generate))
@given(st.integers(0, 20), st.lists(STEPS, max_size=4), st.integers(0, 60))
def test_the_mails_that_an_order_announces_are_those_that_then_go_out(
    world: World, first: int, steps: list[tuple[str, int]], last: int
) -> None:
    def before() -> Desk:
        desk = Desk(world)
        desk.joins(first)
        for name, n in steps:
            getattr(desk, name)(n)
        return desk

    anyhow = (desk := before()).came(world.next_day)
    announced: list[AnnouncedMails] = []
    at_once = (desk := before()).came(lambda: announced.append(desk.orders(last)))
    (mails,) = announced
    assert at_once == mails.now
    assert desk.came(world.next_day) - anyhow == mails.later
