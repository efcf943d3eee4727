"""What follows where mail came back for good: no more goes there, and whoever brought them hears of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from local.mailbox import Sent
from tests.seasons.cast import DEAD
from tests.seasons.letters import TO_OTHERS, ids, kind_of, reference_of
from tests.seasons.rows import COUNTED, Row
from tests.seasons.rules import ZONE
from tests.seasons.witness import Witness

_ON_THE_LIST = COUNTED | {"late"}


class Reach:
    """Keeps which addresses gave mail back."""

    def __init__(self, witness: Witness) -> None:
        self._witness = witness
        self._back: dict[str, date] = {}  # since when, by address
        self._tried: set[str] = set()  # addresses; of some of those SES's event was lost
        self._brought: set[tuple[str, str]] = set()  # those, and who brought somebody there, then or later
        self._told: Counter[str] = Counter()  # how often each bringer was told

    def wrong(
        self, new: Iterable[Sent], unheard: set[str], is_crowded: Callable[[str], bool]
    ) -> Iterator[str]:
        """Yield mail to an address that gave an earlier day's back, and who brought them and did not hear."""
        for mail in new:
            day = mail.at.astimezone(ZONE).date()
            for id_ in ids(mail):
                reference, kind = reference_of(id_), kind_of(mail, id_)
                self._told[reference] += kind == "unreachable"
                if not mail.to[0].startswith(DEAD) or kind in TO_OTHERS or not self._is_known(reference):
                    continue
                since = self._back.get(mail.to[0], day)
                if since < day and not self._was_resent(reference, since):
                    yield f"{id_} went to {mail.to[0]}, which gave mail back on {since}"
                self._tried.add(mail.to[0])
                if bringer := self._witness.rows[reference].bringer:
                    self._brought.add((mail.to[0], bringer.reference))
                if mail.tags["mail"] not in unheard:
                    self._back.setdefault(mail.to[0], day)
        yield from self._untold(is_crowded)

    def _is_known(self, reference: str) -> bool:
        return reference in self._witness.rows

    def _was_resent(self, reference: str, since: date) -> bool:
        at = self._witness.rows[reference].resent_at
        return at is not None and at.astimezone(ZONE).date() >= since

    def _untold(self, is_crowded: Callable[[str], bool]) -> Iterator[str]:
        """Yield who was told of fewer addresses, or of more, than those of theirs that gave mail back."""
        self._brought |= {
            (row.person.email, row.bringer.reference)
            for row in self._witness.rows.values()
            if row.bringer and row.person.email in self._tried
        }
        most = Counter(bringer for _, bringer in self._brought)
        must = {
            (row.person.email, row.bringer.reference)
            for row in self._witness.rows.values()
            if row.bringer and row.person.email in self._back and self._must_hear(row)
        }
        least = Counter(bringer for _, bringer in must)
        for reference in self._told.keys() | least.keys():
            row = self._witness.rows.get(reference)
            if not row:
                continue
            told, crowded = self._told[reference], is_crowded(row.person.email)
            if told > most[reference] or (told < least[reference] and not crowded):
                yield f"{reference} {row.person.name} heard of {told} dead addresses, of {least[reference]}"

    def _must_hear(self, row: Row) -> bool:
        bringer = row.bringer
        if bringer is None or bringer.erased or bringer.person.is_dead or bringer.state not in _ON_THE_LIST:
            return False
        return row.state in _ON_THE_LIST and not row.erased and bringer in self._witness.part(row)
