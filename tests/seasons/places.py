"""Who waits for a place where there are too few, and what people read of that."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from local.mailbox import Sent
from tests.seasons.cast import DEAD
from tests.seasons.letters import ids, kind_of, reference_of
from tests.seasons.rows import COUNTED, Row
from tests.seasons.rules import Rules
from tests.seasons.standing import Part

_TELLS = {"confirmation", "invited", "reminder", "complete", "changed", "waiting", "place", "deadline"}


def waiting(
    rules: Rules, stood: Iterable[tuple[Part, str]], is_open: bool, keys: Mapping[str, str]
) -> list[Row]:
    """Return who waits: places go to whole schools, in the order of their first people, after who has one.

    `keys` is the order of people who came in one post.
    """
    schools = [
        (
            sorted((r for r in part if r.state in COUNTED), key=lambda r: (r.received, keys[r.reference])),
            stand,
        )
        for part, stand in stood
    ]
    room = rules.places - sum(row.state == "admitted" for people, _ in schools for row in people)
    waits: list[Row] = []
    for people, stand in sorted((s for s in schools if s[0]), key=lambda each: _turn(each[0])):
        given = sum(row.state == "admitted" for row in people)
        others = [row for row in people if row.state != "admitted"]
        fit = max(0, rules.each - given) if rules.each else len(others)
        waits += others[fit:]
        seats = len(others[:fit])
        if stand == "repair" or (stand == "short" and is_open):
            seats = max(seats, rules.minimum - given)
        elif stand == "short":
            seats = 0
        if rules.places and seats > max(room, 0):
            waits += others[:fit]
        else:
            room -= seats
    return waits


def _turn(people: list[Row]) -> tuple[bool, float]:
    return (all(row.state != "admitted" for row in people), people[0].received.timestamp())


class Places:
    """Reads in every mail whether its reader waits for a place."""

    def __init__(self) -> None:
        self._read: dict[str, bool] = {}

    def wrong(
        self, new: Iterable[Sent], ahead: Iterable[Row], waits: list[Row], is_crowded: Callable[[str], bool]
    ) -> Iterator[str]:
        """Yield who is still to be decided about, and last read otherwise of a place."""
        for mail in new:
            says = mail.tags["kind"] != "place" and "wachtlijst" in " ".join(mail.body("Text").split())
            for id_ in ids(mail) if not mail.to[0].startswith(DEAD) else ():
                if len(ids(mail)) > 1:
                    self._read.pop(reference_of(id_), None)  # of whom in it this is so, it says by name
                elif kind_of(mail, id_) in _TELLS:
                    self._read[reference_of(id_)] = says
        for row in ahead:
            read, is_so = self._read.get(row.reference), row in waits
            if read is not None and read != is_so and not is_crowded(row.person.email):
                yield f"{row.reference} {row.person.name} last read waits={read}, and it is {is_so}"
