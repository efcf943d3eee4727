"""The settings of a network file that its organisers may change, each as a text that they type."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from shared.domain.network.paragraphs import PARAGRAPH_KINDS

File = Mapping[str, Any]  # a network file as TOML reads it
Texts = Mapping[str, str]  # what is typed, by the id of its input

PAGE = "settings"  # the page of all of them; each group has one below it
SESSIONS, QUESTIONS, PARAGRAPHS = "sessions", "form.questions", "paragraphs"
KINDS: Mapping[str, str] = {
    "deadline": "moment", "date": "date", "start": "time", "end": "time",
    "place": "text", "address": "text", "route_url": "url", "online_url": "url",
    "summary": "paragraph", "costs": "text", "call_url": "url", "report_to": "lines",
    "min_per_school": "number", "max_per_school": "number", "max_participants": "number",
    "label": "text", "label_en": "text", "kind": "choice", "choices": "lines", "ask": "choice",
    "required": "tick", "sensitive": "tick", **dict.fromkeys(PARAGRAPH_KINDS, "paragraph"),
}  # fmt: skip
_DEFAULTS = {"min_per_school": 2, "kind": "text", "ask": "registering"}
ROW_KEYS = {
    SESSIONS: ("date", "start", "end", "place", "address", "route_url", "online_url"),
    QUESTIONS: ("label", "label_en", "kind", "choices", "ask", "required", "sensitive"),
}


class Group(NamedTuple):
    """The settings of one form: single ones, and those of each row of a table; and of a row to add."""

    single: tuple[tuple[str, str], ...] = ()
    rows: str = ""
    row_keys: tuple[str, ...] = ()
    new_row_keys: tuple[str, ...] = ()


GROUPS: Mapping[str, Group] = {
    "dates": Group(
        (("registration", "deadline"),),
        SESSIONS,
        ("date", "start", "end"),
        ("date", "start", "end", "place"),
    ),
    "places": Group(rows=SESSIONS, row_keys=("place", "address", "route_url", "online_url")),
    "texts": Group((("", "summary"), ("", "costs"), ("", "call_url"))),
    "mails": Group(tuple((PARAGRAPHS, kind) for kind in PARAGRAPH_KINDS)),
    "limits": Group(
        (
            ("rule", "min_per_school"),
            ("rule", "max_per_school"),
            ("registration", "max_participants"),
        )
    ),
    "questions": Group((), QUESTIONS, ("label", "label_en", "choices", "required"), ROW_KEYS[QUESTIONS]),
    "readers": Group((("organiser", "report_to"),)),
}


class Setting(NamedTuple):
    """One setting: the table of the file that has it, which row of that, and its key."""

    table: str
    row: int | None
    key: str
    is_new: bool = False  # of a row that may be added

    @property
    def id(self) -> str:
        """The id of its input."""
        parts = (*self.table.split("."), self.row, self.key)
        return "-".join(str(part) for part in parts if part not in ("", None)).replace("_", "-")

    @property
    def kind(self) -> str:
        """What is typed for it."""
        return KINDS[self.key]

    def of_row(self, key: str) -> "Setting":
        """Return another setting of its row."""
        return self._replace(key=key)


def settings_of(group: str, file: File) -> tuple[Setting, ...]:
    """Return the settings of a group, those of a row that may be added last."""
    single, table, keys, new_keys = GROUPS[group]
    rows = rows_of(file, table) if table else ()
    return (
        *(Setting(table, None, key) for table, key in single),
        *(
            Setting(table, row, key)
            for row in range(len(rows))
            for key in keys
            if _fits(key, rows[row], file)
        ),
        *(Setting(table, len(rows), key, True) for key in new_keys if _fits(key, {}, file)),
    )


def _fits(key: str, row: File, file: File) -> bool:
    """Say whether a row has a use for a key: choices where one chooses, English where it is spoken."""
    if key == "choices":
        return not row or row.get("kind") == "choice"
    if key == "required":
        return row.get("ask") != "admitted" and not row.get("sensitive")
    return key != "label_en" or file.get("language") == "en" or key in row


def rows_of(file: File, table: str) -> Sequence[File]:
    """Return the rows of a table of which there are many."""
    outer, _, name = table.rpartition(".")
    inner: File = file.get(outer, {}) if outer else file
    return tuple(inner.get(name, ()))


def row_order(table: str, rows: Sequence[File]) -> Sequence[int]:
    """Return the rows of a table in the order by which people number them: sessions by date."""
    days = [(row["date"], row["start"]) for row in rows] if table == SESSIONS else range(len(rows))
    return sorted(range(len(rows)), key=days.__getitem__)


def texts_of(group: str, file: File) -> dict[str, str]:
    """Return what the inputs of a group hold: the settings as they are in the file."""
    return {setting.id: text_of(setting, file) for setting in settings_of(group, file)}


def text_of(setting: Setting, file: File) -> str:
    """Return a setting as it is typed; empty for one that the file has not."""
    if setting.row is None:
        return typed_text(setting.key, file.get(setting.table, {}) if setting.table else file, file)
    rows = rows_of(file, setting.table)
    return typed_text(setting.key, rows[setting.row], file) if setting.row < len(rows) else ""


def typed_text(key: str, table: File, file: File) -> str:
    """Return a value of a table as it is typed."""
    match table.get(key, _DEFAULTS.get(key)):
        case None | False:
            return ""
        case True:
            return "yes"
        case datetime() as moment:
            return f"{moment.astimezone(zone_of(file)):%Y-%m-%d %H:%M}"
        case date() as day:
            return day.isoformat()
        case time() as hour:
            return f"{hour:%H:%M}"
        case list() as lines:
            return "\n".join(map(str, lines))
        case value:
            return str(value)


def zone_of(file: File) -> ZoneInfo:
    """Return the time zone of a file."""
    return ZoneInfo(file.get("time_zone", "Europe/Amsterdam"))
