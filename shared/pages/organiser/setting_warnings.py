"""What an organiser may not have meant, in settings that are valid: they are told, and may go on."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from shared.domain.network.network import Network
from shared.phrases import dutch


def warnings(before: Network, after: Network, now: datetime) -> list[str]:
    """Return a sentence for each oddity that settings bring, and that was not there before."""
    earlier = set(_oddities(before, now))
    return [sentence for sentence in _oddities(after, now) if sentence not in earlier]


def _oddities(network: Network, now: datetime) -> Iterator[str]:
    today, agenda = network.local(now).date(), network.agenda
    if network.is_closed(now):
        yield "De deadline is dan al voorbij. Wie zich daarna aanmeldt, is te laat."
    for number, session in enumerate(agenda, 1):
        if session.date < today:
            yield f"Bijeenkomst {number} is dan al geweest: {dutch.full_day(session.date)}."
        elif session.date < network.deadline_day:
            yield f"Bijeenkomst {number} is dan voor de deadline: {dutch.full_day(session.date)}."
    for number, (one, other) in enumerate(pairwise(agenda), 1):
        if one.date == other.date:
            yield f"Bijeenkomst {number} en {number + 1} zijn dan op één dag: {dutch.full_day(one.date)}."
    if not agenda:
        yield "Er is dan geen bijeenkomst meer."
