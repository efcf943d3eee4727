"""`make bench-abuse`: a thousand posts in one victim's name, and ten thousand by one robot among people."""

import logging
from collections import Counter
from itertools import cycle
from time import monotonic
from urllib.parse import urlencode

from local.web import RawRequest
from local.world import World

_PATH = "/networks/plg-2023/registrations"
_HEADERS = (("content-type", "application/x-www-form-urlencoded"), ("host", "127.0.0.1"))
_SPELLINGS = ("v.ic.tim{}", "victim{}", "VICTIM{}", "Vic.Tim{}", "victim+{}", "v.i.c.t.i.m+{}")


def bully(world: World, posts: int) -> int:
    """Post one mailbox in ever new spellings, from ever new clients; return the number of its mails."""
    for number, spelling in zip(range(posts), cycle(_SPELLINGS), strict=False):
        victim = spelling.format(number if "+" in spelling else "") + "@mail.example"
        fields = {"naam": f"Naam{number} Bos{number}", "schoolnaam": f"School {number}", "emailadres": victim}
        if number % 3 == 1:
            fields |= {"emailadres": f"b{number}@x.example", "collega_naam": "A B", "collega_email": victim}
        _post(world, fields, f"1.{number // 250}.{number % 250}.9")
    recipients = (mail["to"][0].casefold().partition("@")[0].partition("+")[0] for mail in world.mails())
    return sum(local.replace(".", "") == "victim" for local in recipients)


def flood(world: World, posts: int, people: int) -> tuple[Counter[int], Counter[str], int]:
    """Post as one robot, and as people in between; count the answers, states and mails to people."""
    answers: Counter[int] = Counter()
    for number in range(posts):
        answers[_post(world, _person(f"Robot {number}", "x.example"), "1.2.3.4")] += 1
        if number % (posts // people) == 0:
            _post(world, _person(f"Mens {number}", "y.example"), f"5.6.{number // 250}.{number % 250}")
    states = Counter(r.state.value for r in world.registrations())
    return answers, states, sum(mail["to"][0].endswith("@y.example") for mail in world.mails())


def _person(name: str, domain: str) -> dict[str, str]:
    address = f"{name.lower().replace(' ', '')}@{domain}"
    return {"naam": name, "emailadres": address, "schoolnaam": f"School van {name}"}


def _post(world: World, fields: dict[str, str], client: str) -> int:
    return world.request(RawRequest("POST", _PATH, _HEADERS, urlencode(fields).encode(), client)).status


def main() -> None:
    """Run both, and print the results."""
    logging.disable()
    with World() as world:
        start = monotonic()
        print(
            f"1,000 posts in one name: {bully(world, 1000)} mails ({monotonic() - start:.0f} s)", flush=True
        )
        world.reset()
        start = monotonic()
        answers, states, mailed = flood(world, 10_000, 100)
        print(f"10,000 posts of one robot: answered {dict(answers)} ({monotonic() - start:.0f} s)")
        print(f"stored: {dict(states)}; {mailed} of 100 people in between got their mail")


if __name__ == "__main__":
    main()
