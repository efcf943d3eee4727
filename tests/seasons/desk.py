"""Reads what an organiser is shown of all schools and people: the report, and the overview."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tests.seasons.board import CHECK, TRUE, Board
from tests.seasons.claims import claims
from tests.seasons.listed_schools import TALLY, schools_wrong, tally
from tests.seasons.rules import ZONE
from tests.seasons.truth import facts, untrue

_SENTENCES = "desk_sentences.txt"
_TOGETHER = re.compile(r"\bBeslis over alle (\d+)")
_MORE = re.compile(r"(?:Beslis over meer tegelijk )?En nog (\d+)\.")
_ASKED, _ROWS = "Wat vraagt een besluit? | ", "Scholen | "
_CUT = "Scholen ("  # the first few of many schools
_SCHOOLS = ("Alle scholen (", _CUT)
_COMING = re.compile(
    r": (?:doet|gaat|wordt) (vandaag|morgen) om 7\.00 uur (mee|wachten op besluit|afgewezen)"
    r"(?:, tenzij de school eerder weer compleet is)?$"
)
_BECOMES = {"mee": "admitted", "wachten op besluit": "held", "afgewezen": "declined"}
_REFERENCE = re.compile(r"(?<!in de plaats van )\b[A-Z]+-[0-9A-Z]{8}")  # not whose place somebody took over


def wrong(lines: Iterable[str], known: Board) -> Iterator[tuple[int, str]]:
    """Yield what an organiser reads that is not so or cannot be read, each with how much was read before."""
    lines = list(lines)
    known = known._replace(asked=sum(map(_count_asked, lines)))
    others: list[str] = []
    schools: list[str] = []
    for line in lines:
        if line.startswith(_ASKED) and not line.endswith("op een plek."):
            yield from _asked(line.removeprefix(_ASKED), known)
        elif line.startswith(_ROWS):
            yield from _row(line.removeprefix(_ROWS), known)
        elif line.startswith(_SCHOOLS) and (TALLY.match(_item(line)) or _item(line).startswith(">>")):
            schools.append(_item(line))
        else:
            others.append(line.strip())
    read, unread = claims(others, _SENTENCES)
    yield len(read), ""
    for each in read:
        true = set(map(str, TRUE[each.what](known)))
        if str(each.value) not in true:
            yield 0, f"“{each.words}”: {each.what} is {' or '.join(sorted(true)) or 'nothing'}"
    yield from ((0, f"cannot be read: {each!r}") for each in unread)
    if schools:
        yield from schools_wrong(schools, known, is_cut=any(line.startswith(_CUT) for line in lines))
    yield from _coming([match for line in lines if (match := _COMING.search(line))], known)


def _count_asked(line: str) -> int:
    """Count the decisions that a line asks for."""
    if not line.startswith(_ASKED) or line.startswith(f"{_ASKED}>>"):
        return 0
    if many := _TOGETHER.search(line) or _MORE.match(_item(line)):
        return int(many[1])
    return bool(_REFERENCE.search(line) or "?" in _item(line))


def _item(line: str) -> str:
    return line.partition(" | ")[2]


def _coming(said: Sequence[re.Match[str]], known: Board) -> Iterator[tuple[int, str]]:
    """Yield a step that the next check is said to take and does not, or the other way round."""
    local, witness = known.at.astimezone(ZONE), known.witness
    decides = not (witness.is_open(known.at) or witness.closing_held)
    anew = {(school, fate) for school, row, fate in known.coming() if row.state != "registered"}
    must = Counter(fate for _, fate in anew if decides)
    says = Counter(_BECOMES[match[2]] for match in said)
    yield len(said), ""
    if says != must or any((match[1] == "vandaag") is not (local.hour < CHECK.hour) for match in said):
        yield 0, f"the next check is said to make {dict(says)}, and makes {dict(must)}"


def _row(line: str, known: Board) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with a school in the overview's table."""
    reference, said = _REFERENCE.match(line), TALLY.search(line)
    if reference and said:
        part = next((part for part in known.parts if any(r.reference == reference[0] for r in part)), [])
        must = tally(part, known.witness.rules.minimum)
        yield 1, "" if said[0] == must else f"{line!r}: it is {must}"


def _asked(line: str, known: Board) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with a decision that is asked for."""
    reference = _REFERENCE.search(line)
    if not reference or "Is dit één school?" in line:
        return  # nobody but the organiser knows
    row = known.witness.rows.get(reference[0])
    if not row:
        yield 1, f"nobody has the reference of {line!r}"
        return
    name = row.person.name.rpartition(" ")[2]
    read, unread = claims([line[line.find(name) if name in line else 0 :]])
    yield len(read), ""
    # A decision about a school names several of its people.
    read = [each._replace(what="reference_of") if each.what == "reference" else each for each in read]
    yield from ((0, each) for each in untrue(read, facts(known.witness, row, known.at, known.deadlines)))
    yield from ((0, f"cannot be read: {each!r}") for each in unread)
