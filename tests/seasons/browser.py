"""An organiser's browser: the link of a report, and a cookie once the mailed code was typed."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlencode

from local.web import Response
from tests.seasons.rows import Owed
from tests.seasons.rules import ORGANISER, ZONE
from tests.seasons.script import Act
from tests.seasons.stage import Stage
from tests.seasons.witness import Witness

_HOUR = timedelta(hours=1)
_NOTHING: Mapping[str, str] = {}


class Browser:
    """Gives orders, signing in where that is needed."""

    def __init__(self, stage: Stage, witness: Witness) -> None:
        self._stage, self._witness = stage, witness
        self._cookie, self._since = "", datetime.min.replace(tzinfo=ZONE)

    def orders(
        self, act: Act, page: str, fields: Mapping[str, str] = _NOTHING, may_fail: bool = False
    ) -> bool:
        """Give an order from its own page; who is told that it went wrong tries again."""
        home = self._home()
        if not home or not self._signed_in(home):
            return False
        self._stage.weather.turns(0)
        shown = self._ask("GET", f"{home}/{page}")
        form = re.search(r'name="form" value="([^"]*)"', shown.body.decode())
        if may_fail and shown.status == 409:
            return False
        assert form, f"{page} was answered {shown.status}"
        body = urlencode({"form": form[1], **fields})
        self._stage.weather.turns(act.luck)
        answer = self._ask("POST", f"{home}/{page}", body)
        if answer.status >= 500:
            self._stage.weather.turns(0)
            return self._ask("POST", f"{home}/{page}", body).status < 500
        assert answer.status == 303, f"{page} was answered {answer.status}"
        return True

    def last_ruling(self, reference: str, kind: str) -> str:
        """Return the page on which the last ruling of a kind on somebody's school is taken back."""
        self._stage.weather.turns(0)
        shown = self._ask("GET", f"{self._home()}/school/{reference}").body.decode()
        return str(max(re.findall(rf"word/{kind}-[^/\"]+/undo", shown)))

    def overview(self) -> str:
        """Return the overview, or nothing if they are signed in no longer."""
        if not self._cookie or self._stage.now - self._since > 11 * _HOUR:
            return ""
        return self._ask("GET", self._home()).body.decode()

    def _home(self) -> str:
        reports = [m for m in self._stage.mailbox.sent if m.tags["kind"] == "report"]
        link = re.search(r"(/organiser/[^/\s]+)", reports[-1].body("Text")) if reports else None
        return link[1] if link else ""

    def _signed_in(self, home: str) -> bool:
        """Ask for a code and type it, unless that was done in the last hours."""
        now = self._stage.now
        if now - self._since < 11 * _HOUR:
            return True
        self._cookie = ""  # whoever is still signed in is not asked for a code
        self._stage.weather.turns(0)
        answer = self._ask("POST", home, urlencode({"do": "ask", "sure": "yes"}))
        assert answer.status == 200
        self._cookie = answer.header("set-cookie").partition(";")[0]
        self._witness.owed.append(Owed("", "code", ORGANISER))
        mail = [m for m in self._stage.mailbox.sent if m.tags["kind"] == "code"][-1]
        code = re.search(r"^ +(\d{6})$", mail.body("Text"), re.MULTILINE)
        assert code
        answer = self._ask("POST", home, urlencode({"code": code[1]}))
        assert answer.status == 303, f"the code was answered {answer.status}"
        self._cookie, self._since = answer.header("set-cookie").partition(";")[0], now
        return True

    def _ask(self, method: str, path: str, body: str = "") -> Response:
        headers = {
            "content-type": "application/x-www-form-urlencoded", "origin": self._stage.base_url,
            "cookie": self._cookie,
        }  # fmt: skip
        return self._stage.http(method, path, headers, body)
