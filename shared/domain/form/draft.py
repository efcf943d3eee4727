"""A draft: what was typed, cleaned and under our own names, but not yet checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shared.domain.form.answers import Answer
from shared.domain.form.candidates import FormMap
from shared.domain.form.colleagues import ColleagueRow
from shared.domain.form.pairs import read_pairs
from shared.domain.form.reading import FormReading, read_form
from shared.domain.text import clean, clean_lines

# How much we keep of fields that nobody knows. A registration stays far below DynamoDB's 400 KB, and all of a
# network in the memory of a check.
_MAX_FIELDS, _MAX_KEY, MAX_BESIDES = 20, 64, 10_000


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed; a page can show it again. What has no name of ours stays apart, in `extra`."""

    values: Mapping[str, str] = field(default_factory=dict)
    colleagues: tuple[ColleagueRow, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    unknown: int = 0  # how many fields nobody knows, kept or not
    questions: Mapping[str, str] = field(default_factory=dict)  # answers to the network's own, by their id
    consents: Mapping[str, str] = field(default_factory=dict)


def draft(pairs: Iterable[tuple[str, str]], form: FormMap | None = None) -> Draft:
    """Return the draft of pairs of a name and a text, as a form of ours or somebody else's sends them."""
    return draft_of(read_form(read_pairs(pairs), form or FormMap()))


def draft_of(reading: FormReading) -> Draft:
    """Return the draft of a post: only known names are assigned, so that a post sets nothing else."""
    rows = (ColleagueRow(row.where, _cleaned(row.values)) for row in reading.people)
    return Draft(
        values={"name": "", **_cleaned(reading.values)},
        colleagues=tuple(row for row in rows if any(row.values.values())),
        extra=_bounded(reading.unknown),
        unknown=len({answer.name for answer in reading.unknown}),
        questions={id_: clean(text) for id_, text in reading.questions.items()},
        consents=_bounded_texts(reading.consents.items()),
    )


def _cleaned(values: Mapping[str, str]) -> dict[str, str]:
    return {name: (clean_lines if name == "remarks" else clean)(text) for name, text in values.items()}


def _bounded(answers: Iterable[Answer]) -> dict[str, str]:
    return _bounded_texts((answer.name, answer.text) for answer in answers)


def _bounded_texts(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keep texts by their names, within bounds; a name that comes again holds all its texts, with commas."""
    kept: dict[str, str] = {}
    room = MAX_BESIDES
    for name, value in texts:
        key = clean(name)[:_MAX_KEY].strip() or "?"
        if key not in kept:
            if len(kept) == _MAX_FIELDS or len(key) >= room:
                continue
            kept[key], room = "", room - len(key)
        before = kept[key]
        kept[key] = ", ".join(filter(None, (before, clean(value))))[: len(before) + room].strip()
        room -= len(kept[key]) - len(before)
    return kept
