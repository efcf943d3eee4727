"""The canary: values that stand nowhere else, in every field that can be filled, and a search at the end."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode
from zlib import crc32

import pytest

from local.web import RawRequest, Response
from tests.privacy.leaks import leaks
from tests.privacy.watched import WatchedWorld

FORM = "https://www.voortgezetleren.nl"
PATH = "/networks/plg-2023/registrations"
_URLENCODED = "application/x-www-form-urlencoded"


class Canary:
    """A story told with birds; each is known by what it stood in."""

    def __init__(self, world: WatchedWorld) -> None:
        self.world = world
        self.birds: dict[str, str] = {}

    def bird(self, what: str) -> str:
        """Return a word that stands nowhere else."""
        return self.birds.setdefault(what, f"{what}{crc32(what.encode()):08x}vogel")

    def name(self, what: str) -> str:
        """Return a name that is hard to write down."""
        return f"Zoë {self.bird(what)} d’Hôf"

    def address(self, what: str) -> str:
        """Return an address."""
        return f"{self.bird(what)}@kanarie.example"

    def sends(self, method: str, path: str, body: bytes | str = b"", **headers: str) -> Response:
        """Make a request with a bird in everything that comes along by itself."""
        alike = {
            "host": self.world.base_url.partition("//")[2],
            "user-agent": f"Mozilla/5.0 {self.bird('agent')}",
            "referer": f"https://kanarie.example/{self.bird('referer')}",
            "accept-language": f"nl, {self.bird('taal')}",
            "x-forwarded-for": "203.0.113.77",
        }
        self.birds["ip"] = "203.0.113.77"
        self.birds["client"] = "198.51.100.66"
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        cookie = f"{own.pop('cookie', 'x=y')}; volger={self.bird('koekje')}"
        raw = body.encode() if isinstance(body, str) else body
        url = f"{path}{'&' if '?' in path else '?'}utm={self.bird('zoekopdracht')}"
        every = tuple({**alike, "cookie": cookie, **own}.items())
        return self.world.request(RawRequest(method, url, every, raw, "198.51.100.66"))

    def posts(self, path: str, fields: Mapping[str, str], **headers: str) -> Response:
        """Post a form of ours, or of the organisation."""
        origin = FORM if path == PATH else self.world.base_url
        return self.sends(
            "POST", path, urlencode(fields), **{"origin": origin, "content-type": _URLENCODED, **headers}
        )

    def registers(self, bird: str = "naam", **fields: str) -> Response:
        """Have somebody register who fills in everything."""
        everything = {
            "naam": self.name(bird),
            "e-mail": self.address(f"mail{bird}"),
            "school": f"{self.bird('school')} Lyceum",
            "plaats": self.bird("plaats"),
            "functie": self.bird("functie"),
            "telefoon": f"06-{self.bird('telefoon')}",
            "opmerkingen": f"Ik ben allergisch voor {self.bird('opmerking')}.",
            "dieet": self.bird("onbekend"),
            self.bird("veldnaam"): "ja",
        }
        return self.posts(PATH, {**everything, **fields})

    def link(self, to: str, part: str) -> str:
        """Return the path of the latest link of a kind that somebody was mailed; its token is a bird too."""
        texts = [m["text"] for m in self.world.mails() if m["to"][0].startswith(to)]
        word: str = [w for text in texts for w in text.split() if part in w][-1]
        path = "/" + word.partition("//")[2].partition("/")[2]
        self.birds[f"token of {path[:12]} {to}"] = path.split("/")[2]
        return path

    def comes_in(self) -> tuple[str, str]:
        """Sign an organiser in; return the path of the overview and the cookie."""
        home = self.link("info@", "/organiser/")
        browser = self.posts(home, {"do": "ask", "sure": "yes"}).header("set-cookie").partition(";")[0]
        self.birds["browser"] = browser.partition("=")[2]
        mail = [m for m in self.world.mails() if m["kind"] == "code"][-1]
        code = re.findall(r"^ +(\d{6})$", mail["text"], re.MULTILINE)[0]
        self.birds |= {"code": f" {code}", "code in json": f'"{code}"'}  # bare it may stand in a timestamp
        cookie = self.posts(home, {"code": code}, cookie=browser).header("set-cookie").partition(";")[0]
        self.birds["session"] = cookie.partition("=")[2]
        return home, cookie


@pytest.fixture(scope="module")
def _watched() -> Iterator[WatchedWorld]:
    with WatchedWorld() as world:
        yield world


@pytest.fixture
def quiet(_watched: WatchedWorld) -> Canary:
    """A story in which nothing has happened yet, and that nobody searches at the end."""
    _watched.reset()
    return Canary(_watched)


@pytest.fixture
def canary(_watched: WatchedWorld) -> Iterator[Canary]:
    """A story that begins with nobody, and after which no bird may be found."""
    _watched.reset()
    canary = Canary(_watched)
    yield canary
    canary.world.pump()
    assert len(canary.birds) >= 5
    assert {trace.where for trace in canary.world.traces} >= {"stdout"}
    assert leaks(canary.birds, canary.world.traces) == []
