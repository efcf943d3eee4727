"""`make bench-abuse`: a thousand posts in one victim's name, and ten thousand of one robot among people."""

import logging
from collections import Counter
from itertools import cycle
from time import monotonic
from urllib.parse import urlencode

from local.web import RawRequest
from local.world import World

_PATH = "/networks/plg-2023/registrations"
_TYPED = (("content-type", "application/x-www-form-urlencoded"), ("host", "127.0.0.1"))
_SPELLED = ("v.ic.tim{}", "victim{}", "VICTIM{}", "Vic.Tim{}", "victim+{}", "v.i.c.t.i.m+{}")


def bullied(world: World, posts: int) -> int:
    """Post one mailbox's address so often, in ever new spellings, from ever new places; count its mails."""
    for number, spelled in zip(range(posts), cycle(_SPELLED), strict=False):
        victim = spelled.format(number if "+" in spelled else "") + "@mail.example"
        who = {"naam": f"Naam{number} Bos{number}", "schoolnaam": f"School {number}", "emailadres": victim}
        if number % 3 == 1:
            who |= {"emailadres": f"b{number}@x.example", "collega_naam": "A B", "collega_email": victim}
        _post(world, who, f"1.{number // 250}.{number % 250}.9")
    to = (mail["to"][0].casefold().partition("@")[0].partition("+")[0] for mail in world.mails())
    return sum(local.replace(".", "") == "victim" for local in to)


def flooded(world: World, posts: int, people: int) -> tuple[Counter[int], Counter[str], int]:
    """Have one robot post so often, and people now and then; count answers, states and people mailed."""
    answers: Counter[int] = Counter()
    for number in range(posts):
        answers[_post(world, _who(f"Robot {number}", "x.example"), "1.2.3.4")] += 1
        if number % (posts // people) == 0:
            _post(world, _who(f"Mens {number}", "y.example"), f"5.6.{number // 250}.{number % 250}")
    states = Counter(r.state.value for r in world.registrations())
    return answers, states, sum(mail["to"][0].endswith("@y.example") for mail in world.mails())


def _who(name: str, domain: str) -> dict[str, str]:
    address = f"{name.lower().replace(' ', '')}@{domain}"
    return {"naam": name, "emailadres": address, "schoolnaam": f"School van {name}"}


def _post(world: World, fields: dict[str, str], client: str) -> int:
    return world.request(RawRequest("POST", _PATH, _TYPED, urlencode(fields).encode(), client)).status


def main() -> None:
    """Play both, and print what came of it."""
    logging.disable()
    with World() as world:
        start = monotonic()
        print(
            f"1,000 posts in one name: {bullied(world, 1000)} mails ({monotonic() - start:.0f} s)", flush=True
        )
        world.reset()
        start = monotonic()
        answers, states, mailed = flooded(world, 10_000, 100)
        print(f"10,000 posts of one robot: answered {dict(answers)} ({monotonic() - start:.0f} s)")
        print(f"stored: {dict(states)}; of 100 people meanwhile {mailed} were mailed")


if __name__ == "__main__":
    main()
