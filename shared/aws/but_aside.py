"""Everybody in a network but who is aside: DynamoDB leaves them out, so that they slow down nobody."""

from collections.abc import Sequence

from shared.aws import items, keys
from shared.aws.store import Filter, Store
from shared.domain.registration.registration import Registration, State

_OPERANDS = 100  # of one IN, which is DynamoDB's own limit
_NOT_ASIDE = Filter(
    "NOT #name = :aside OR attribute_exists(unjudged)",
    {":aside": State.QUARANTINED.value},
    {"#name": "state"},
)


def everybody_but_aside(store: Store, network: str) -> tuple[Registration, ...]:
    """Return everybody but who is aside, judged or not.

    Who is aside and registered somebody who is not is there: that person is told who gave us their data.
    """
    people = _read(store, network, _NOT_ASIDE)
    missing = sorted({r.invited_by for r in people if r.invited_by} - {r.reference for r in people})
    inviters = [
        inviter
        for start in range(0, len(missing), _OPERANDS)
        for inviter in _read(store, network, _is_one_of(missing[start : start + _OPERANDS]))
    ]
    return tuple(sorted((*people, *inviters), key=lambda r: r.person_key))


def _read(store: Store, network: str, only: Filter) -> tuple[Registration, ...]:
    stored = store.query(keys.registrations_of(network), only=only)
    return tuple(items.to_registration(item) for item in stored if not items.is_pointer(item))


def _is_one_of(references: Sequence[str]) -> Filter:
    values = {f":r{number}": reference for number, reference in enumerate(references)}
    return Filter(f"#name IN ({', '.join(values)})", values, {"#name": "reference"})
