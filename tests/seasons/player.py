"""Plays a season's acts: through the form, all pages, the command line, and the schedule."""

from tests.seasons.form import Form
from tests.seasons.operator import Operator
from tests.seasons.organiser import Desk
from tests.seasons.own_page import OwnPage
from tests.seasons.ruling_desk import RulingDesk
from tests.seasons.script import Act
from tests.seasons.stage import Stage
from tests.seasons.witness import Witness


class Player:
    """Plays one act after another."""

    def __init__(self, stage: Stage, witness: Witness) -> None:
        self._stage, self._witness = stage, witness
        form = Form(stage, witness)
        own, desk, operator = OwnPage(stage, witness), Desk(stage, witness), Operator(stage, witness, form)
        self._desk = desk
        ruling = RulingDesk(desk.browser, witness)
        self._hands = (self, form, own, desk, operator, ruling)

    def play(self, act: Act) -> bool:
        """Play one act; False where it made no sense, as when who cancels is not on the list."""
        self._stage.go(act.at)
        self._stage.weather.turns(act.luck)
        does = next(getattr(hand, act.verb) for hand in self._hands if hasattr(hand, act.verb))
        return bool(does(act))

    def overview(self) -> str:
        """Return what the organiser sees of everybody; nothing if they are signed in no longer."""
        return self._desk.overview()

    def check(self, _: Act) -> bool:
        """Run the check as the schedule does."""
        at, parts = self._stage.now, self._witness.parts()  # before it erases by what some are of a school
        self._witness.asking.reads(self._stage.mailbox.sent)
        faults = self._stage.weather.happened.total()
        self._stage.tries(self._stage.check)
        self._witness.checked(at, parts, went_wrong=self._stage.weather.happened.total() > faults)
        return True
