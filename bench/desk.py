"""What the desk's pages take with 120 schools and 300 people, two days after the deadline, warm."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bench.function import NETWORK_FILE, RunningFunction, ours
from bench.large import NETWORK, item, network_item, person
from bench.pages import request
from bench.table import BenchTable
from shared.aws.network_versions import from_version
from shared.aws.versions import marked
from shared.aws.wire import to_wire
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State

_AT = NETWORK.closes_at + timedelta(days=2)
_OF_THREE, _SCHOOLS, _QUICK_SCHOOLS = 60, 120, 30
_DECIDED, _LATE = 80, 100  # the first school that waits for a decision, and the first that was too late
_PAGES = (
    "",
    "attendance/1",
    "people",
    "decisions",
    "settings",
    "settings/dates",
    "settings/mails",
    "message",
)
_CHANGES = 12  # of the network's settings


def desk(is_quick: bool) -> Iterator[tuple[str, float]]:
    """Yield seconds of processor and kB of each page, and the most of them."""
    table = BenchTable([*_network(), *map(item, _people(_QUICK_SCHOOLS if is_quick else _SCHOOLS))])
    with RunningFunction(*ours("organise"), table) as function:
        costs = {page: _opened(function, page) for page in (*_PAGES, *_PAGES)}  # the second time warm
    for page, (processor, size) in costs.items():
        yield f"desk processor, {page or 'overview'}", processor
        yield f"desk kB, {page or 'overview'}", size
    yield "desk processor, most", max(processor for processor, _ in costs.values())
    yield "desk kB, most", max(size for _, size in costs.values())


def _opened(function: RunningFunction, page: str) -> tuple[float, float]:
    answer: Mapping[str, Any] = function.invoke(request(page, _AT))
    if answer["statusCode"] != 200:
        raise SystemExit(f"the page {page} answers {answer['statusCode']}")
    return function.processor, len(answer["body"].encode()) / 1000


def _network() -> Iterator[dict[str, Any]]:
    toml = NETWORK_FILE.read_text()
    versions = [
        from_version(NETWORK, toml.replace("omgeving Utrecht", f"Zaal {number}"), NETWORK.opens_at + since)
        for number in range(_CHANGES)
        for since in [timedelta(days=number)]
    ]
    applied = to_wire({"applied_at": versions[-1]["applied_at"]})
    yield network_item() | applied
    yield from (to_wire(marked(version)) for version in versions)


def _people(schools: int) -> Iterator[Registration]:
    """Yield three people of half of the schools and two of the others; those of a third need a decision."""
    for number in range(schools):
        each = 3 if number < schools * _OF_THREE // _SCHOOLS else 2
        for nth in range(each):
            yield _settled(person(number * each + nth, each), number * _SCHOOLS // schools)


def _settled(someone: Registration, school: int) -> Registration:
    remarks = "Ik kom met de trein, en eet vegetarisch." if school % 3 == 0 else ""
    someone = replace(someone, remarks=remarks)
    if school >= _LATE:
        at = NETWORK.closes_at + timedelta(hours=20)
        late = (Change(at, State.LATE, "person", reason=Reason(ReasonCode.AFTER_DEADLINE)),)
        return replace(someone, state=State.LATE, received_at=at, history=late)
    if school >= _DECIDED:
        return someone.become(State.HELD, NETWORK.closes_at, "check", reason=Reason(ReasonCode.NETWORK_FULL))
    return someone.become(State.ADMITTED, NETWORK.closes_at, "check", reason=Reason(ReasonCode.COMPLETE))
