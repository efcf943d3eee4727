"""Plays one season from beginning to end, and says where it broke."""

import tempfile
from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from tests.seasons.invariants import BrokenError, Day
from tests.seasons.player import Player
from tests.seasons.reader import Reader
from tests.seasons.rules import ID, ZONE
from tests.seasons.script import Act, Season, season
from tests.seasons.stage import Stage
from tests.seasons.witness import Witness


class Outcome(NamedTuple):
    """What came of a season: what was broken after which act, if anything, and what was seen."""

    broken: str
    at: Act | None
    acts: int
    mails: int
    people: int
    faults: Counter[str]
    read: Mapping[str, int] = MappingProxyType({})  # how many texts of each kind, and claims in them


def play(season: Season, reads: bool = False) -> Outcome:
    """Play a season until it ends or breaks; `reads` if each claim in its texts is judged too."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        Path(folder, f"{ID}.toml").write_text(season.rules.toml(), encoding="utf-8")
        stage = Stage(Path(folder))
        with stage:
            stage.plays(patch)
            witness = Witness(season.rules, season.people, stage)
            return _through(season, stage, witness, reads)


def played(seed: int, reads: bool = False) -> Outcome:
    """Play the season of a seed."""
    return play(season(seed), reads)


def _through(season: Season, stage: Stage, witness: Witness, reads: bool) -> Outcome:
    player, reader = Player(stage, witness), Reader(stage, witness, reads)
    stage.swept = lambda at: witness.swept(at, stage.mailbox.sent)
    stage.read_mails = reader.mails
    day = Day(stage, witness, reader)
    done, act, broken = 0, None, ""
    try:
        for _, acts in groupby(season.acts, key=lambda act: act.at.astimezone(ZONE).date()):
            for act in acts:
                stage.go(act.at)
                reader.mails()  # which a sweep made before it
                done += player.play(act)
                if act.verb == "check":
                    reader.checks()
                reader.mails()
                if act.verb == "check" and (wrong := list(day.reports())):
                    raise BrokenError("\n".join(wrong))
            stage.evening()
            reader.mails()
            reader.pages(player.overview())
            day.ends()
        act = None
    except Exception as error:  # noqa: BLE001 whatever breaks, the season tells of it
        broken = f"{type(error).__name__}: {error}"
    people = len(witness.rows) + (witness.forgotten or Counter[str]()).total()
    return Outcome(
        broken, act, done, len(stage.mailbox.sent), people, stage.weather.happened, dict(reader.counts)
    )
