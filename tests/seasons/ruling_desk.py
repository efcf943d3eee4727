"""What an organiser does about how people typed their schools."""

from collections.abc import Iterable, Mapping

from tests.seasons.browser import Browser
from tests.seasons.rows import COUNTED, Row, plain
from tests.seasons.rulings import Ruling
from tests.seasons.script import Act
from tests.seasons.witness import Witness

_WHY: Mapping[str, str] = {"why": "dat weten we"}


class RulingDesk:
    """Rules as an organiser does, on the pages for that."""

    def __init__(self, browser: Browser, witness: Witness) -> None:
        self._browser, self._witness, self._rulings = browser, witness, witness.rulings

    def same(self, act: Act) -> bool:
        """Rule that two people typed one school."""
        return self._pair(act, "same", {1})

    def different(self, act: Act) -> bool:
        """Rule that they typed two schools."""
        return self._pair(act, "different", {1, 2})

    def which(self, act: Act) -> bool:
        """Rule that somebody typed a school of the register."""
        assert act.typing
        rows = self._rows([act.person])
        is_right = bool(rows) and rows[0].typing.school == act.typing.school
        return is_right and bool(act.typing.brin) and self._rules(act, "is", rows, act.typing.brin)

    def unrule(self, act: Act) -> bool:
        """Take back what was ruled on how somebody typed their school."""
        row = self._witness.of.get(act.person)
        mine = [key for key, ruling in self._rulings.of.items() if row is ruling.rows[0]]
        if not mine or not self._browser.orders(act, self._rulings.of[mine[-1]].undo, _WHY, may_fail=True):
            return False
        del self._rulings.of[mine[-1]]
        return True

    def _pair(self, act: Act, kind: str, schools: set[int]) -> bool:
        rows = self._rows([act.person, *act.others])
        are_right = len(rows) == 2 and len({row.typing.school for row in rows}) in schools
        return are_right and self._rules(act, kind, rows, rows[1].reference)

    def _rules(self, act: Act, kind: str, rows: tuple[Row, ...], value: str) -> bool:
        key, reference = frozenset(plain(row.typing) for row in rows), rows[0].reference
        if key in self._rulings.of or (kind != "is" and len(key) < 2):
            return False
        if not self._browser.orders(act, f"typing/{reference}/{kind}/{value}", _WHY, may_fail=True):
            return False
        undo = self._browser.last_ruling(reference, kind)
        self._rulings.of[key] = Ruling(kind, rows, tuple(row.root for row in rows), undo)
        return True

    def _rows(self, people: Iterable[int]) -> tuple[Row, ...]:
        """Return those who count by how they typed their school themselves."""
        rows = [row for row in map(self._witness.of.get, people) if row]
        able = tuple(row for row in rows if row.state in COUNTED and not row.source and not row.erased)
        return able if len(able) == len(rows) else ()
