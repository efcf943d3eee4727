"""DUO's list of schools: every vestiging of the Dutch secondary schools."""

import csv
from collections.abc import Iterable, Iterator
from functools import cached_property
from io import StringIO

from shared.domain.schools.matching.index import RegisterIndex
from shared.domain.schools.matching.suggest import Suggestions
from shared.domain.schools.matching.vestiging import Vestiging


class Register:
    """The vestigingen; an index of them is built when it is first used. `imported` names the import."""

    def __init__(self, rows: Iterable[Vestiging], imported: str = "") -> None:
        self.rows, self.imported = tuple(rows), imported

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def by_code(self) -> dict[str, Vestiging]:
        """The vestigingen by their full number."""
        return {row.code: row for row in self.rows}

    @cached_property
    def index(self) -> RegisterIndex:
        """The rows arranged for matching."""
        return RegisterIndex(self.rows)

    @cached_property
    def suggestions(self) -> Suggestions:
        """The index that suggests schools while someone types."""
        return Suggestions(self.rows)


class RegisterError(ValueError):
    """The file is not DUO's list; the message tells an operator what is wrong with it."""


# Each column by the headers that DUO uses (duo.nl, "Adressen van alle vestigingen vo") and that copies use.
_COLUMNS = {
    "code": ("VESTIGINGSCODE", "VESTIGINGSNUMMER"),
    "name": ("VESTIGINGSNAAM", "NAAM VESTIGING", "NAAM_DUO", "NAAM"),
    "place": ("PLAATSNAAM", "PLAATS"),
    "domain": ("INTERNETADRES", "DOMEIN", "WEBSITE"),
    "municipality": ("GEMEENTENAAM", "GEMEENTE"),
    "brin": ("BRIN NUMMER", "BRIN-NUMMER", "BRINNUMMER", "BRIN", "INSTELLINGSCODE"),
    "vestiging": ("VESTIGING", "VESTIGINGSVOLGNUMMER"),
}
_EXTRA_NAME_COLUMNS = ("NAAM_KORT", "NAAM_DUO_2022", "INSTELLINGSNAAM", "NAAM INSTELLING")
_REQUIRED_COLUMNS = ("code", "name", "place", "domain")


def read_register(raw: bytes) -> Register:
    """Read DUO's CSV, or raise `RegisterError`.

    The encoding and the separator are detected; a cell with only spaces is empty.
    """
    text = _decode(raw)
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") >= first.count(",") else ","
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=separator)
    headers = {h.strip().upper(): h for h in reader.fieldnames or () if h}
    columns = {key: _find_header(key, headers) for key in _COLUMNS}
    name_headers = tuple(headers[h] for h in _EXTRA_NAME_COLUMNS if h in headers)
    try:
        rows = tuple(_read_rows(reader, columns, name_headers))
    except csv.Error as error:
        raise RegisterError(f"line {reader.line_num} is not CSV: {error}") from error
    if not rows:
        raise RegisterError("the file has no vestiging at all")
    return Register(rows)


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("windows-1252", errors="replace")


def _find_header(key: str, headers: dict[str, str]) -> str:
    header = next((headers[h] for h in _COLUMNS[key] if h in headers), "")
    if not header and key in _REQUIRED_COLUMNS:
        columns = ", ".join(headers) or "no columns"
        raise RegisterError(f"the column {' or '.join(_COLUMNS[key])} is missing; the file has {columns}")
    return header


def _read_rows(
    reader: Iterable[dict[str, str | None]], columns: dict[str, str], name_headers: tuple[str, ...]
) -> Iterator[Vestiging]:
    for line in reader:
        cells = {key: (line.get(header) or "").strip() for key, header in columns.items()}
        code = (cells["code"] or cells["brin"] + cells["vestiging"]).upper()
        if code and cells["name"]:
            others = dict.fromkeys((line.get(header) or "").strip() for header in name_headers)
            names = tuple(name for name in others if name and name != cells["name"])
            host = cells["domain"].lower().removeprefix("https://").removeprefix("http://")
            yield Vestiging(
                code[:4], code[4:] or "00", cells["name"], cells["place"],
                host.removeprefix("www.").split("/")[0], names, cells["municipality"],
            )  # fmt: skip
