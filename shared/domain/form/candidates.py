"""What each answer of a form may be: the network's own map decides, then the meaning of its name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from shared.domain.form.answers import Answer, Path
from shared.domain.form.builder import is_marked, is_metadata, is_within, of_visitors
from shared.domain.form.name_words import SHORT, words_in, words_of
from shared.domain.form.names import Meaning, compared, is_confirming, is_consent, last_number, meaning
from shared.domain.network.fields import FIELDS

COLLEAGUE = "colleague_"
OWN_PREFIX = "tweetal_"  # of a field of our own form, where the network means something else by its name
_STRENGTHS = {"exact": 0, "strong": 1, "fair": 2, "weak": 3}
_OF_POSTS = frozenset({"school", "place", "role", "phone", "remarks"})
_TRUTHS = frozenset({"true", "false"})  # JSON's; nobody is called so
_OWN_FORM = frozenset({"forward", "shown", "altcha"})  # what our own form carries besides


class FormMap(NamedTuple):
    """What a network says of its form: our field or its question by a name as `compared` leaves it."""

    fields: Mapping[str, str] = {}
    questions: Mapping[str, str] = {}
    honeypot: str = "website"


class Use(StrEnum):
    """What an answer was taken for."""

    FIELD = "field"  # one of our fields, of the registrant or of the whole post
    PERSON = "person"  # a field of one more person
    QUESTION = "question"  # one that the network declared
    CONSENT = "consent"
    IGNORED = "ignored"  # the network says so
    METADATA = "metadata"  # of the form's builder
    REPEATED = "repeated"  # typed twice, to be sure
    UNKNOWN = "unknown"
    TIE = "tie"  # fits a field no better than another answer does


class AnswerReading(NamedTuple):
    """What became of one answer, and which field it fills; for whoever wants to see how a post is read."""

    answer: Answer
    use: Use
    field: str = ""
    by_map: bool = False


class FieldCandidate(NamedTuple):
    """An answer that may fill one of our fields; without a field it is a cell of a row that has no names."""

    position: int  # of the answer in its post
    answer: Answer
    meaning: Meaning
    row: Path | None  # the container of its row and the row's number; None outside of rows
    scope: Path  # what the answer stands in
    by_map: bool = False


class NameReading(NamedTuple):
    """What an answer's paths say, whatever its text: a site sends the same ones with each of its posts."""

    ends: tuple[str, ...]  # of the paths, as they compare: a network may declare any
    use: Use  # where no network declares it
    field: str
    meaning: Meaning | None
    row: Path | None
    scope: Path


def candidates_of(
    answers: Sequence[Answer], form: FormMap, uses: dict[int, AnswerReading]
) -> Iterator[FieldCandidate]:
    """Yield what may fill our fields; `uses` gets what every other answer is."""
    marked, visitors, honeypot = is_marked(answers), of_visitors(answers), compared(form.honeypot)
    has_address, unread = False, []
    for position, answer in enumerate(answers):
        # Only short names are remembered: long ones are a stranger's, and would fill the memory.
        is_short = sum(len(part) for path in answer.paths for part in path) <= SHORT
        name = (_read_short_name if is_short else _read_name)(answer.paths, honeypot, marked)
        use = _declared(answer, name, form) or AnswerReading(answer, name.use, name.field)
        candidate = None
        if use.use is Use.FIELD:
            candidate = _of_map(position, answer, use, form)
        elif use.use is Use.UNKNOWN and answer.text not in _TRUTHS:
            if name.meaning and not is_within(answer.paths[0], visitors):
                candidate = FieldCandidate(position, answer, name.meaning, name.row, name.scope)
            else:
                unread.append(position)
        else:
            uses[position] = use
        if candidate:
            has_address |= candidate.meaning.field == "email"
            yield candidate
    if not has_address:
        yield from _without_address(answers, uses, unread)


def _declared(answer: Answer, name: NameReading, form: FormMap) -> AnswerReading | None:
    """Return what the network says of an answer, by a whole path or its end; our own names first."""
    own = answer.paths[0][0].removeprefix(OWN_PREFIX)
    if own != answer.paths[0][0] and own in FIELDS:
        return AnswerReading(answer, Use.FIELD, own, by_map=True)
    for end in name.ends:
        if field := form.fields.get(end):
            return AnswerReading(answer, Use.IGNORED if field == "ignore" else Use.FIELD, field, by_map=True)
    question = next((form.questions[end] for end in name.ends if end in form.questions), None)
    return AnswerReading(answer, Use.QUESTION, question) if question else None


def _read_name(paths: tuple[Path, ...], honeypot: str, marked: bool) -> NameReading:
    ends = tuple(end for path in paths for end in _ends(path))
    meanings = [(means, path) for path in paths if (means := meaning(path))]
    means, path = min(meanings, key=lambda each: _STRENGTHS[each[0].strength], default=(None, paths[0]))
    row = next((row for path in paths if (row := row_of(path))), None)
    scope = path[:-1]
    if not means and row and paths[0][-1].isdigit():
        means, scope = Meaning("", "weak"), row  # a cell of a row that has no names
    use, field = _use_of(paths, ends[0], honeypot, marked, is_field=bool(meanings))
    return NameReading(ends, use, field, means, row, scope)


def _ends(path: Path) -> list[str]:
    """Return a whole path and its ends, as `compared` leaves them."""
    parts = [compared(part) for part in path]
    return [".".join(parts[first:]) for first in range(len(parts))]


_read_short_name = lru_cache(maxsize=4096)(_read_name)


def _use_of(
    paths: tuple[Path, ...], name: str, honeypot: str, marked: bool, is_field: bool
) -> tuple[Use, str]:
    if name == honeypot:
        return Use.FIELD, "website"
    if name in _OWN_FORM:
        return Use.FIELD, name
    if is_metadata(paths[0], marked):
        return Use.METADATA, ""
    if any(map(is_confirming, paths)):
        return Use.REPEATED, "email"
    return Use.CONSENT if not is_field and any(map(is_consent, paths)) else Use.UNKNOWN, ""


def _without_address(
    answers: Sequence[Answer], uses: dict[int, AnswerReading], unread: Sequence[int]
) -> Iterator[FieldCandidate]:
    """Yield what else may be the fields of a post of which no name says that it is an address.

    A beginning that three names share is their maker's: "mf-email", "mf-school"; and what asks for an address
    "for confirmation" is the address itself.
    """
    for position in [at for at, use in uses.items() if use.use is Use.REPEATED]:
        path = uses.pop(position).answer.paths[0]
        yield FieldCandidate(position, answers[position], Meaning("email", "weak"), row_of(path), path[:-1])
    names = {position: words_of(answers[position].paths[0][-1]) for position in unread}
    for least in (3, 2):
        shared = Counter(words[0] for words in names.values() if len(words) > 1)
        first = {word for word, times in shared.items() if times >= least} - words_in("ELSEWHERE")
        names = {position: words[1:] for position, words in names.items() if words[0] in first and words[1:]}
        for position, words in names.items():
            answer, means = answers[position], meaning((" ".join(words),))
            if means:
                means = means._replace(strength="weak")
                yield FieldCandidate(position, answer, means, None, answer.paths[0][:-1])


def _of_map(position: int, answer: Answer, use: AnswerReading, form: FormMap) -> FieldCandidate:
    path, of_colleague = answer.paths[0], use.field.startswith(COLLEAGUE)
    number = last_number(path) if of_colleague else 0  # "naam_collega_2"
    means = Meaning(use.field.removeprefix(COLLEAGUE), "exact", of_colleague, number)
    # A whole path that the map names is one field, not a row of many.
    row = None if compared(path) in form.fields and not of_colleague else row_of(path)
    return FieldCandidate(position, answer, means, row, path[:-1], use.by_map)


def rank(candidate: FieldCandidate, beside: Path | None, company: int = 0) -> tuple[int, ...]:
    """Order candidates for one field, the best first: mapped, beside the address, by a surer name.

    An "organisation" beside the address is no school where a school is asked further on.
    """
    elsewhere = beside is not None and candidate.scope != beside
    further = 0 if beside else len(candidate.scope)
    strength = _STRENGTHS[candidate.meaning.strength]
    is_weak = candidate.meaning.field in _OF_POSTS and strength == _STRENGTHS["weak"]
    return (not candidate.by_map, is_weak, elsewhere, -company, strength, further)


def row_of(path: Path) -> Path | None:
    """Return the container and the number of the row that a path is in: ("deelnemers", "0").

    A path of numbers alone ("1.3") is a builder's number of a field.
    """
    if all(part.isdigit() for part in path):
        return None
    numbers = [at for at, part in enumerate(path[:-1]) if part.isdigit()]
    # What stands under a word for people is a row of each: {"personen": {"persoon1": {"naam": …}}}.
    groups = [at + 1 for at, part in enumerate(path[:-2]) if part.casefold() in words_in("PEOPLE")]
    ends = numbers or groups
    return path[: ends[0] + 1] if ends else None
