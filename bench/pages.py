"""How soon a warm function has a page ready, with the table played by moto in this process.

Counted in processor time, so that whatever else runs on this machine does not count. Moto answers in the
same thread, where a function on AWS waits for DynamoDB; so its share is measured, and said apart.
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

TIMES, PEOPLE, LIMIT = 50, 20, 30  # LIMIT in milliseconds: what a page is allowed
_FORM = {"content-type": "application/x-www-form-urlencoded"}


def main() -> None:
    """Print how long each page of a network with twenty people takes, to its last byte."""
    with World() as world:
        for number in range(PEOPLE):
            _register(world, number)
        world.check()
        own, join = (_mailed(world, part, "p0@") for part in ("/me/", "/join/"))
        home = _mailed(world, "/organiser/", "info@")
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
            _print(name, _measured(partial(_get, world, path, headers)))


class Took(NamedTuple):
    """How many milliseconds a page took the processor, and how many of these were moto's."""

    all: float
    moto: float

    @property
    def ours(self) -> float:
        """What is left on AWS: our code and the SDK's, without the wait for DynamoDB."""
        return self.all - self.moto


@contextmanager
def _moto_timed() -> Iterator[list[float]]:
    """Note how long each answer of moto takes."""
    answers, spent = BotocoreStubber.__call__, list[float]()

    def timed(self: BotocoreStubber, *args: Any, **kwargs: Any) -> Any:
        started = time.process_time()
        try:
            return answers(self, *args, **kwargs)
        finally:
            spent.append((time.process_time() - started) * 1000)

    BotocoreStubber.__call__ = timed
    try:
        yield spent
    finally:
        BotocoreStubber.__call__ = answers


def _measured(ask: Callable[[], Response]) -> tuple[list[Took], int]:
    took = []
    with _moto_timed() as moto:
        for _ in range(TIMES):
            moto.clear()
            started = time.process_time()
            answer = ask()
            took.append(Took((time.process_time() - started) * 1000, sum(moto)))
    if answer.status != 200:
        raise SystemExit(f"the page answers {answer.status}")
    return took[1:], len(answer.body)


def _print(name: str, measured: tuple[list[Took], int]) -> None:
    took, size = measured
    ours = sorted(each.ours for each in took)
    median, slow = statistics.median(ours), ours[int(len(ours) * 0.95)]
    moto = statistics.median(each.moto for each in took)
    verdict = "" if median < LIMIT else f"  over {LIMIT} ms"
    print(
        f"{name:26} {median:5.1f} ms, 95% within {slow:5.1f} ms; moto's answers {moto:5.1f} ms besides, "
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


def _mailed(world: World, part: str, to: str) -> str:
    texts = [mail["text"] for mail in world.mails() if mail["to"][0].startswith(to)]
    link = next(word for text in texts for word in text.split() if part in word)
    return "/" + "/".join(link.split("/")[3:5])


def _sign_in(world: World, home: str) -> dict[str, str]:
    headers = _FORM | {"origin": world.base_url}
    world.http("POST", home, headers, urlencode({"do": "ask", "sure": "yes"}))
    code = next(
        re.findall(r"^ +(\d{6})$", m["text"], re.MULTILINE)[0] for m in world.mails() if m["kind"] == "code"
    )
    opened = world.http("POST", home, headers, urlencode({"code": code}))
    return {"cookie": opened.header("set-cookie").partition(";")[0]}


if __name__ == "__main__":
    main()
