"""What the operator does with a network's file: moves its session or deadline, mends its form."""

from datetime import timedelta

from typer.testing import CliRunner

from cli.main import app
from tests.seasons.cast import Person
from tests.seasons.form import Form, Kept
from tests.seasons.rows import Row, Turn, plain
from tests.seasons.rules import ID, OPENS
from tests.seasons.script import Act
from tests.seasons.stage import Stage
from tests.seasons.witness import Witness

SETTLES = timedelta(minutes=30)  # what moves is mailed no sooner


class Operator:
    """Applies files and releases what was kept, and tells the witness of it."""

    def __init__(self, stage: Stage, witness: Witness, form: Form) -> None:
        self._stage, self._witness, self._form = stage, witness, form

    def move(self, act: Act) -> bool:
        """Have the session some days later."""
        self._witness.session_moves(act.others[0])
        self._applies()
        self._stage.waits_until(self._stage.now + SETTLES)
        return True

    def minimum(self, act: Act) -> bool:
        """Have schools need more people, or fewer."""
        rules = self._witness.rules
        earlier = (*rules.earlier, (self._stage.now, rules.minimum))
        self._witness.rules = rules._replace(minimum=act.others[0], each=0, earlier=earlier)
        self._applies()
        self._stage.waits_until(self._stage.now)
        return True

    def places(self, act: Act) -> bool:
        """Have place for so many people, and for so many of each school."""
        places, each = act.others
        rules = self._witness.rules
        self._witness.rules = rules._replace(places=places, each=each and max(each, rules.minimum))
        self._applies()
        self._stage.waits_until(self._stage.now)
        return True

    def deadline(self, act: Act) -> bool:
        """Have the deadline some days later or earlier, perhaps after a typing error of twenty minutes."""
        days, error = act.others
        if self._witness.rules.deadline + timedelta(min(days, error)) <= OPENS:
            return False
        if error:
            self._moves_deadline(error)
            self._stage.now += timedelta(minutes=20)
            self._stage.tries(self._stage.sweep)
            self._stage.read_mails()
        self._moves_deadline(days - error)
        return True

    def _moves_deadline(self, days: int) -> None:
        self._witness.deadline_moves(self._stage.now, days)
        self._applies()
        self._stage.waits_until(self._stage.now + SETTLES)

    def form_changes(self, _: Act) -> bool:
        """Somebody renames a field of the web form, and tells nobody."""
        self._form.is_changed = True
        return True

    def form_mended(self, _: Act) -> bool:
        """Name that field in the network's file, and release what was kept."""
        forgotten = {r.reference for r in self._stage.people() if not r.email}
        self._witness.rules = self._witness.rules._replace(mended=True)
        self._applies()
        table = self._stage.template.table["TableName"]
        CliRunner().invoke(app, ["form", "release", ID, "--table", table], catch_exceptions=False)
        for post in self._form.kept:
            self._released(post, forgotten)
        self._form.kept.clear()
        self._stage.pump()
        return True

    def _applies(self) -> None:
        self._stage.apply_network(self._witness.rules.toml())
        self._stage.pump()
        self._stage.read_mails()

    def _released(self, post: Kept, forgotten: set[str]) -> None:
        """Tell the witness who is on the list by a post that was kept; who was there already is so still."""
        first = self._witness.of.get(post.people[0].number)
        new = [typed for typed in post.people if self._was_off(typed, post, forgotten)]
        state = ""
        for typed in new:
            reference = self._reference(typed)
            state = state or self._witness.arrival(post.at, reference)
            is_first = typed is post.people[0]
            same = not is_first and first and plain(post.typing) == plain(first.typing)
            waited = Turn(post.at, "quarantined", "person")
            row = self._witness.arrives(
                self._witness.person(typed.number), reference, post.typing, waited,
                first if same else None, posted=not is_first,
            )  # fmt: skip
            row.bringer, row.by_link = None if is_first else first, False
            row.by_initial = typed.name != row.person.name
            first = row if is_first else first
            if not post.robot:
                brought = "" if is_first or state == "late" else "invited"
                self._witness.becomes(row, self._stage.now, state, "organiser", brought)
                if self._witness.rules.confirms and self._witness.is_open(post.at):
                    row.asked = post.at

    def _was_off(self, typed: Person, post: Kept, forgotten: set[str]) -> bool:
        row: Row | None = self._witness.of.get(typed.number)
        if row is None:
            return True
        off = row.state in ("cancelled", "quarantined") and row.turns[-1].at < post.at
        return off and row.reference not in forgotten

    def _reference(self, typed: Person) -> str:
        alike = (r for r in self._stage.people() if (r.name, r.email) == (typed.name, typed.email))
        reference = next((r.reference for r in alike), "")
        assert reference, f"{typed.name} posted a form that was changed, and was not released"
        return str(reference)
