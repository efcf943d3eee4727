"""Every link at every door: what it is not for it does not open, and no answer tells why."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from local import template
from local.web import RawRequest, Response
from local.world import World
from shared.access.bearer import Bearer
from shared.access.links import Links
from shared.aws.secrets import link_keys
from shared.domain.actions.registrant import revoked
from shared.domain.registration.erasure import erased
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import Registration
from tests.engines import Engine, Send
from tests.faults.answers import operation

HOST = "127.0.0.1:8080"
ROUTES = [route for route in template.read(template.PATH, {}).routes if "{token}" in route.path]
OPENS = {"/me": "me", "/join": "forward", "/organiser": "organiser"}
SANNE = "info@voortgezetleren.nl"


class Key(NamedTuple):
    """A link as somebody may try it: what it was made for, and of whom; `opens` is False for a void one."""

    token: str
    purpose: str
    of: str
    opens: bool = True


class House:
    """The whole system, with people in two networks, who hold every kind of link that there is."""

    def __init__(self, world: World) -> None:
        self.world, self.calls = world, list[str]()
        toml = world.table.networks()["plg-2023"]
        world.apply_network(toml.replace('id = "plg-2023"', 'id = "abc-2023"'))
        self.links = Links(link_keys(world.template.named("mail").environment["LINK_SECRET"]))
        self.keys = list(self._keys())

    def _keys(self) -> Iterator[Key]:
        for network in self.world.networks.values():
            for name in ("Anna", "Bram", "Roos", "Wim"):
                yield from self._keys_of(self._registers(name, network.id))
            sanne = self.links.organiser(network, SANNE)
            yield Key(_token(sanne), "organiser", network.id)
            elsewhere = self.links.organiser(network, "weg@voortgezetleren.nl")
            yield Key(_token(elsewhere), "organiser", "nobody", opens=False)
            organiser = network.organiser.model_copy(update={"links_version": 1})
            revoked_pages = network.model_copy(update={"organiser": organiser})
            yield Key(_token(self.links.organiser(revoked_pages, SANNE)), "organiser", "a", opens=False)
            bearer = Bearer(network.id, address_key(network.id, SANNE))
            session = self.links.session(bearer, self.world.now)
            yield Key(session, "session", network.id)
            yield Key(self.links.form(session), "form", network.id)
        for text in ("x", "é", ".", "W10.x", "a" * 2000):
            yield Key(text, "nothing", "nobody")

    def _keys_of(self, registration: Registration) -> Iterator[Key]:
        network = self.world.networks[registration.network]
        nobody = replace(registration, person_key=address_key(network.id, "niemand@berg.example"))
        strange = Links(["somebody else's key"])
        is_void = registration.name in ("Roos", "Wim")  # whose links were revoked, whose data is erased
        for purpose in ("me", "forward"):
            made = {"me": self.links.me, "forward": self.links.forward}[purpose]
            token = _token(made(registration, network))
            yield Key(token, purpose, registration.reference, not is_void)
            yield Key(_token(made(nobody, network)), purpose, "nobody", opens=False)
            yield Key(token[:-1], purpose, registration.reference, opens=False)
            yield Key(token.swapcase(), purpose, registration.reference, opens=False)
            old = self.links._signer(purpose).dumps(
                [registration.network, registration.person_key, 9_999_999_999]
            )
            yield Key(str(old), purpose, registration.reference, opens=False)
        yield Key(_token(strange.me(registration, network)), "me", registration.reference, opens=False)
        yield Key(
            _token(strange.forward(registration, network)), "forward", registration.reference, opens=False
        )
        changed = {"Roos": revoked, "Wim": erased}.get(registration.name)
        if changed:
            assert self.world.table.save(changed(registration, self.world.now))

    def _registers(self, name: str, network: str) -> Registration:
        body = {"name": name, "email": f"{name.lower()}@berg.example", "school": "Bergcollege"}
        path, headers = f"/networks/{network}/registrations", {"content-type": "application/json"}
        reference = self.world.http("POST", path, headers, json.dumps(body)).json()["reference"]
        return next(r for r in self.world.registrations() if r.reference == reference)

    def note(self, send: Send, request: Any) -> Any:
        """Note what is asked of AWS."""
        self.calls.append(operation(request))
        return send(request)

    def tries(
        self, key: Key, method: str, path: str, more: Mapping[str, str]
    ) -> tuple[Response, tuple[str, ...]]:
        """Try a link at a door; return the answer, and what was asked of AWS for it."""
        where = path.replace("{token}", quote(key.token)).replace("{file}", "gegevens.json")
        headers = {
            "host": HOST,
            "origin": f"http://{HOST}",
            "content-type": "application/x-www-form-urlencoded",
        }
        body = b"action=cancel&do=ask&sure=yes" if method == "POST" else b""
        self.calls.clear()
        request = RawRequest(
            method, where.replace("{page+}", "export/csv"), tuple((headers | {**more}).items()), body
        )
        answer = self.world.answer(request)
        told = tuple(h for h in answer.headers if h[0] != "apigw-requestid")  # of each request another
        return replace(answer, headers=told), tuple(self.calls)


def _token(link: str) -> str:
    return link.rpartition("/")[2]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with World(base_url=f"http://{HOST}") as world, pytest.MonkeyPatch.context() as patch:
        house = House(world)
        Engine().around(patch, house.note)
        yield house


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")
def test_what_a_link_is_not_for_looks_like_no_link_at_all(
    house: House, route: template.Route, accept: str
) -> None:
    opens = OPENS[route.path.partition("/{")[0]]
    wrong = [key for key in house.keys if key.purpose != opens or not key.opens]
    assert len(wrong) > 50
    nonsense = next(key for key in wrong if key.token == "x")
    house.tries(nonsense, route.method, route.path, {"accept": accept})  # connects, and reads the networks
    answer, calls = house.tries(nonsense, route.method, route.path, {"accept": accept})
    assert answer.status == 404
    for key in wrong:
        tried = house.tries(key, route.method, route.path, {"accept": accept})
        assert tried == (answer, calls), key
    assert all(r.state.value == "registered" or r.name == "(gewist)" for r in house.world.registrations())


@pytest.mark.parametrize("route", [r for r in ROUTES if r.method == "GET"], ids=lambda r: r.path)
def test_a_link_opens_what_is_of_its_holder_and_of_nobody_else(house: House, route: template.Route) -> None:
    opens = OPENS[route.path.partition("/{")[0]]
    references = {r.reference for r in house.world.registrations()}
    right = [key for key in house.keys if key.purpose == opens and key.opens]
    assert len(right) == (2 if opens == "organiser" else 4)
    for key in right:
        answer, _ = house.tries(key, "GET", route.path, {})
        assert answer.status == 200
        named = {reference for reference in references if reference in answer.body.decode()}
        assert named == ({key.of} if opens == "me" else set())


def test_no_link_opens_after_the_personal_data_has_gone(house: House) -> None:
    start, (network, *_) = house.world.now, house.world.networks.values()
    house.world.set_clock(network.forgotten_at)
    for route in ROUTES:
        for key in house.keys:
            assert house.tries(key, route.method, route.path, {})[0].status == 404
    house.world.set_clock(start)
