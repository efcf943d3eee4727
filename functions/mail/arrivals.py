"""Who was stored and not yet judged: their posts are counted before anything counts or is mailed."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from shared.aws import items, keys
from shared.aws.table import Table
from shared.aws.wire import from_wire
from shared.domain.network.network import Network
from shared.domain.registration.judging import unjudged_posts
from shared.domain.registration.registration import Registration


class Arrivals:
    """The posts that a batch of the stream brings; each is judged whole, with the first of its records."""

    def __init__(self, records: Iterable[Any], table: Table) -> None:
        self._table = table
        self._posts = {
            (person.network, person.person_key): post
            for post in unjudged_posts(_registrations(records))
            for person in post
        }

    def judge(self, person: Registration, network: Network, now: datetime) -> None:
        """Judge the post of an unjudged person, unless that was done with another record."""
        post = self._posts.get((person.network, person.person_key), ())
        self._table.judge(network, post, now)
        self._posts |= {(r.network, r.person_key): () for r in post}


def _registrations(records: Iterable[Any]) -> Iterator[Registration]:
    """Yield the registrations that records bring; a record that cannot be read fails where it is handled."""
    for record in records:
        with suppress(Exception):
            item = from_wire(record["dynamodb"]["NewImage"])
            if keys.is_registration(item) and not items.is_pointer(item):
                yield items.to_registration(item)
