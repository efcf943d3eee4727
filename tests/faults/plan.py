"""Which runs there are: each kind at each call, troubles in each journey, and pairs, as a seed draws them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random

from tests.faults.grid import Fault, Grid, Outcome, Run, strikes
from tests.faults.journeys import JOURNEYS
from tests.faults.moments import MOMENTS
from tests.faults.site import Site
from tests.faults.troubles import TROUBLES

Sites = Mapping[str, Sequence[Site]]


def calls(grid: Grid) -> Sites:
    """Return every call of AWS of every journey, when nothing goes wrong."""
    return {journey.name: grid.sites(journey.name) for journey in JOURNEYS}


def singles(sites: Sites) -> list[Run]:
    """Return a run for every kind at every call of every journey, and for each trouble in each of them."""
    at_calls = [
        Run(journey, (Fault(kind.name, site),))
        for journey, made in sites.items()
        for site in made
        for kind in strikes(site)
    ]
    in_journeys = [Run(journey, (Fault(trouble.name),)) for journey in sites for trouble in TROUBLES]
    return [*(Run(moment.name) for moment in MOMENTS), *at_calls, *in_journeys]


def drawn(runs: Iterable[Run], number: int, chance: Random) -> list[Run]:
    """Draw some runs, in any order: first one of each kind for each operation of each function."""
    mixed = list(runs)
    chance.shuffle(mixed)
    first: dict[object, Run] = {}
    for run in mixed:
        first.setdefault(_sort(run), run)
    kept = set(first.values())
    return [*first.values(), *(run for run in mixed if run not in kept)][:number]


def _sort(run: Run) -> object:
    """Return what tells a run from those that are much like it."""
    kinds = [(f.kind, f.site and (f.site.function, f.site.operation)) for f in run.faults]
    return tuple(kinds) or run.journey


def pairs(outcomes: Iterable[Outcome], number: int, chance: Random) -> Iterator[Run]:
    """Draw runs with a second fault, at any call that was made while the first one was at work."""
    first = [outcome for outcome in outcomes if outcome.sites and outcome.run.faults]
    for outcome in chance.choices(first, k=number):
        site = chance.choice(outcome.sites)
        kind = chance.choice(strikes(site))
        yield Run(outcome.run.journey, (*outcome.run.faults, Fault(kind.name, site)))
