"""What people do at the web form, on their pages and at the command line, and that they try again."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from typer.testing import CliRunner

from cli.main import app
from local import schedule
from local.runtime import InvocationError
from local.web import Response
from tests.faults.answers import Died
from tests.faults.kept import items
from tests.faults.world import FaultyWorld

FORM = "https://www.voortgezetleren.nl"
NETWORK = "plg-2023"
ORGANISER = "info@voortgezetleren.nl"
_PLACE = "1.2.3.4"  # where all of them post from, so that they are counted


class People:
    """Everybody who does something; each act returns whether it came to an end, or must be tried again."""

    def __init__(self, world: FaultyWorld, patch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.cookie: dict[str, str] = {}
        self.browser: dict[str, str] = {}  # the cookie of whoever requested a code
        for command in ("form", "network"):
            patch.setattr(f"cli.{command}.now", lambda: world.now)

    def leave(self) -> None:
        """Close every browser."""
        self.cookie, self.browser = {}, {}

    def registers(self, naam: str, school: str = "Bergcollege", **others: str) -> bool:
        """Fill in the form of the web site."""
        email = f"{naam.split()[0].lower()}@berg.example"
        typed = {"naam": naam, "emailadres": email, "schoolnaam": school, "plaats": "Utrecht", **others}
        fields = {name: value for name, value in typed.items() if value}
        return self.done(self.posts(f"/networks/{NETWORK}/registrations", {"origin": FORM}, **fields))

    def acts(self, registrant: str, **typed: str) -> bool:
        """Press a button of one's own page."""
        return self.done(self.posts(self.path(registrant, "/me/"), None, **typed))

    def orders(self, order: str, **typed: str) -> bool:
        """Give an order as an organiser, from its page on."""
        page = f"{self.path('info@', '/organiser/')}/{order}"
        answer = self.opens(page, self.cookie)
        form = re.search(r'name="form" value="([^"]*)"', answer.text)
        if not form:
            return False
        return self.done(self.posts(page, self.cookie, form=form[1], why="gebeld", step="do", **typed))

    def asks_a_code(self) -> bool:
        """Have a code mailed to the organiser."""
        answer = self.posts(self.path("info@", "/organiser/"), self.browser, do="ask", sure="yes")
        if answer and answer.header("set-cookie"):
            self.browser = {"cookie": answer.header("set-cookie").partition(";")[0]}
        return self.done(answer)

    def signs_in(self) -> bool:
        """Type the latest code that was mailed; ask another where that one does not work."""
        mails = "\n".join(self.texts("info@", "code")[-1:])
        code = re.search(r"^ +(\d{6})$", mails, re.MULTILINE)
        answer = self.posts(self.path("info@", "/organiser/"), self.browser, code=code[1]) if code else None
        if answer and answer.header("set-cookie"):
            self.cookie = {"cookie": answer.header("set-cookie").partition(";")[0]}
            return True
        self.asks_a_code()
        return False

    def commands(self, *words: str) -> bool:
        """Give a command; an operator who sees it fail gives it again, and so has heard."""
        table = self.world.template.table["TableName"]
        with self.world.running("cli"):
            try:
                result = CliRunner().invoke(app, [*words, "--table", table])
            except Died:
                return False
        self.world.pump()
        if result.exception:
            self.world.alarms.append("an operator's command failed")
        return result.exception is None

    def checks(self) -> bool:
        """Have the daily check run as Lambda runs what nobody waits for: three times, until it succeeds."""
        event = schedule.event(self.world.daily, self.world.now)
        return self.checks_as_of(event)

    def checks_as_of(self, event: object) -> bool:
        """Run a check that was due, and let happen what follows."""
        for _ in range(3):
            try:
                self.world.invoke("check", event)
            except InvocationError:
                continue
            self.world.pump()
            return True
        return False

    def sweeps(self) -> bool:
        """Have the quarterly sweep run, once: the next one does what it could not."""
        done = True
        for often in (s for s in self.world.template.schedules if s.function == "Mail"):
            try:
                self.world.invoke(often.function, schedule.event(often, self.world.now))
            except InvocationError:
                done = False
        self.world.pump()
        return done

    def sees(self, *paths: str) -> bool:
        """Open pages."""
        return all(self.opens(path, self.cookie).status == 200 for path in paths)

    def stored(self) -> list[dict[str, Any]]:
        """Return the registrations as they are stored."""
        return items(self.world, "REGISTRATION")

    def path(self, to: str, part: str) -> str:
        """Return the path of the latest link of a kind that somebody was mailed."""
        words = [word for text in self.texts(to) for word in text.split() if part in word]
        return "/" + words[-1].partition("//")[2].partition("/")[2]

    def texts(self, to: str, kind: str = "") -> list[str]:
        """Return the mails that somebody got, oldest first."""
        sent = self.world.mailbox.sent
        return [m.body("Text") for m in sent if m.to[0].startswith(to) and m.tags["kind"].startswith(kind)]

    def opens(self, path: str, headers: Mapping[str, str]) -> Response:
        """Open a page."""
        return self.noted(self.world.http("GET", path, headers))

    def posts(self, path: str, headers: Mapping[str, str] | None, **fields: str) -> Response:
        """Send a form."""
        sent = {"content-type": "application/x-www-form-urlencoded", "origin": self.world.base_url}
        sent["x-local-visitor"] = _PLACE
        return self.noted(self.world.http("POST", path, {**sent, **(headers or {})}, urlencode(fields)))

    def noted(self, answer: Response) -> Response:
        """Note what an alarm would see."""
        if answer.status >= 500:
            self.world.alarms.append(f"visitors got {answer.status}")
        return answer

    @staticmethod
    def done(answer: Response) -> bool:
        """Say whether somebody sees that it worked, or that there is nothing more to do."""
        return answer.status in (200, 201, 303, 409, 422)
