"""A draft: the typed values, cleaned and under our own names, but not yet checked."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from shared.domain.network.fields import HIDDEN_FIELDS, NAME_PARTS, PERSON_FIELDS, canonical, squash
from shared.domain.text import clean, clean_lines

# How much we keep of unknown fields; a registration stays far below DynamoDB's 400 KB.
_MAX_FIELDS, _MAX_KEY, _MAX_VALUE, _MAX_TOTAL = 20, 64, 500, 4000

_PERSON = frozenset({*PERSON_FIELDS, *NAME_PARTS})
_COLLEAGUE = "colleague_"
_PARTICIPANTS = "participants"


class ColleagueRow(NamedTuple):
    """A colleague as typed; `path` is the format of an error's field: "participants.0.{}"."""

    path: str
    values: object

    def field(self, name: str) -> str:
        """Return the path of one of this colleague's fields, or without a name that of the whole row."""
        return self.path.format(name).removesuffix(".")


@dataclass(frozen=True, slots=True)
class Draft:
    """The typed values, which a page can show again; unknown fields stay apart in `extra`."""

    values: Mapping[str, object] = field(default_factory=dict)
    colleagues: tuple[ColleagueRow, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    unknown: int = 0  # the number of unknown fields, kept or not


class _Typed(NamedTuple):
    field: str | None
    name: str
    value: object


def draft(pairs: Iterable[tuple[str, object]], field_map: dict[str, str]) -> Draft:
    """Sort the fields that a form sent; only known names are assigned, so a post can set nothing else."""
    typed = _typed(pairs, field_map)
    values, unknown = _named([t for t in typed if not _is_about_others(t)])
    rows = _zipped(t for t in typed if t.field != _PARTICIPANTS and _is_about_others(t))
    for t in typed:
        if t.field == _PARTICIPANTS:
            more, left = _participants(t.value, field_map)
            rows, unknown = [*rows, *more], [*unknown, *left]
    people = tuple(row for row in rows if not _is_empty(row.values))
    return Draft(values, people, _bounded(unknown), len({name for name, _ in unknown}))


def _typed(pairs: Iterable[tuple[str, object]], field_map: dict[str, str]) -> list[_Typed]:
    return [_one(name, value, field_map) for name, value in pairs if value is not None]


def _one(name: str, value: object, field_map: dict[str, str]) -> _Typed:
    field = canonical(name, field_map) or (_PARTICIPANTS if squash(name) == _PARTICIPANTS else None)
    if field in HIDDEN_FIELDS:  # never an error, because a visitor does not see them
        return _Typed(field, name, _as_text(value))
    tidy = clean_lines if field == "remarks" else clean
    return _Typed(field, name, tidy(value) if isinstance(value, str) else value)


def _is_about_others(typed: _Typed) -> bool:
    return typed.field == _PARTICIPANTS or (typed.field or "").startswith(_COLLEAGUE)


def _named(typed: Sequence[_Typed]) -> tuple[dict[str, object], list[tuple[str, object]]]:
    """Return the first value that is not empty for each of our fields, and the fields that remain."""
    values: dict[str, object] = {}
    for t in reversed(typed):
        if t.field and (t.value != "" or t.field not in values):
            values[t.field] = t.value
    if values.get("name"):  # then its parts add nothing
        values = {key: value for key, value in values.items() if key not in NAME_PARTS}
    else:
        values["name"] = " ".join(_parts(values))
    left = [(t.name, t.value) for t in typed if t.value != "" and t.value != values.get(t.field or "")]
    return values, left


def _parts(values: Mapping[str, object]) -> Iterator[str]:
    for part in NAME_PARTS:
        value = values.get(part)
        if value and isinstance(value, str):
            yield value


def _participants(
    value: object, field_map: dict[str, str]
) -> tuple[list[ColleagueRow], list[tuple[str, object]]]:
    """Read `participants` of a JSON post; the check refuses any value that is not a list."""
    if not isinstance(value, list):
        return [ColleagueRow(f"{_PARTICIPANTS}.{{}}", [value] if value else "")], []
    rows: list[ColleagueRow] = []
    unknown: list[tuple[str, object]] = []
    for number, entry in enumerate(value):
        path = f"{_PARTICIPANTS}.{number}"
        if isinstance(entry, dict):
            values, left = _named([_of_a_person(t) for t in _typed(entry.items(), field_map)])
            unknown += [(f"{path}.{name}", value) for name, value in left]
            entry = values
        rows.append(ColleagueRow(f"{path}.{{}}", entry))
    return rows, unknown


def _of_a_person(typed: _Typed) -> _Typed:
    return typed if typed.field in _PERSON else typed._replace(field=None)


def _zipped(typed: Iterable[_Typed]) -> list[ColleagueRow]:
    """Make rows of a form's repeated fields: the first name goes with the first address, and so on."""
    columns: dict[str, list[object]] = {}
    for t in typed:
        columns.setdefault(str(t.field).removeprefix(_COLLEAGUE), []).append(t.value)
    lines = zip_longest(*columns.values(), fillvalue="")
    return [
        ColleagueRow(
            f"{_COLLEAGUE}{{}}" + (f".{number}" if number else ""), dict(zip(columns, line, strict=True))
        )
        for number, line in enumerate(lines)
    ]


def _is_empty(values: object) -> bool:
    return values == "" or (isinstance(values, dict) and all(value == "" for value in values.values()))


def _bounded(unknown: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Keep unknown fields as text and within bounds; a repeated field is one, joined by commas."""
    kept: dict[str, str] = {}
    room = _MAX_TOTAL
    for name, value in unknown:
        key = clean(name)[:_MAX_KEY].strip() or "?"
        text = ", ".join(filter(None, (kept.get(key), _as_text(value))))[:_MAX_VALUE].strip()
        grown = len(text) - len(kept[key]) if key in kept else len(key) + len(text)
        if grown <= room and (key in kept or len(kept) < _MAX_FIELDS):
            kept[key], room = text, room - grown
    return kept


def _as_text(value: object) -> str:
    return clean(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
