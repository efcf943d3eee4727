"""What an organiser typed for the settings of a network: the file that it makes, and how that differs."""

import re
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any, NamedTuple

from shared.domain.network.network import YEARS
from shared.domain.network.setting_mistakes import SettingMistake, mistakes_in
from shared.domain.network.settings import (
    GROUPS,
    QUESTIONS,
    File,
    Setting,
    Texts,
    rows_of,
    settings_of,
    text_of,
    texts_of,
    zone_of,
)
from shared.domain.text import clean, fold

_MOST_DIGITS = 9
_HAS_DEFAULT = ("kind", "ask")  # a list of options, which is never empty


class ChangedSettings(NamedTuple):
    """A file with what was typed, and every mistake in that."""

    file: dict[str, Any]
    mistakes: tuple[SettingMistake, ...]


def drop_id(table: str, row: int) -> str:
    """Return the id of the tick that drops a row."""
    return Setting(table, row, "drop").id


def merged(group: str, typed: Texts, base: File, now: File) -> dict[str, str]:
    """Return what was typed on top of an earlier file as if it had been typed on top of the file now.

    What the organiser left as it was, is as somebody else made it meanwhile.
    """
    before, after = texts_of(group, base), texts_of(group, now)
    left = {id_: text for id_, text in after.items() if typed.get(id_, "") == before.get(id_, "")}
    return {**typed, **left}


def with_typed(group: str, file: File, typed: Texts) -> ChangedSettings:
    """Return a file with what was typed for a group; a mistake leaves that setting as it was."""
    changed, mistakes = deepcopy(dict(file)), list[SettingMistake]()
    dropped = _dropped(GROUPS[group].rows, file, typed)
    settings = [s for s in settings_of(group, file) if s.row is None or s.row not in dropped]
    new = [s for s in settings if s.is_new]
    is_added = any(typed.get(s.id, "").strip() for s in new if s.key not in _HAS_DEFAULT)
    for setting in settings:
        text = typed.get(setting.id, "").replace("\r", "").strip()
        if (setting.is_new and not is_added) or (not setting.is_new and text == text_of(setting, file)):
            continue
        try:
            _set(changed, setting, _value(setting.kind, text, file))
        except ValueError:
            mistakes.append(SettingMistake(setting.id, f"invalid_{setting.kind}"))
    if is_added and group == "questions":
        _complete_question(changed)
    wrong = {mistake.id for mistake in mistakes}
    mistakes += [mistake for mistake in mistakes_in(changed, settings) if mistake.id not in wrong]
    for row in dropped:  # after judging, so that rows keep their numbers
        del _rows(changed, GROUPS[group].rows)[row]
    return ChangedSettings(changed, tuple(mistakes))


def _dropped(table: str, file: File, typed: Texts) -> tuple[int, ...]:
    """Return the rows that are dropped, the last first."""
    rows = reversed(range(len(rows_of(file, table)) if table else 0))
    return tuple(row for row in rows if typed.get(drop_id(table, row)))


def _value(kind: str, text: str, file: File) -> Any:
    """Return what the file gets for a text; None where it gets nothing. Raises `ValueError`."""
    if not text:
        return None
    match kind:
        case "moment":
            day, _, hour = text.partition(" ")
            moment = datetime.combine(_day(day), _hour(hour or "00:00"), zone_of(file))
            return moment if hour else moment.date()
        case "date":
            return _day(text)
        case "time":
            return _hour(text)
        case "number":
            return int(text if text.isdecimal() and len(text) <= _MOST_DIGITS else "")
        case "lines":
            lines = (line for line in map(clean, text.splitlines()) if line)
            return list({line.casefold(): line for line in lines}.values()) or None
        case "tick":
            return True
        case _:
            return clean(text)


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError("a year that no network has")
    return day


def _hour(text: str) -> time:
    return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)


def _set(file: dict[str, Any], setting: Setting, value: Any) -> None:
    if setting.row is None:
        table = file.setdefault(setting.table, {}) if setting.table else file
    else:
        rows = _rows(file, setting.table)
        rows += [{}] * (len(rows) == setting.row)
        table = rows[setting.row]
    if value is None:
        table.pop(setting.key, None)
    else:
        table[setting.key] = value


def _rows(file: dict[str, Any], table: str) -> list[dict[str, Any]]:
    outer, _, name = table.rpartition(".")
    inner = file.setdefault(outer, {}) if outer else file
    rows: list[dict[str, Any]] = inner.setdefault(name, [])
    return rows


def _complete_question(file: dict[str, Any]) -> None:
    """Give the last question an id of its own."""
    *others, question = _rows(file, QUESTIONS)
    words = re.sub("[^a-z0-9]+", "_", fold(question.get("label", ""))).strip("_")
    name = (words if words[:1].isalpha() else f"vraag_{words}")[:24].strip("_")
    ids = {other["id"] for other in others}
    numbered = (name, *(f"{name}_{number}" for number in range(2, 30)))
    file_id = next(id_ for id_ in numbered if id_ not in ids)
    others_of_question = dict(question)
    question.clear()
    question.update({"id": file_id, **others_of_question})
