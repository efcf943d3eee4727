"""Many at once, over real sockets."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.request import Request, urlopen

import pytest

from local.server import Stack, stack
from tests.conftest import PLG


@pytest.fixture(scope="module")
def served() -> Iterator[Stack]:
    with stack(0, 0) as running:
        yield running


def call(served: Stack, path: str, body: dict[str, str] | None = None, method: str = "GET") -> Any:
    data = json.dumps(body).encode() if body else None
    headers = {"content-type": "application/json"}
    request = Request(served.site.url + path, data, headers, method=method)  # noqa: S310 our own server
    # The last of a crowd waits for all others, on however busy a machine.
    with urlopen(request, timeout=900) as answer:  # noqa: S310 our own server
        return json.load(answer)


def register(served: Stack, name: str, email: str) -> str:
    body = {"name": name, "email": email, "school": f"School van {name}"}
    reference: str = call(served, "/networks/plg-2023/registrations", body, "POST")["reference"]
    return reference


def test_fifty_parallel_posts_of_one_person_are_one_registration_and_one_mail(served: Stack) -> None:
    call(served, "/_local/reset", method="POST")
    with ThreadPoolExecutor(50) as pool:
        references = set(pool.map(lambda _: register(served, "Anna Bos", "anna@berg.example"), range(50)))
    assert len(references) == 1
    assert [r["reference"] for r in call(served, "/_local/registrations")] == list(references)
    assert [mail["kind"] for mail in call(served, "/_local/mails")] == ["confirmation"]


@pytest.mark.parametrize("number", [60, pytest.param(300, marks=pytest.mark.slow)])
def test_a_crowd_at_once_is_as_many_registrations_references_and_mails(served: Stack, number: int) -> None:
    call(served, "/_local/reset", method="POST")
    addresses = sorted(f"p{i}@x{i}.example" for i in range(number))
    with ThreadPoolExecutor(100) as pool:
        references = set(pool.map(lambda a: register(served, a.partition("@")[0], a), addresses))
    assert len(references) == number
    assert sorted(r["email"] for r in call(served, "/_local/registrations")) == addresses
    assert sorted(mail["to"][0] for mail in call(served, "/_local/mails")) == addresses


def test_a_crowd_for_a_small_room_never_overflows_it_and_no_school_is_split(served: Stack) -> None:
    call(served, "/_local/reset", method="POST")
    toml = PLG.read_text().replace('late = "keep"', 'late = "keep"\nmax_participants = 15')
    served.world.apply_network(toml)

    def pair(i: int) -> None:
        for name in ("anna", "bram"):
            body = {"name": name, "email": f"{name}@s{i}.example", "school": f"Lyceum {i}", "place": "Ede"}
            call(served, "/networks/plg-2023/registrations", body, "POST")

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(pair, range(20)))
    call(served, "/_local/clock", {"now": "2023-04-15T07:00:00+02:00"}, "POST")
    call(served, "/_local/check", method="POST")
    states: dict[str, set[str]] = {}
    for r in call(served, "/_local/registrations"):
        states.setdefault(r["school"], set()).add(r["status"])
    assert sorted(map(sorted, states.values())) == [["admitted"]] * 7 + [["held"]] * 13
