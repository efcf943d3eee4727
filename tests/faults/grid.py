"""The grid: every kind at every call of every journey, and pairs of them by chance."""

from contextlib import ExitStack, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

import pytest

from tests.faults.alarms import heard
from tests.faults.journeys import JOURNEYS
from tests.faults.kept import Kept
from tests.faults.kinds import KINDS, Kind
from tests.faults.moments import MOMENTS
from tests.faults.people import People
from tests.faults.settle import first_day, next_day
from tests.faults.site import Site
from tests.faults.steps import Journey
from tests.faults.troubles import TROUBLES
from tests.faults.verdict import Verdict, judge
from tests.faults.world import FaultyWorld


class Fault(NamedTuple):
    """A kind, and where it strikes."""

    kind: str
    site: Site | None = None

    def __str__(self) -> str:
        return f"{self.kind} @ {self.site}" if self.site else self.kind

    @classmethod
    def read(cls, text: str) -> "Fault":
        """Read a fault as it is printed."""
        kind, _, where = text.partition(" @ ")
        function, operation, nth = where.split() if where else ("", "", "0")
        return cls(kind, Site(function, operation, int(nth)) if where else None)


class Run(NamedTuple):
    """A journey, and what goes wrong in it."""

    journey: str
    faults: tuple[Fault, ...] = ()

    def __str__(self) -> str:
        return " + ".join((self.journey, *map(str, self.faults)))

    @classmethod
    def read(cls, text: str) -> "Run":
        """Read a run as it is printed."""
        journey, *faults = text.split(" + ")
        return cls(journey, tuple(map(Fault.read, faults)))


class Outcome(NamedTuple):
    """What a run came to: how many faults happened, all calls that were made, and the verdict."""

    run: Run
    happened: int
    sites: tuple[Site, ...]
    verdict: Verdict


_EMPTY = "nobody is registered"
_JOURNEYS = {journey.name: journey for journey in (*JOURNEYS, *MOMENTS)}
_KINDS = {kind.name: kind for kind in KINDS}
_TROUBLES = {trouble.name: trouble for trouble in TROUBLES}


class Grid:
    """Plays runs, one after another; a context manager."""

    def __enter__(self) -> Self:
        self._open = ExitStack()
        patch = self._open.enter_context(pytest.MonkeyPatch.context())
        folder = Path(self._open.enter_context(TemporaryDirectory()))
        self._open.enter_context(redirect_stdout(StringIO()))
        self.world = self._open.enter_context(FaultyWorld(patch, folder / "network.toml"))
        self.world.keep(_EMPTY)
        self.people = People(self.world, patch)
        self._nights: dict[tuple[object, ...], Verdict] = {}
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def play(self, run: Run) -> Outcome:
        """Play a run and judge it."""
        journey = _JOURNEYS[run.journey]
        self._begin(journey)
        troubles = [_TROUBLES[fault.kind] for fault in run.faults if not fault.site]
        for trouble in troubles:
            trouble.begins(self.people)
        for kind, site in run.faults:
            if site:
                _KINDS[kind].plan(self.world, site)
        left = first_day(self.people, journey.steps, troubles)
        # From the same evening the same night follows, which was judged before.
        evening = (run.journey, *(t.name for t in troubles), len(left), *_mark(self.world))
        if evening not in self._nights:
            self._nights[evening] = judge(self.world, journey, len(next_day(self.people, left)))
        verdict = self._nights[evening]
        if any(trouble.alarming for trouble in troubles) and self.world.struck and not heard(self.world):
            verdict = verdict._replace(other=(*verdict.other, "nobody heard of it"))
        return Outcome(run, len(troubles) + self.world.happened, tuple(self.world.sites), verdict)

    def sites(self, name: str) -> tuple[Site, ...]:
        """Return every call that a journey makes when nothing goes wrong, until people and schedules rest."""
        journey = _JOURNEYS[name]
        self._begin(journey)
        for step in journey.steps:
            assert step(self.people), name
        return tuple(self.world.sites)

    def _begin(self, journey: Journey) -> None:
        self.people.leave()
        if not self.world.back_to(journey.name):
            self.world.back_to(_EMPTY)
            for step in journey.before:
                assert step(self.people), journey.name
            self.world.keep(journey.name)
            self.world.back_to(journey.name)


def _mark(world: FaultyWorld) -> tuple[object, ...]:
    """Return all that what comes next depends on."""
    sent = sorted(mail.tags["mail"] for mail in world.mailbox.sent)
    fates = (frozenset(world.untold), frozenset(world.unanswered), frozenset(world.refused))
    return (world.now, Kept.of(world).moment.items, *sent, fates, heard(world))


def strikes(site: Site) -> list[Kind]:
    """Return the kinds that may strike at a call."""
    return [kind for kind in KINDS if kind.may_strike(site)]
