"""Nobody learns from outside who is registered: every public route treats the known and the unknown alike."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import boto3
import pytest

from local.template import PATH, read
from shared.access.links import Links
from shared.aws.keys import registrations_of
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.identity import address_key
from shared.domain.registration.registration import Registration, State
from tests.conftest import PLG
from tests.engines import Engine, Send
from tests.faults.answers import operation
from tests.functions.submit.posts import MULTIPART, OPEN, SITE, TOO_LATE, URLENCODED, multipart
from tests.people import colleagues, someone

TEMPLATE = read(PATH, {})
ROUTES = {f"{route.method} {route.path}": route.function for route in TEMPLATE.routes}
LANGUAGES = ("nl", "en")
FORGED = Links(["not our key"])

NOTHING: Mapping[str, str] = MappingProxyType({})


class Visit(NamedTuple):
    """One way to bring up a person on a route: what is sent, and when."""

    way: str
    headers: Mapping[str, str] = NOTHING
    body: str = ""
    query: Mapping[str, str] = NOTHING
    parameters: Mapping[str, str] = NOTHING
    at: datetime = OPEN


STRANGER = {"name": "Ann Bos", "email": "ann@dal.example", "school": "Dalcollege"}
Visits = Callable[[Registration, Network], list[Visit]]
# What each client sends of itself, by which functions/submit/client.py knows it.
CLIENTS = {
    "browser": {
        "accept": "text/html",
        "sec-fetch-mode": "navigate",
        "content-type": URLENCODED,
        "origin": SITE,
    },
    "script": {"accept": "*/*", "sec-fetch-mode": "cors", "content-type": "application/json", "origin": SITE},
    "program": {"accept": "application/json", "content-type": "application/json"},
    "server": {"content-type": "application/json"},
}


def posts(who: Registration, network: Network) -> list[Visit]:
    """Return every way to post somebody's registration: on time, late, wrong, as a robot, from elsewhere."""
    del network
    typed = {"name": who.name, "email": who.email, "school": who.school}
    colleague = {**STRANGER, "school": "", "colleague_name": who.name, "colleague_email": who.email}
    sent = [
        ("on time", typed, OPEN),
        ("late", typed, TOO_LATE),
        ("wrong", typed | {"school": ""}, OPEN),
        ("wrong, with a colleague", colleague, OPEN),
        ("robot", typed | {"website": "x"}, OPEN),
        ("from elsewhere", typed, OPEN),
    ]
    visits = [_post(client, way, fields, at) for client in CLIENTS for way, fields, at in sent]
    multipart_headers = {"content-type": MULTIPART, "accept": "text/html"}
    return [*visits, Visit("multipart", multipart_headers, multipart(typed).decode())]


def posts_on_time(who: Registration, network: Network) -> list[Visit]:
    return [visit for visit in posts(who, network) if visit.way.endswith("on time")]


def _post(client: str, way: str, fields: dict[str, str], at: datetime = OPEN) -> Visit:
    headers = CLIENTS[client]
    if way == "from elsewhere":
        headers = headers | {"origin": "https://evil.example"}
    body = urlencode(fields) if headers["content-type"] == URLENCODED else json.dumps(fields)
    return Visit(f"{client}, {way}", headers, body, at=at)


def shows_form(who: Registration, network: Network) -> list[Visit]:
    del network
    return [Visit("filled in", CLIENTS["browser"], query={"name": who.name, "email": who.email})]


def preflights(who: Registration, network: Network) -> list[Visit]:
    del who, network
    return [Visit(origin, {"origin": origin}) for origin in (SITE, "https://evil.example")]


def scripts(who: Registration, network: Network) -> list[Visit]:
    del network
    return [Visit("by name", {"origin": SITE}, query={"q": who.name})]


def own(who: Registration, network: Network) -> list[Visit]:
    return _with_token(FORGED.me(who, network), "action=cancel&sure=yes")


def own_file(who: Registration, network: Network) -> list[Visit]:
    token = FORGED.me(who, network).rpartition("/")[2]
    names = ("agenda.ics", "gegevens.json")
    return [Visit(file, CLIENTS["browser"], parameters={"token": token, "file": file}) for file in names]


def joins(who: Registration, network: Network) -> list[Visit]:
    return _with_token(FORGED.forward(who, network))


def of_organiser(who: Registration, network: Network) -> list[Visit]:
    """Return visits with a person's link where an organiser's belongs."""
    return _with_token(FORGED.me(who, network), "do=ask&sure=yes")


def _with_token(link: str, body: str = "") -> list[Visit]:
    token = link.rpartition("/")[2]
    return [Visit("forged", CLIENTS["browser"], body, parameters={"token": token, "page": "inschrijvingen"})]


def lost_links(who: Registration, network: Network) -> list[Visit]:
    del network
    own_page = CLIENTS["browser"] | {"origin": "https://tweetal.example"}
    visit = Visit("our page", own_page, urlencode({"email": who.email}))
    return [
        visit,
        visit._replace(way="late", at=TOO_LATE),
        visit._replace(way="another site", headers=CLIENTS["browser"]),
    ]


REGISTRATIONS, ORGANISER = "/networks/{network}/registrations", "/organiser/{token}"
CASES: dict[str, Visits] = {
    f"POST {REGISTRATIONS}": posts,
    f"POST {REGISTRATIONS}/": posts_on_time,
    **{f"{method} {REGISTRATIONS}{slash}": shows_form for method in ("GET", "HEAD") for slash in ("", "/")},
    **{f"OPTIONS {REGISTRATIONS}{slash}": preflights for slash in ("", "/")},
    "GET /join/{token}": joins,
    **{f"{method} /me/{{token}}": own for method in ("GET", "POST")},
    "GET /me/{token}/{file}": own_file,
    **{f"{method} /links/{{network}}": lost_links for method in ("GET", "POST")},
    "GET /schools": scripts,
    "OPTIONS /schools": preflights,
    "GET /networks/{network}/challenge": scripts,
    "OPTIONS /networks/{network}/challenge": preflights,
    **{
        f"{method} {ORGANISER}{page}": of_organiser
        for method in ("GET", "HEAD", "POST")
        for page in ("", "/{page+}")
    },
}


def test_every_public_route_is_tried() -> None:
    assert set(CASES) == set(ROUTES)


class Outside:
    """Whoever sends requests and looks at all that comes back: the answer, and the calls that it cost."""

    def __init__(self, table: Table, networks: dict[str, Network]) -> None:
        self.table, self.networks, self.calls, self._number = table, networks, list[Any](), 0
        self._people = 0

    def note(self, send: Send, request: Any) -> Any:
        answer = send(request)
        self.calls.append((operation(request), _size(request.body), _size(answer.content)))
        return answer

    def look(self, route: str, language: str, who: Registration, visit: Visit) -> Any:
        """Return all that an outsider can tell of one visit about a person, who is blanked in it."""
        self.calls.clear()
        answer = _handler(route)(self._event(route, language, visit), None)
        seen = json.dumps(answer, ensure_ascii=False, sort_keys=True)
        return _blank(seen, who), tuple(self.calls)

    def forget(self, network: Network) -> None:
        """Delete everybody: what is read of everybody grows with each visit otherwise."""
        for stored in self.table.everybody(network.id):
            self.table._store.delete(registrations_of(network.id), stored.person_key)

    def unlike(self, route: str, language: str, nth: int, known: list[dict[str, Any]]) -> list[Any]:
        """Return what differs in one way of visiting a route between an unknown person and known ones."""
        network = self.networks[language]
        self.forget(network)

        def look(known: dict[str, Any] | None) -> Any:
            who = self.someone(language, known)
            return self.look(route, language, who, CASES[route](who, network)[nth])

        look(None)  # reads the network's file
        unknown = look(None)
        return [(each, seen, unknown) for each in known if (seen := look(each)) != unknown]

    def someone(self, language: str, known: dict[str, Any] | None) -> Registration:
        """Return somebody with an address as long as any other, stored if they are known."""
        name, network = "Vera Jansen" if known is not None else "Piet Bakker", self.networks[language]
        self._people += 1
        made = someone(name, f"{name.split()[0].lower()}{self._people:04}@berg.example", **known or {})
        made = replace(made, network=network.id, person_key=address_key(network.id, made.email))
        if known is not None:
            self.table.register([made])
        return made

    def _event(self, route: str, language: str, visit: Visit) -> dict[str, Any]:
        self._number += 1  # each visit from another place, so that no place is counted
        method, _, path = route.partition(" ")
        return {
            "version": "2.0",
            "routeKey": route,
            "headers": visit.headers,
            "queryStringParameters": visit.query,
            "requestContext": {
                "domainName": "tweetal.example",
                "http": {
                    "method": method,
                    "path": path,
                    "sourceIp": f"80.{self._number >> 8}.{self._number % 256}.1",
                },
                "requestId": f"{self._number:08}",
                "timeEpoch": round(visit.at.timestamp() * 1000),
            },
            "pathParameters": {"network": self.networks[language].id, **visit.parameters},
            "body": visit.body,
            "isBase64Encoded": False,
        }


def _handler(route: str) -> Any:
    return import_module(TEMPLATE.functions[ROUTES[route]].handler.rpartition(".")[0]).handler


def _size(content: Any) -> int:
    return len(content or b"") // 16_384


def _blank(text: str, who: Registration) -> str:
    """Blank what a visitor typed themselves, a reference, and a challenge, which differs each time."""
    for typed in (who.name, who.email):
        for spelled in (typed, quote(typed), quote(typed, safe="@"), typed.replace(" ", "+")):
            text = text.replace(spelled, "*" * len(typed))
    return re.sub(r"\b(PLG|ABC)-[0-9A-Z]{8}\b|\b[0-9a-f]{24,}\b", lambda found: "*" * len(found[0]), text)


@pytest.fixture
def outside(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    boto3.client("secretsmanager").create_secret(Name="links", SecretString="key")
    monkeypatch.setenv("TABLE", "tweetal")
    monkeypatch.setenv("LINK_SECRET", "links")
    english = (
        PLG.read_text().replace('"plg-2023"', '"abc-2023"').replace("title =", 'language = "en"\ntitle =', 1)
    )
    networks = {"nl": plg, "en": table.apply_network(english, "abc-2023.toml", OPEN)}
    handlers = [
        import_module(function.handler.rpartition(".")[0]) for function in TEMPLATE.functions.values()
    ]
    public = [module for module in handlers if hasattr(module, "services")]
    for module in public:
        module.services.cache_clear()
    outside = Outside(table, networks)
    Engine().around(monkeypatch, outside.note)
    yield outside
    for module in public:
        module.services.cache_clear()


# Of whom nothing has to be written when the same is posted again.
KNOWN: list[dict[str, Any]] = [
    {"state": State.REGISTERED},
    {"state": State.REGISTERED, "unjudged": "2023-03-20T08-0000"},
    {"state": State.ADMITTED},
    {"state": State.DECLINED},
]
LATE: dict[str, Any] = {"state": State.LATE}


@pytest.mark.parametrize("route", CASES)
def test_a_known_person_and_an_unknown_one_are_alike(outside: Outside, route: str) -> None:
    for nth, visit in enumerate(CASES[route](someone(), outside.networks["nl"])):
        unlike = outside.unlike(route, LANGUAGES[nth % 2], nth, [KNOWN[nth % len(KNOWN)]])
        assert unlike == [], visit.way


@pytest.mark.slow  # three hundred posts: whoever is known, in every way and language
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("route", [route for route in CASES if route.startswith("POST")])
def test_whoever_is_known_is_like_an_unknown_person(outside: Outside, route: str, language: str) -> None:
    for nth, visit in enumerate(CASES[route](someone(), outside.networks["nl"])):
        known = [*KNOWN, LATE] if visit.at == TOO_LATE else KNOWN
        assert outside.unlike(route, language, nth, known) == [], visit.way


def test_a_school_that_may_replace_somebody_answers_the_known_as_the_unknown(outside: Outside) -> None:
    """After the deadline only a school that lost somebody takes people: whoever else is known."""
    toml = PLG.read_text().replace('late = "keep"', 'late = "refuse"')
    outside.networks["nl"] = network = outside.table.apply_network(toml, PLG.name, OPEN)
    fatima, bram = colleagues("Bergcollege", "Fatima Bram", state=State.ADMITTED)
    outside.table.register([fatima, bram])
    outside.table.save(replace(bram, revision=1).become(State.CANCELLED, TOO_LATE, "person", ""))
    after = TOO_LATE + timedelta(hours=1)
    link = Links(["key"]).forward(fatima, network).rpartition("/")[2]

    def look(known: dict[str, Any] | None) -> Any:
        who = outside.someone("nl", known)
        typed = {"name": who.name, "email": who.email, "school": "Bergcollege", "forward": link}
        return outside.look(f"POST {REGISTRATIONS}", "nl", who, _post("program", "", typed, after))[0]

    known = look({"school": "Dalcollege"})
    assert "registered" in known
    assert look(None) == known


# Posts that change what is stored of a known person: the same answer, after more calls. docs/security.md says
# how much longer that takes.
LONGER: dict[str, tuple[dict[str, Any], dict[str, str], list[str]]] = {
    "other data": ({}, {"remarks": "vega"}, ["PutItem", "UpdateItem", "PutItem"]),
    "another name": ({}, {"name": "Bo Smit"}, ["PutItem", "Query", "PutItem"]),
    "who left comes back": ({"state": State.CANCELLED}, {}, ["PutItem", "UpdateItem", "PutItem"]),
    "who was late is in time": (LATE, {}, ["PutItem", "UpdateItem", "PutItem"]),
    "a robot's victim": ({"state": State.QUARANTINED}, {}, ["PutItem", "UpdateItem", "PutItem"]),
}


@pytest.mark.parametrize("case", LONGER)
def test_only_a_post_that_changes_what_is_stored_takes_more_calls(outside: Outside, case: str) -> None:
    known, other, calls = LONGER[case]
    route = f"POST {REGISTRATIONS}"

    def look(known: dict[str, Any] | None) -> Any:
        who = outside.someone("nl", known)
        typed = {"name": who.name, "email": who.email, "school": who.school, **other}
        return outside.look(route, "nl", replace(who, name=typed["name"]), _post("program", case, typed))

    look(None)
    (answer, _), (same, cost) = look(None), look(known)
    assert same == answer
    assert [operation for operation, *_ in cost] == calls


def test_who_corrected_their_address_and_who_is_named_beside_a_stranger_take_one_call_more(
    outside: Outside,
) -> None:
    route = f"POST {REGISTRATIONS}"

    def look(who: Registration, fields: dict[str, str]) -> Any:
        return outside.look(route, "nl", who, _post("program", "", fields))

    def typed(who: Registration) -> dict[str, str]:
        return {"name": who.name, "email": who.email, "school": who.school}

    def with_colleague(who: Registration) -> dict[str, str]:
        return {**STRANGER, "school": who.school, "colleague_name": who.name, "colleague_email": who.email}

    look(outside.someone("nl", None), typed(outside.someone("nl", None)))  # reads the network's file
    known, unknown = outside.someone("nl", {}), outside.someone("nl", None)
    assert outside.table.save_address(replace(known, email="vera9999@berg.example", revision=1))
    known = replace(known, email="vera9999@berg.example")
    (answer, _), (same, cost) = look(unknown, typed(unknown)), look(known, typed(known))
    assert (same, [call for call, *_ in cost]) == (answer, ["PutItem", "GetItem"])

    known, unknown = outside.someone("nl", {}), outside.someone("nl", None)
    answer, _ = look(unknown, with_colleague(unknown))
    outside.forget(outside.networks["nl"])
    outside.table.register([known])
    same, cost = look(known, with_colleague(known))
    assert (same, [call for call, *_ in cost]) == (answer, ["TransactWriteItems", "PutItem"])
