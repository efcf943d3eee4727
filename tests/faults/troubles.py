"""What goes wrong for a while, and not at one call: the stream, SES, schedules, rights, what is deployed."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from local.runtime import InvocationError
from tests.engines import Around
from tests.faults import deployed, fates, surroundings
from tests.faults.answers import hangs, says
from tests.faults.people import People
from tests.faults.site import Site

Act = Callable[[People], None]
_DENIED = says("AccessDeniedException")


def _nothing(_: People) -> None:
    pass


class Trouble(NamedTuple):
    """How it begins, just before people do something; and how it ends, so many quarters later."""

    name: str
    begins: Act = _nothing
    ends: Act = _nothing
    lasts: int = 1
    alarming: bool = False  # an operator must hear of it, where it met anything


def _batches(name: str, change: Callable[[list[Any]], Iterable[list[Any]]]) -> Trouble:
    return Trouble(
        f"stream: {name}",
        _stream(lambda event: ({"Records": records} for records in change(event["Records"]))),
    )


def _stream(change: Callable[[Any], Iterable[Any]]) -> Act:
    """Have something become of every batch; where none comes, nobody can hear of it."""

    def begin(people: People) -> None:
        def batches(event: Any) -> Iterable[Any]:
            people.world.outage_struck = True
            return change(event)

        people.world.outage, people.world.batches = True, batches

    return begin


def _poison(name: str, place: int, record: dict[str, Any]) -> Trouble:
    def poisoned(records: list[Any]) -> Iterator[list[Any]]:
        where = min(place, len(records))
        yield [*records[:where], record, *records[where:]]

    return _batches(name, poisoned)._replace(alarming=True)


def _killed(often: int) -> Act:
    def begin(people: People) -> None:
        left = iter(range(often))

        def kill(event: Any) -> Iterable[Any]:
            if next(left, None) is not None:
                people.world.alarms.append("mail failed")
                raise InvocationError("killed")
            return [event]

        _stream(kill)(people)

    return begin


def _stream_works(people: People) -> None:
    people.world.batches = lambda event: [event]


def _all_again(people: People) -> None:
    fates.insist(people, "mail", {"Records": list(people.world.records)})
    people.world.pump()


def _expired(people: People) -> None:
    """Have the table tell that DynamoDB deleted everybody whose time had come."""
    gone: list[Any] = [
        {"eventName": "REMOVE", "dynamodb": {**r["dynamodb"], "OldImage": r["dynamodb"].get("NewImage", {})}}
        for r in people.world.records
    ]
    for record in gone:
        record["dynamodb"].pop("NewImage", None)
    fates.insist(people, "mail", {"Records": gone})
    people.world.pump()


def _time(*left: int) -> Act:
    def begin(people: People) -> None:
        people.world.left = iter(left)

    return begin


def _schedules(name: str, change: Callable[[str, Any], Iterable[Any]]) -> Trouble:
    def begin(people: People) -> None:
        people.world.scheduled = change

    return Trouble(f"schedule: {name}", begin)


def _day_before(event: Any) -> Any:
    return {**event, "time": (datetime.fromisoformat(event["time"]) - timedelta(days=1)).isoformat()}


def _later(delay: timedelta) -> Act:
    def begin(people: People) -> None:
        people.world.late = delay

    return begin


def _outage(name: str, fault: Around, hits: Callable[[Site], bool], lasts: int = 2) -> Trouble:
    def begin(people: People) -> None:
        people.world.outage = True
        people.world.always.append(lambda site: fault if hits(site) else None)

    return Trouble(name, begin, lambda people: people.world.always.clear(), lasts, alarming=True)


def _sends(site: Site) -> bool:
    return site.operation == "SendEmail"


def _reads_secret(site: Site) -> bool:
    return site.operation == "GetSecretValue"


def _of_table(site: Site) -> bool:
    return not _sends(site) and not _reads_secret(site)


def _writes_of(function: str) -> Callable[[Site], bool]:
    reads = ("Query", "GetItem", "GetSecretValue", "SendEmail")
    return lambda site: site.function == function and site.operation not in reads


_GIF = {
    "eventName": "MODIFY",
    "dynamodb": {"SequenceNumber": "poison", "NewImage": {"pk": {"S": "REGISTRATION#plg-2023"}}},
}

TROUBLES: tuple[Trouble, ...] = (
    _batches("each batch twice", lambda records: [records, records]),
    _batches("records in reverse", lambda records: [records[::-1]]),
    _batches("records one by one", lambda records: [[record] for record in records]),
    _batches("each record twice in a batch", lambda records: [[r for r in records for _ in range(2)]]),
    _batches("off", lambda _: []),
    _poison("a record of nothing, first", 0, {"eventName": "MODIFY"}),
    _poison("a record that nobody can read, first", 0, _GIF),
    _poison("a record that nobody can read, last", 99, _GIF),
    Trouble("stream: killed, and the batch comes in halves", _killed(1), _stream_works, 1, alarming=True),
    Trouble("stream: killed until it is given up", _killed(500), _stream_works, 1, alarming=True),
    Trouble("stream: everything again from the horizon", ends=_all_again),
    Trouble("stream: deleted by expiry", ends=_expired),
    Trouble("stream: no time left", _time(10_000)),
    Trouble("stream: no time left for the second mail", _time(300_000, 10_000)),
    *(Trouble(f"events: {name}", begin, end, lasts) for name, begin, end, lasts in fates.TROUBLES),
    _schedules("everything twice", lambda _, event: [event, event]),
    _schedules("the day before comes after", lambda name, e: [e, _day_before(e)] if name == "check" else [e]),
    _schedules("no sweeps", lambda name, event: [] if name == "mail" else [event]),
    Trouble("schedule: six hours late", _later(timedelta(hours=6))),
    Trouble("schedule: nothing for three days", _later(timedelta(days=3))),
    _outage("no right: mail may not send", _DENIED, _sends),
    _outage("no right: nobody may read the secret", _DENIED, _reads_secret),
    _outage("no right: nobody may use the table", _DENIED, _of_table),
    *(
        _outage(f"no right: {function} may not write", _DENIED, _writes_of(function))
        for function in ("submit", "amend", "decide", "check", "mail", "delivery", "cli")
    ),
    _outage("half an hour: the table throttles", says("ThrottlingException"), _of_table),
    _outage("half an hour: the table hangs", hangs, _of_table),
    # Longer, because a mail of moved sessions is first written half an hour after they moved.
    _outage("an hour: SES fails", says("InternalServiceErrorException", 500), _sends, 7),
    _outage("an hour: SES does not send for us", says("SendingPausedException"), _sends, 5),
    _outage("an hour: the account is suspended", says("AccountSuspendedException"), _sends, 5),
    _outage(
        "an hour: the day's quota is used",
        says("TooManyRequestsException", 429, message="Daily message quota exceeded."),
        _sends,
        5,
    ),
    *(Trouble(name, begin, end, 2, alarming) for name, begin, end, alarming in deployed.TROUBLES),
    *(Trouble(name, begin, end, 2) for name, begin, end in surroundings.TROUBLES),
)
