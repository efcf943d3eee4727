"""Until when nothing becomes owed by itself: time alone makes few mails due, and only at known instants."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta

from shared.domain.decision import Decision
from shared.domain.network.network import Network
from shared.domain.network.version_history import SETTLES
from shared.domain.registration.confirming import awaits_confirmation, ends, reminder_at, since
from shared.domain.registration.registration import Registration
from shared.mails.owed.context import MailContext

# Hours after which a network is read in full all the same, in case the stream lost a change.
_AT_MOST = 4


def quiet_until(
    context: MailContext, people: Iterable[Registration], decisions: Iterable[Decision]
) -> datetime:
    """Return until when nobody is owed more than now, in a network where everything owed has gone out."""
    network, now = context.network, context.at
    instants = [*_of_network(context), *_of_decisions(decisions)]
    instants += [at for person in people for at in _of_confirming(network, person)]
    return min([next_look(network, now), *(at for at in instants if at > now)])


def next_look(network: Network, now: datetime) -> datetime:
    """Return when a network is read in full all the same: every four hours of its clock, and so at midnight.

    With a day begins what depends on dates: a session is past, or a school may no longer replace somebody.
    """
    local = network.local(now)
    hours = local.hour // _AT_MOST * _AT_MOST + _AT_MOST
    day = local.date() + timedelta(days=hours // 24)
    return datetime.combine(day, time(hours % 24), network.zone).astimezone(UTC)


def _of_network(context: MailContext) -> Iterator[datetime]:
    yield context.network.closes_at
    moved = (context.versions.deadline_since, context.versions.sessions_since)
    yield from (at + SETTLES for at in moved if at)


def _of_decisions(decisions: Iterable[Decision]) -> Iterator[datetime]:
    for decision in decisions:
        yield from filter(None, (decision.at, decision.until, decision.undone_at))


def _of_confirming(network: Network, person: Registration) -> Iterator[datetime]:
    end = ends(person)
    if end and person.unconfirmed_since and awaits_confirmation(network, person):
        yield end
        yield reminder_at(network, since(person, person.unconfirmed_since))
