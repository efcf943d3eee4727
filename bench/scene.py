"""The scene of an attack: a network with real people in it, and whatever a stranger can send."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import boto3

from bench.meter import metering
from local.web import RawRequest, Response
from local.world import NETWORKS, World
from shared.aws.keys import registrations_of
from shared.domain.registration.registration import COUNTED, Registration, State

NETWORK, SITE, HOST = "plg-2023", "https://www.voortgezetleren.nl", "127.0.0.1:8080"
PATH = f"/networks/{NETWORK}/registrations"
ROBOT, HOME = "1.2.3.4", "5.6.7.8"  # where the stranger is, and where real people are
VERA = "vera@berg.example"
OWN = "@mallory.example"  # a stranger reads these mailboxes, so that their mails harm nobody
_FORM = {"content-type": "application/x-www-form-urlencoded", "host": HOST}


class Scene:
    """What strangers and real people do; `is_full` if each attack has its full number of requests."""

    def __init__(self, world: World, is_full: bool) -> None:
        self.world, self.is_full = world, is_full
        self.people_an_hour = 60 if is_full else 6
        self.real = {VERA}
        self.sent, self.calls, self.processor = 0, 0, 0.0  # requests of the stranger, and what they cost
        self.vera: Registration
        self.own_mails = 0  # that real people and the calendar caused

    def opens(self, settings: str = "", registration: str = "") -> None:
        """Start over, with Vera registered and the network's limits."""
        self.world.reset()
        self.registers("Vera Smit", VERA)
        self.vera = self.person(VERA)
        self.apply(settings, registration.format(places=2 + self.people_an_hour))

    def apply(self, settings: str = "", registration: str = "") -> None:
        """Apply the network's file, a minute later, with its limits and more settings of two of its parts."""
        self.world.go_on()
        toml = (NETWORKS / f"{NETWORK}.toml").read_text()
        toml = toml.replace("[registration]\n", f"[registration]\n{registration}\n")
        limits = f"people_an_hour_per_address = {self.people_an_hour}\n{settings}"
        self.world.apply_network(f"{toml}\n[abuse]\n{limits}")

    def many(self, full: int, few: int) -> range:
        """Return the numbers of an attack: all, or the few that a fast test plays."""
        return range(full if self.is_full else few)

    def send(
        self,
        method: str,
        target: str,
        body: bytes | str = b"",
        headers: Mapping[str, str] | None = None,
        client: str = ROBOT,
    ) -> Response:
        """Send one request of the stranger, and let everything happen that follows from it."""
        with metering() as meter:
            answer = self._request(method, target, body, {"host": HOST, **(headers or {})}, client)
        self.sent += 1
        self.calls += meter.calls.total()
        self.processor += meter.processor
        return answer

    def posts(
        self, fields: Mapping[str, str], client: str = ROBOT, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Send the form of the organisation's site, as the stranger."""
        sent = {**_FORM, "origin": SITE, **(headers or {})}
        return self.send("POST", PATH, urlencode(fields), sent, client)

    def presses(
        self,
        target: str,
        client: str = ROBOT,
        cookie: str = "",
        origin: str = f"http://{HOST}",
        **fields: str,
    ) -> Response:
        """Press a button of one of our own pages, as the stranger."""
        headers = _FORM | {"origin": origin, **({"cookie": cookie} if cookie else {})}
        return self.send("POST", target, urlencode(fields), headers, client)

    def asks_links(self, email: str, client: str) -> Response:
        """Ask for somebody's links; what follows comes with the next request."""
        headers = tuple((_FORM | {"origin": f"http://{HOST}"}).items())
        body = urlencode({"email": email}).encode()
        return self.world.answer(RawRequest("POST", f"/links/{NETWORK}", headers, body, client))

    def registers(self, name: str, email: str, school: str = "Bergcollege", client: str = HOME) -> Response:
        """Register a real person."""
        self.real.add(email)
        fields = urlencode({"naam": name, "emailadres": email, "schoolnaam": school, "plaats": "Utrecht"})
        with self.ours():
            return self._request("POST", PATH, fields, _FORM | {"origin": SITE}, client)

    def gets(self, target: str, cookie: str = "") -> Response:
        """Open a page as a real person; nothing follows from it."""
        headers = (("host", HOST), *((("cookie", cookie),) if cookie else ()))
        return self.world.answer(RawRequest("GET", target, headers, b"", HOME))

    def answers(self, target: str, cookie: str = "", **fields: str) -> Response:
        """Press a button of our own pages as a real person."""
        headers = _FORM | {"origin": f"http://{HOST}", **({"cookie": cookie} if cookie else {})}
        with self.ours():
            return self._request("POST", target, urlencode(fields), headers, HOME)

    @contextmanager
    def ours(self) -> Iterator[None]:
        """Count the mails of this as no stranger's."""
        before = len(self.world.mailbox.sent)
        yield
        self.world.pump()
        self.own_mails += len(self.world.mailbox.sent) - before

    def _request(
        self, method: str, target: str, body: bytes | str, headers: Mapping[str, str], client: str
    ) -> Response:
        raw = body.encode() if isinstance(body, str) else body
        return self.world.request(RawRequest(method, target, tuple(headers.items()), raw, client))

    def mails(self, to: str, kind: str = "") -> list[dict[str, Any]]:
        """Return the mails to an address, in whatever case it was written."""
        return [m for m in self.world.mails() if m["to"][0].casefold() == to and m["kind"].startswith(kind)]

    def to_strangers(self) -> int:
        """Count the mails to mailboxes of strangers themselves."""
        return sum(mail["to"][0].endswith(OWN) for mail in self.world.mails())

    def link(self, to: str, part: str = "/me/") -> str:
        """Return the path of the latest link of a sort that somebody was mailed."""
        texts = [mail["text"] for mail in self.mails(to)]
        links: list[str] = [link for text in texts for link in re.findall(rf"{part}[^\s]+", text)]
        return links[-1]

    def person(self, email: str) -> Registration:
        """Return somebody's registration."""
        return next(r for r in self.world.registrations() if r.email == email)

    def forgets(self, email: str) -> None:
        """Take somebody out of the table, as if they never came."""
        person = self.person(email)
        key = {"pk": registrations_of(NETWORK), "sk": person.person_key}
        boto3.resource("dynamodb").Table(self.world.template.table["TableName"]).delete_item(Key=key)

    def strangers(self, *states: State) -> int:
        """Count the stranger's people: those who hold a place, or those in some states."""
        people = (r for r in self.world.registrations() if r.email not in self.real)
        return sum(r.state in (states or COUNTED) for r in people)

    def report(self) -> dict[str, Any]:
        """Return the organiser's report of the next morning."""
        with self.ours():
            self.world.next_day()
        return [mail for mail in self.world.mails() if mail["kind"] == "report"][-1]

    def signs_in(self, home: str) -> str:
        """Sign the organiser in by the link of a report, and return their cookie; empty where that fails."""
        before = len(self._codes())
        browser = self._cookie(self.answers(home, do="ask", sure="yes"))
        codes = self._codes()[before:]
        return self._cookie(self.answers(home, browser, code=codes[-1])) if codes else ""

    def _codes(self) -> list[str]:
        texts = (mail["text"] for mail in self.world.mails() if mail["kind"] == "code")
        return [code for text in texts for code in re.findall(r"^ +(\d{6})$", text, re.MULTILINE)]

    @staticmethod
    def _cookie(answer: Response) -> str:
        return answer.header("set-cookie").partition(";")[0]

    def home(self) -> str:
        """Return where the link of a new report leads."""
        return report_home(self.report())

    def later(self, **time: int) -> None:
        """Let time pass."""
        self.world.set_clock(self.world.now + timedelta(**time))

    def closes(self) -> None:
        """Let the deadline pass and be carried out."""
        self.world.set_clock(datetime.fromisoformat("2023-04-14T20:00:00+02:00"))
        with self.ours():
            self.world.next_day()


def report_home(report: Mapping[str, Any]) -> str:
    """Return where the link of a report leads."""
    path: str = report["text"].partition("/organiser/")[2].split()[0].partition("/")[0]
    return f"/organiser/{path}"


def person(number: int, domain: str = "robot.example") -> dict[str, str]:
    """Return the fields of an invented person, at a school of their own."""
    return {
        "naam": f"Robot R{number}",
        "emailadres": f"r{number}@{domain}",
        "schoolnaam": f"School {number}",
        "plaats": "Ede",
    }


def with_colleagues(number: int, colleagues: int) -> dict[str, Any]:
    """Return a post in JSON of an invented person with colleagues, at one school."""
    brought = [
        {"name": f"Kees K{number}x{n}", "email": f"k{number}x{n}@robot.example"} for n in range(colleagues)
    ]
    first = {"name": f"Robot R{number}", "email": f"r{number}@robot.example", "school": f"School {number}"}
    return first | {"participants": brought}


def place(number: int) -> str:
    """Return a client address of its own for each number."""
    return f"9.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def as_json(value: Any) -> str:
    """Write a body."""
    return json.dumps(value)


def unlike(answers: Iterable[Response]) -> set[tuple[int, int]]:
    """Return the different statuses and sizes of answers."""
    return {(answer.status, len(answer.body)) for answer in answers}
