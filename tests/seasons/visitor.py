"""Somebody with a browser: asks from a place of their own, and tries again what they are told went wrong."""

from collections.abc import Mapping

from local.web import RawRequest, Response
from tests.seasons.cast import Person
from tests.seasons.stage import Stage

FORM = {"content-type": "application/x-www-form-urlencoded"}


def asks(
    stage: Stage,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: str = "",
    person: Person | None = None,
) -> Response:
    """Ask for something as a person does: who is told that it went wrong tries again."""
    # One place from which many posts come is put aside.
    client = f"10.0.{person.number // 250}.{person.number % 250}" if person else "127.0.0.1"
    all_headers = tuple({"host": stage.base_url.partition("//")[2], **headers}.items())
    request = RawRequest(method, path, all_headers, body.encode(), client)
    answer = stage.request(request)
    if answer.status >= 500:
        stage.failures.append(path)
        stage.weather.turns(0)
        answer = stage.request(request)
    return answer
