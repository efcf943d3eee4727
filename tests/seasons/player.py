"""Plays a season's acts: through the form, people's own pages, the organiser's pages, and the schedule."""

from tests.seasons.form import Form
from tests.seasons.organiser import Desk
from tests.seasons.own_page import OwnPage
from tests.seasons.script import Act
from tests.seasons.stage import Stage
from tests.seasons.witness import Witness


class Player:
    """Plays one act after another."""

    def __init__(self, stage: Stage, witness: Witness) -> None:
        self._stage, self._witness = stage, witness
        self._hands = (self, Form(stage, witness), OwnPage(stage, witness), Desk(stage, witness))

    def play(self, act: Act) -> bool:
        """Play one act; False where it made no sense, as when who cancels is not on the list."""
        self._stage.go(act.at)
        self._stage.weather.turns(act.luck)
        does = next(getattr(hand, act.verb) for hand in self._hands if hasattr(hand, act.verb))
        return bool(does(act))

    def move(self, act: Act) -> bool:
        """Apply a network file in which the session is some days later, as its operator does."""
        self._witness.session_moves(act.others[0])
        self._stage.apply_network(self._witness.rules.toml())
        self._stage.pump()
        return True

    def check(self, _: Act) -> bool:
        """Run the check as the schedule does."""
        at, parts = self._stage.now, self._witness.parts()  # before it erases by what some are of a school
        self._stage.tries(self._stage.check)
        self._witness.checked(at, parts)
        return True
