"""The counts of first mails and their bounces, of all networks together: one item for each hour."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from shared.aws import keys
from shared.aws.store import Store
from shared.domain.first_mails import FirstMailHour, HeldBack, bounced_mail, bounds, held_back, hour_of

_KEPT = timedelta(days=2)


class FirstMails:
    """Counts first mails; a batch of mails has one of its own, which reads earlier hours once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._hours: dict[str, FirstMailHour] | None = None

    def held_back(self, at: datetime) -> HeldBack:
        """Return whose first mails wait; this hour's counts are as fresh as the last mail of this batch."""
        return held_back(tuple(self._read().values()), at)

    def count(self, network: str, limit: int, places: tuple[str, ...], reason: str, at: datetime) -> bool:
        """Count a mail that strangers caused; False, and nothing counted, if it has to wait.

        A mail that is no first mail has no places. `reason` is why it waited until now, if it did.
        """
        names = {"#network": _of(network), **{f"#place{i}": place for i, place in enumerate(places)}}
        numbers = [*names, *(["sent"] if places else [])]
        either = bounds(limit, reason)
        values = {f":network{i}": each.network for i, each in enumerate(either)}
        if places:
            values |= {f":place{i}": each.place for i, each in enumerate(either)}
        condition = _joined("OR", [_within(i, list(names)) for i in range(len(either))])
        change = f"ADD {', '.join(f'{number} :one' for number in numbers)} SET expires = :expires"
        values |= {":one": 1, ":expires": _expiry(at)}
        item = self._store.update(keys.FIRST_MAILS, _key(at), change, values, condition, names)
        if item and self._hours is not None:
            self._hours[_key(at)] = _to_hour(item)
        return item is not None

    def mails_in_hour(self, network: str, at: datetime) -> int:
        """Return how many mails strangers caused in a network in this hour."""
        item = self._store.get(keys.FIRST_MAILS, _key(at)) or {}
        return int(item.get(_of(network), 0))

    def _read(self) -> dict[str, FirstMailHour]:
        if self._hours is None:
            # Without the numbers of places, of which there can be many.
            stored = self._store.query_all_versions(keys.FIRST_MAILS, attributes="sk, sent, bounced")
            self._hours = {item["sk"]: _to_hour(item) for item in stored}
        return self._hours


def record_bounce(store: Store, places: str, mail: str, at: datetime) -> None:
    """Count a first mail that bounced for good, once; of another mail nothing is counted."""
    if bounced := bounced_mail(places, mail):
        values = {":mail": {bounced}, ":expires": _expiry(at)}
        store.update(keys.FIRST_MAILS, _key(at), "ADD bounced :mail SET expires = :expires", values)


def _within(number: int, names: list[str]) -> str:
    """Write the condition that the numbers of an hour are within the bounds of this number."""
    network, *places = names
    most = {network: f":network{number}", **dict.fromkeys(places, f":place{number}")}
    tests = [[f"attribute_not_exists({name})", f"{name} < {value}"] for name, value in most.items()]
    return _joined("AND", [_joined("OR", test) for test in tests])


def _joined(how: str, conditions: list[str]) -> str:
    """Join conditions; DynamoDB refuses parentheses that it does not need."""
    return f"({f' {how} '.join(conditions)})" if len(conditions) > 1 else conditions[0]


def _expiry(at: datetime) -> int:
    return int((at + _KEPT).timestamp())


def _key(at: datetime) -> str:
    return f"{hour_of(at):%Y-%m-%dT%H}"


def _of(network: str) -> str:
    return f"n:{network}"


def _to_hour(item: Mapping[str, Any]) -> FirstMailHour:
    start = datetime.fromisoformat(f"{item['sk']}:00:00+00:00")
    return FirstMailHour(start, int(item.get("sent", 0)), frozenset(item.get("bounced", ())))
