"""The inputs of a form of settings, and what was typed in them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from shared.domain.network.setting_changes import drop_id
from shared.domain.network.setting_mistakes import SettingMistake
from shared.domain.network.settings import (
    GROUPS,
    KINDS,
    SESSIONS,
    File,
    Setting,
    Texts,
    row_order,
    rows_of,
    settings_of,
)
from shared.pages.organiser.setting_texts import HINTS, LABELS, OPTIONS, mistake_sentence, row_name

_TYPES = {"moment": "date", "date": "date", "time": "time", "url": "url", "number": "text"}


class SettingInput(NamedTuple):
    """One input of a form: how it is shown, its label, and what it offers."""

    id: str
    shape: str
    type: str
    label: str
    hint: str
    options: tuple[tuple[str, str], ...] = ()


class SettingRow(NamedTuple):
    """The inputs of one fieldset; `drop` is the id of the tick that drops it."""

    legend: str
    inputs: tuple[SettingInput, ...]
    drop: str = ""
    is_new: bool = False


class SettingsForm:
    """A form of settings, as the macros of its template read it."""

    def __init__(self, rows: Sequence[SettingRow], typed: Texts, mistakes: Sequence[SettingMistake]) -> None:
        self.rows, self._typed = rows, typed
        self.labels = {each.id: each.label for row in rows for each in row.inputs}
        self.names = {id_: id_ for id_ in self.labels}
        self._legends = {each.id: row.legend for row in rows for each in row.inputs}
        errors = {mistake.id: mistake_sentence(mistake) for mistake in mistakes}
        self.errors = {id_: errors[id_] for id_ in (*self.labels, *errors) if id_ in errors}  # as on the page

    def value(self, id_: str) -> str:
        """Return what an input holds."""
        return self._typed.get(id_, "")

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every mistake with the id of its input."""
        return [(id_, self._sentence(id_, text)) for id_, text in self.errors.items()]

    def _sentence(self, id_: str, text: str) -> str:
        places = filter(None, (self._legends.get(id_, ""), self.labels.get(id_, "")))
        return f"{', '.join(places)}: {text}"


def inputs_of(texts: Texts) -> dict[str, str]:
    """Return what each input holds: a moment has one for its day and one for its hour."""
    moments = {id_: text.partition(" ") for id_, text in texts.items() if id_.endswith("-deadline")}
    days = {id_: day for id_, (day, _, _) in moments.items()}
    return {**texts, **days, **{f"{id_}-hour": hour for id_, (_, _, hour) in moments.items()}}


def typed_of(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed for each setting, from the inputs."""
    moments = {
        id_.removesuffix("-hour"): f"{fields.get(id_.removesuffix('-hour'), '')} {hour.strip()}".strip()
        for id_, hour in fields.items()
        if id_.endswith("-hour")
    }
    return {**{id_: text for id_, text in fields.items() if not id_.endswith("-hour")}, **moments}


def setting_rows(group: str, file: File) -> Iterator[SettingRow]:
    """Yield the fieldsets of a group's form, that of a row to add last."""
    settings = settings_of(group, file)
    single = tuple(each for s in settings if s.row is None for each in _inputs(s))
    if single:
        yield SettingRow("", single)
    table, new_keys = GROUPS[group].rows, GROUPS[group].new_row_keys
    rows = rows_of(file, table) if table else ()
    for number, row in enumerate((*row_order(table, rows), len(rows))):
        own = [s for s in settings if s.row == row]
        is_new = row == len(rows)
        noun = "Nog een bijeenkomst" if table == SESSIONS else "Nog een vraag"
        legend = noun if is_new else row_name(table, number)
        drop = drop_id(table, row) if new_keys and not is_new else ""
        if own:
            yield SettingRow(legend, tuple(each for s in own for each in _inputs(s)), drop, is_new)


def _inputs(setting: Setting) -> Iterator[SettingInput]:
    kind, key = KINDS[setting.key], setting.key
    shape = {"paragraph": "area", "lines": "area", "tick": "tick", "choice": "list"}.get(kind, "line")
    options = tuple(OPTIONS[key].items()) if key in OPTIONS else ()
    yield SettingInput(setting.id, shape, _TYPES.get(kind, "text"), LABELS[key], HINTS.get(key, ""), options)
    if kind == "moment":
        hour = f"{key}-hour"
        yield SettingInput(f"{setting.id}-hour", "line", "time", LABELS[hour], HINTS.get(hour, ""))
