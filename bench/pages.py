"""How long a warm function takes for a page, with moto as the table in this process.

Measured in processor time, so that other programs on this machine do not count. Moto answers in the same
thread, where a function on AWS waits for DynamoDB; so the time of moto is measured and printed separately.
"""

import json
import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from moto.core.botocore_stubber import BotocoreStubber

from local.web import RawRequest, Response
from local.world import World

TIMES, PEOPLE, LIMIT = 50, 20, 30  # LIMIT in milliseconds, for one page
_FORM = {"content-type": "application/x-www-form-urlencoded"}


def main() -> None:
    """Print the time of each page of a network with twenty people."""
    with World() as world:
        for number in range(PEOPLE):
            _register(world, number)
        world.check()
        own, join = (_mailed_path(world, part, "p0@") for part in ("/me/", "/join/"))
        home = _mailed_path(world, "/organiser/", "info@")
        cookie = _sign_in(world, home)
        person = world.registrations()[0].reference
        pages = {
            "/me": (own, {}),
            "/join": (join, {}),
            "/organiser, the door": (home, {}),
            "/organiser, the overview": (home, cookie),
            "/organiser, a school": (f"{home}/school/{person}", cookie),
        }
        for name, (path, headers) in pages.items():
            _print(name, *_measure(partial(_get, world, path, headers)))


class Timing(NamedTuple):
    """The milliseconds of processor time for a page, and the part of them in moto."""

    all: float
    moto: float

    @property
    def ours(self) -> float:
        """The part that remains on AWS: our code and the SDK, without the wait for DynamoDB."""
        return self.all - self.moto


@contextmanager
def _time_moto() -> Iterator[list[float]]:
    """Yield a list that collects the milliseconds of each answer of moto."""
    original, spent = BotocoreStubber.__call__, list[float]()

    def timed(self: BotocoreStubber, *args: Any, **kwargs: Any) -> Any:
        started = time.process_time()
        try:
            return original(self, *args, **kwargs)
        finally:
            spent.append((time.process_time() - started) * 1000)

    BotocoreStubber.__call__ = timed
    try:
        yield spent
    finally:
        BotocoreStubber.__call__ = original


def _measure(request_page: Callable[[], Response]) -> tuple[list[Timing], int]:
    timings = []
    with _time_moto() as moto:
        for _ in range(TIMES):
            moto.clear()
            started = time.process_time()
            answer = request_page()
            timings.append(Timing((time.process_time() - started) * 1000, sum(moto)))
    if answer.status != 200:
        raise SystemExit(f"the page answers {answer.status}")
    return timings[1:], len(answer.body)


def _print(name: str, timings: list[Timing], size: int) -> None:
    ours = sorted(each.ours for each in timings)
    median, slow = statistics.median(ours), ours[int(len(ours) * 0.95)]
    moto = statistics.median(each.moto for each in timings)
    verdict = "" if median < LIMIT else f"  over {LIMIT} ms"
    print(
        f"{name:26} {median:5.1f} ms, 95% within {slow:5.1f} ms; and moto {moto:5.1f} ms, "
        f"{size / 1000:4.1f} kB{verdict}"
    )


def _get(world: World, path: str, headers: dict[str, str]) -> Response:
    host = {"host": world.base_url.partition("//")[2]}
    return world.answer(RawRequest("GET", path, tuple({**host, **headers}.items()), b""))


def _register(world: World, number: int) -> None:
    body = {
        "name": f"Persoon {number}",
        "email": f"p{number}@berg.example",
        "school": f"School {number // 2}",
    }
    headers = {"content-type": "application/json"}
    world.http("POST", "/networks/plg-2023/registrations", headers, json.dumps(body))


def _mailed_path(world: World, part: str, to: str) -> str:
    texts = [mail["text"] for mail in world.mails() if mail["to"][0].startswith(to)]
    link = next(word for text in texts for word in text.split() if part in word)
    return "/" + "/".join(link.split("/")[3:5])


def _sign_in(world: World, home: str) -> dict[str, str]:
    headers = _FORM | {"origin": world.base_url}
    answer = world.http("POST", home, headers, urlencode({"do": "ask", "sure": "yes"}))
    browser = {"cookie": answer.header("set-cookie").partition(";")[0]}
    code = next(
        re.findall(r"^ +(\d{6})$", m["text"], re.MULTILINE)[0] for m in world.mails() if m["kind"] == "code"
    )
    opened = world.http("POST", home, headers | browser, urlencode({"code": code}))
    return {"cookie": opened.header("set-cookie").partition(";")[0]}


if __name__ == "__main__":
    main()
