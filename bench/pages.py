"""How soon a warm function has a page ready, with the table played by moto in this process.

Counted in processor time, so that whatever else runs on this machine does not count; moto's part is in it.
"""

import json
import re
import statistics
import time
from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from local.web import Request, Response
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


def _measured(ask: Callable[[], Response]) -> tuple[list[float], int]:
    took = []
    for _ in range(TIMES):
        started = time.process_time()
        answer = ask()
        took.append((time.process_time() - started) * 1000)
    if answer.status != 200:
        raise SystemExit(f"the page answers {answer.status}")
    return sorted(took[1:]), len(answer.body)


def _print(name: str, measured: tuple[list[float], int]) -> None:
    took, size = measured
    median, slow = statistics.median(took), took[int(len(took) * 0.95)]
    verdict = "" if median < LIMIT else f"  over {LIMIT} ms"
    print(f"{name:26} {median:5.1f} ms, 95% within {slow:5.1f} ms, {size / 1000:4.1f} kB{verdict}")


def _get(world: World, path: str, headers: dict[str, str]) -> Response:
    host = {"host": world.base_url.partition("//")[2]}
    return world.answer(Request("GET", path, tuple({**host, **headers}.items()), b""))


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
