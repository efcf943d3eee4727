"""A burst of posts on the local stack: how long visitors wait, and who is stored and mailed how often.

The stack runs in its own process on this machine, and gets only HTTP requests. The burst is limited in count
and in time, and stops the stack at the end.
"""

import json
import os
import re
import subprocess  # nosec B404 # no shell, and only our own stack
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from math import ceil
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from bench.crowd import Post, crowd
from bench.ledger import Answer, verdict

NETWORKS, SEED = 10, 1
MOST = 100_000  # posts in one burst
PATIENCE = 300  # seconds that a visitor waits for an answer
DRAINS = 3 * 3600  # seconds for the mails of a crowd to go out, on a busy machine
PLG = Path(__file__).parent.parent / "networks" / "plg-2023.toml"
# The default hourly limit would hold mails until the next hour, and the local clock stands still.
_NO_MAIL_LIMIT = "\n[abuse]\nmails_an_hour = 100000\n"


def main(seconds: int, rate: int) -> None:
    """Post, wait for the mails, and print the results; exit 1 if anything is wrong."""
    if not 0 < seconds * rate <= MOST:
        raise SystemExit(f"a burst has 1 to {MOST:,} posts")
    with _stack() as address:
        networks = tuple(f"burst-{number}" for number in range(NETWORKS))
        for network in networks:
            toml = PLG.read_text().replace('id = "plg-2023"', f'id = "{network}"') + _NO_MAIL_LIMIT
            _local(address, "POST", "networks", toml.encode())
        answers = list(_burst(address, crowd(seconds, rate, networks, SEED)))
        ended = time.monotonic()
        _print_waits(answers)
        stored = verdict(answers, _local(address, "GET", "registrations"), ())
        print(f"accepted {stored.accepted:,}, lost {stored.lost:,}, doubled {stored.doubled:,}", flush=True)
        mails = _local(address, "GET", "mails")  # the answer comes after everything that is pending
        late = time.monotonic() - ended
        result = verdict(answers, _local(address, "GET", "registrations"), mails)
    print(f"{len(mails):,} mails, the last of them {late:.0f} s after the last answer")
    for field, people in zip(result._fields[:-1], result[:-1], strict=True):
        print(f"{field.replace('_', ' ')} {people:,}", end=", " if field != result._fields[-2] else "\n")
    if not result.is_whole:
        raise SystemExit(f"not whole; unexpected answers by status: {dict(result.unexpected)}")


def _print_waits(answers: Sequence[Answer]) -> None:
    seconds = sorted(answer.seconds for answer in answers)
    shares = ", ".join(f"p{p} {_percentile(seconds, p):.3f}" for p in (50, 95, 99))
    print(
        f"{len(answers):,} posts; seconds until the answer: {shares}, longest {seconds[-1]:.3f}", flush=True
    )


def _percentile(values: Sequence[float], percent: int) -> float:
    return values[ceil(len(values) * percent / 100) - 1]


@contextmanager
def _stack() -> Iterator[str]:
    """Start the stack on free ports, and yield the address of the API."""
    with TemporaryFile("w+") as output:
        environment = os.environ | {"PORT": "0", "FORM_PORT": "0"}
        process = subprocess.Popen([sys.executable, "-m", "local"], stdout=output, env=environment)  # nosec B603
        try:
            yield _address(process, output)
        finally:
            process.terminate()
            process.wait()


def _address(process: "subprocess.Popen[bytes]", output: IO[str]) -> str:
    while process.poll() is None:
        output.seek(0)
        if match := re.search(r"Control room +http://(\S+)/", output.read()):
            return match[1]
        time.sleep(0.1)
    raise SystemExit("the local stack did not start")


def _burst(address: str, posts: Sequence[Post]) -> Iterator[Answer]:
    """Send each post at its own time, even if earlier posts have no answer yet."""
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=500) as visitors:
        pending = []
        for number, post in enumerate(posts):
            time.sleep(max(0, started + post.at - time.monotonic()))
            pending.append(visitors.submit(_send, address, post, started + post.at))
            if number % 50 == 0 and sys.stderr.isatty():
                print(f"\r{number:,} of {len(posts):,} posts", end="", file=sys.stderr)
        yield from (each.result() for each in pending)


def _send(address: str, post: Post, due: float) -> Answer:
    connection = HTTPConnection(address, timeout=PATIENCE, source_address=(post.visitor, 0))
    try:
        connection.request("POST", f"/networks/{post.network}/registrations", *_encode(post))
        answer = connection.getresponse()
        status, reference = answer.status, _reference(answer.getheader("location", ""), answer.read())
    except (OSError, HTTPException):
        status, reference = 0, ""
    finally:
        connection.close()
    return Answer(post, status, reference, time.monotonic() - due)


def _encode(post: Post) -> tuple[bytes, dict[str, str]]:
    if post.as_json:
        return json.dumps(dict(post.fields)).encode(), {
            "accept": "application/json",
            "content-type": "application/json",
        }
    return urlencode(post.fields).encode(), {
        "accept": "text/html",
        "content-type": "application/x-www-form-urlencoded",
    }


def _reference(location: str, body: bytes) -> str:
    if location:
        return parse_qs(urlsplit(location).query)["reference"][0]
    return str(json.loads(body).get("reference", "")) if body.startswith(b"{") else ""


def _local(address: str, method: str, call: str, body: bytes = b"") -> Any:
    connection = HTTPConnection(address, timeout=DRAINS)
    try:
        connection.request(method, f"/_local/{call}", body)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise SystemExit(f"{call}: {content.decode()}")
    return json.loads(content)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
