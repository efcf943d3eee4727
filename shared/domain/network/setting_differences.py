"""How two files of a network differ in what organisers may change."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, NamedTuple

from shared.domain.network.settings import (
    GROUPS,
    QUESTIONS,
    ROW_KEYS,
    SESSIONS,
    File,
    Setting,
    row_order,
    rows_of,
    text_of,
    typed_text,
)


class SettingChange(NamedTuple):
    """A setting that differs, as it was and as it is typed now; `row` is empty for one without rows.

    Its key is "row" for a whole row that is dropped.
    """

    table: str
    row: int | None
    key: str
    before: str
    after: str


class FileVersion(NamedTuple):
    """A version of a network's file: since when, who made it, and its settings."""

    at: datetime
    author: str
    file: File
    is_by_organiser: bool


def differences(before: File, after: File) -> Iterator[SettingChange]:
    """Yield every setting of organisers that differs between two files."""
    for group in GROUPS.values():
        for table, key in group.single:
            setting = Setting(table, None, key)
            yield from _change(setting, text_of(setting, before), text_of(setting, after))
    for table in (SESSIONS, QUESTIONS):
        yield from _row_changes(table, before, after)


def _change(setting: Setting, before: str, after: str) -> Iterator[SettingChange]:
    if before != after:
        yield SettingChange(setting.table, setting.row, setting.key, before, after)


def _row_changes(table: str, before: File, after: File) -> Iterator[SettingChange]:
    one, other = rows_of(before, table), rows_of(after, table)
    for was, now in _row_pairs(one, other):
        number = _number(table, was or now or {}, one if was else other)
        if now is None:
            main = ROW_KEYS[table][0]
            yield SettingChange(table, number, "row", typed_text(main, was or {}, before), "")
            continue
        for key in ROW_KEYS[table]:
            text = typed_text(key, was, before) if was is not None else ""
            yield from _change(Setting(table, number, key), text, typed_text(key, now, after))


def _number(table: str, row: File, rows: Sequence[File]) -> int:
    """Return the number of a row, from 0, as people number them."""
    return [rows[index] for index in row_order(table, rows)].index(row)


def _row_pairs(one: Sequence[File], other: Sequence[File]) -> Iterator[tuple[File | None, File | None]]:
    """Yield the rows that differ; a row that is only in one of both has no partner."""
    a, b = ([repr(sorted(row.items())) for row in rows] for rows in (one, other))
    for tag, i, i_end, j, j_end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from zip_longest(one[i:i_end], other[j:j_end])


def has_other_changes(before: File, after: File) -> bool:
    """Say whether two files differ in more than organisers may change."""
    return _others(before) != _others(after)


def _others(file: File) -> Mapping[str, Any]:
    left = deepcopy(dict(file))
    for table, key in (single for group in GROUPS.values() for single in group.single):
        (left.get(table, {}) if table else left).pop(key, None)
    left.pop(SESSIONS, None)
    left.get("form", {}).pop("questions", None)
    return {key: value for key, value in left.items() if value}
