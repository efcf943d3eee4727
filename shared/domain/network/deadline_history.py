"""How a network's deadline moved: what people were told about an earlier one has to be told again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from shared.domain.network.network import Network

# So that a typing error in the file that is mended within this time mails nobody.
SETTLES = timedelta(minutes=30)


class NetworkVersion(NamedTuple):
    """A version of a network's file: since when, and with which deadline (`closes_at`).

    `by_earlier_release` if a release applied it that did not keep with a mail which deadline it states.
    """

    since: datetime
    closes_at: datetime
    by_earlier_release: bool = False


class DeadlineHistory(NamedTuple):
    """What the versions of a network's file say of its deadline.

    `since` is when it became what it is now; None where they do not say. `unstated` is what all mails and
    reminders were about that do not say of which deadline they are; None where there are none.
    """

    since: datetime | None = None
    unstated: datetime | None = None

    def is_settled(self, now: datetime) -> bool:
        """Say whether the deadline stood long enough to mail that it moved."""
        return self.since is not None and now - self.since >= SETTLES


UNKNOWN = DeadlineHistory()


def deadline_history(network: Network, versions: Iterable[NetworkVersion], now: datetime) -> DeadlineHistory:
    """Return what the versions up to an instant say; they may be newer than this reading of the network."""
    past = sorted(version for version in versions if version.since <= now)
    alike = list(takewhile(lambda version: version.closes_at == network.closes_at, reversed(past)))
    first = [version.closes_at for version in past if version.by_earlier_release]
    return DeadlineHistory(alike[-1].since if alike else None, first[-1] if first else None)


def closing(network: Network, closes_at: datetime) -> Network:
    """Return a network with another deadline, to word that one."""
    last = network.local(closes_at)
    deadline = last if last.time() == last.time().min else last - timedelta(milliseconds=1)
    window = network.registration.model_copy(update={"deadline": deadline})
    return network.model_copy(update={"registration": window})


def last_day_before(network: Network, closes_at: datetime | None) -> date | None:
    """Return the last day of a deadline that ends at this instant."""
    return closing(network, closes_at).deadline_day if closes_at else None
