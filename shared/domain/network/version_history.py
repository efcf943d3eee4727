"""How a network's deadline and sessions moved: who was told of earlier ones has to be told again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.network.sessions import session_entries

# So that a typing error in the file that is mended within this time mails nobody.
SETTLES = timedelta(minutes=30)
_NEW = timedelta(days=1)


class NetworkVersion(NamedTuple):
    """A version of a network's file: since when, and with which deadline (`closes_at`) and sessions.

    `sessions` are as `session_entries` writes them. `by_earlier_release` if a release applied it that did
    not keep with a mail which deadline it states.
    """

    since: datetime
    closes_at: datetime
    sessions: tuple[str, ...]
    by_earlier_release: bool = False


class VersionHistory(NamedTuple):
    """What the versions of a network's file say of its deadline and its sessions.

    `deadline_since` and `sessions_since` are when these became what they are now; None where they do not
    say. `unstated` is what all mails and reminders were about that do not say of which deadline they are;
    None where there are none.
    """

    deadline_since: datetime | None = None
    sessions_since: datetime | None = None
    unstated: datetime | None = None

    def is_deadline_settled(self, now: datetime) -> bool:
        """Say whether the deadline stood long enough to mail that it moved."""
        return _is_settled(self.deadline_since, now)

    def is_deadline_new(self, now: datetime) -> bool:
        """Say whether the deadline is what it is for less than a day: a later release tells nobody."""
        return self.deadline_since is not None and now - self.deadline_since < _NEW

    def are_sessions_settled(self, now: datetime) -> bool:
        """Say whether the sessions stood long enough to mail that they moved."""
        return _is_settled(self.sessions_since, now)


def _is_settled(since: datetime | None, now: datetime) -> bool:
    return since is not None and now - since >= SETTLES


UNKNOWN = VersionHistory()


def version_history(network: Network, versions: Iterable[NetworkVersion], now: datetime) -> VersionHistory:
    """Return what the versions up to an instant say; they may be newer than this reading of the network."""
    past = sorted((version for version in versions if version.since <= now), reverse=True)
    sessions = session_entries(network)
    return VersionHistory(
        _since(takewhile(lambda version: version.closes_at == network.closes_at, past)),
        _since(takewhile(lambda version: version.sessions == sessions, past)),
        next((version.closes_at for version in past if version.by_earlier_release), None),
    )


def _since(alike: Iterable[NetworkVersion]) -> datetime | None:
    return min((version.since for version in alike), default=None)


def closing(network: Network, closes_at: datetime) -> Network:
    """Return a network with another deadline, to word that one."""
    last = network.local(closes_at)
    deadline = last if last.time() == last.time().min else last - timedelta(milliseconds=1)
    window = network.registration.model_copy(update={"deadline": deadline})
    return network.model_copy(update={"registration": window})


def last_day_before(network: Network, closes_at: datetime | None) -> date | None:
    """Return the last day of a deadline that ends at this instant."""
    return closing(network, closes_at).deadline_day if closes_at else None
