"""A part of the fault grid, drawn anew by no chance at all; `make faults` plays much more of it."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.faults.grid import Fault, Grid, Outcome, Run
from tests.faults.journeys import JOURNEYS
from tests.faults.kinds import KINDS
from tests.faults.plan import calls, drawn, pairs, singles
from tests.faults.site import Site
from tests.faults.tally import Tally, lines_of
from tests.faults.troubles import TROUBLES
from tests.faults.verdict import judge

_BROKE = (Path(__file__).parent / "broke.txt").read_text().splitlines()
_TAKEN = Site("mail", "SendEmail", 1)  # the first mail that SES takes


@pytest.fixture(scope="module")
def grid() -> Iterator[Grid]:
    with Grid() as started:
        yield started


@pytest.mark.parametrize(("single", "paired"), [(4, 2), pytest.param(150, 50, marks=pytest.mark.slow)])
def test_nothing_is_lost_and_nothing_is_doubled_whatever_goes_wrong(
    grid: Grid, single: int, paired: int
) -> None:
    chance = Random(2023)  # noqa: S311 not for secrets
    everything = singles(calls(grid))
    outcomes = [grid.play(run) for run in drawn(everything, single, chance)]
    outcomes += [grid.play(run) for run in pairs(outcomes, paired, chance)]
    tally = Tally(tuple(outcomes))
    assert lines_of(tally.broken) == []
    assert sum(outcome.happened for outcome in outcomes) > single
    assert len({*(kind.name for kind in KINDS), *(trouble.name for trouble in TROUBLES)}) >= 50


@pytest.mark.parametrize("run", [line for line in _BROKE if not line.startswith("#")])
def test_what_ever_broke_stays_whole(grid: Grid, run: str) -> None:
    assert lines_of([grid.play(Run.read(run))]) == []


@pytest.mark.parametrize("journey", [journey.name for journey in JOURNEYS])
def test_when_nothing_goes_wrong_everything_comes_to_what_it_should(grid: Grid, journey: str) -> None:
    assert grid.play(Run(journey)).verdict.broken == ()


def test_a_mail_goes_out_twice_only_where_both_ses_answer_and_its_send_event_are_lost(grid: Grid) -> None:
    lost = Fault("no answer, but done", _TAKEN)
    assert doubled(grid.play(Run("register", (lost,)))) == ([], [], [])
    silent = Fault("events: all lost")
    assert doubled(grid.play(Run("register", (silent,)))) == ([], [], [])
    (mail,), unnoted, wrong = doubled(grid.play(Run("register", (silent, lost))))
    assert ("-confirmation-1" in mail, unnoted, wrong) == (True, [], [])


def test_a_mail_of_which_we_could_not_write_down_that_ses_took_it_is_told_of_by_its_event(grid: Grid) -> None:
    calls = grid.sites("register")
    unwritten = Fault("error 500, not done, at every try", calls[calls.index(_TAKEN) + 1])
    assert doubled(grid.play(Run("register", (unwritten,)))) == ([], [], [])
    excused, (mail,), wrong = doubled(grid.play(Run("register", (Fault("events: all lost"), unwritten))))
    assert (excused, "-confirmation-1" in mail, wrong) == ([], True, [])


def doubled(outcome: Outcome) -> tuple[list[str], list[str], list[str]]:
    """Return the mails that went out twice: two kinds that are stated, and others that must not be."""
    verdict = outcome.verdict
    return list(verdict.excused), list(verdict.unnoted), list(verdict.broken)


def test_a_registration_that_is_gone_or_there_twice_is_seen(grid: Grid) -> None:
    grid.play(Run("open pages"))
    journey = next(journey for journey in JOURNEYS if journey.name == "join")
    verdict = judge(grid.world, journey, 0)
    assert verdict.lost_registrations == ("bram is not registered",)
    assert verdict.lost_mails == ("bram did not get confirmation",)
    journey = next(journey for journey in JOURNEYS if journey.name == "everybody is forgotten")
    assert judge(grid.world, journey, 0).doubled_registrations == ("anna is registered twice",)


def test_a_mail_that_goes_out_twice_is_seen(grid: Grid) -> None:
    grid.play(Run("register"))
    grid.world.mailbox.sent.append(grid.world.mailbox.sent[0])
    (doubled_mail,) = judge(grid.world, JOURNEYS[0], 0).doubled_mails
    assert doubled_mail.endswith("-confirmation-1 went out 2 times")


def test_a_run_reads_as_it_is_printed() -> None:
    run = Run("join", (Fault("SES: rate exceeded", _TAKEN), Fault("stream: off")))
    assert str(run) == "join + SES: rate exceeded @ mail SendEmail 1 + stream: off"
    assert Run.read(str(run)) == run
