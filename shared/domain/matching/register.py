"""DUO's list of schools: every vestiging of the Dutch secondary schools."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import StringIO

from shared.domain.matching.index import Index
from shared.domain.matching.names import read_name


@dataclass(frozen=True, slots=True)
class Vestiging:
    """One location of one school, as DUO registers it."""

    brin: str
    vestiging: str
    name: str
    place: str
    domain: str = ""
    names: tuple[str, ...] = ()
    municipality: str = ""

    @property
    def code(self) -> str:
        """The whole number of the vestiging, as "00KV00"."""
        return self.brin + self.vestiging

    @property
    def called(self) -> str:
        """What to call it in a sentence: its own name without what it teaches, and its place."""
        official = re.split(r" (?:voor|v) ", self.name, flags=re.IGNORECASE)[0].rstrip(" ,.-")
        own = [n for n in self.names[:1] if set(read_name(n).core) - set(read_name(official).core)]
        short = re.sub(r"^(?:locatie|loc)\b[\s.,]*", "", own[0], flags=re.IGNORECASE) if own else official
        return f"{short} in {self.place}"


class Register:
    """The vestigingen, and on first use the index that finds them."""

    def __init__(self, rows: Iterable[Vestiging]) -> None:
        self.rows = tuple(rows)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def by_code(self) -> dict[str, Vestiging]:
        """The vestigingen by their whole number."""
        return {row.code: row for row in self.rows}

    @cached_property
    def index(self) -> Index:
        """What matching looks things up in."""
        return Index(self.rows)


class RegisterError(ValueError):
    """A file that is not DUO's list: the message names the column and what was found."""


# The columns by DUO's own headers (duo.nl, "Adressen van alle vestigingen vo") and by those of known copies.
_COLUMNS = {
    "code": ("VESTIGINGSCODE", "VESTIGINGSNUMMER"),
    "name": ("VESTIGINGSNAAM", "NAAM VESTIGING", "NAAM_DUO", "NAAM"),
    "place": ("PLAATSNAAM", "PLAATS"),
    "domain": ("INTERNETADRES", "DOMEIN", "WEBSITE"),
    "municipality": ("GEMEENTENAAM", "GEMEENTE"),
    "brin": ("BRIN NUMMER", "BRIN-NUMMER", "BRINNUMMER", "BRIN", "INSTELLINGSCODE"),
    "vestiging": ("VESTIGING", "VESTIGINGSVOLGNUMMER"),
}
_OTHER_NAMES = ("NAAM_KORT", "NAAM_DUO_2022", "INSTELLINGSNAAM", "NAAM INSTELLING")
_NEEDED = ("code", "name", "place", "domain")


def read_register(raw: bytes) -> Register:
    """Read DUO's CSV, or raise `RegisterError`; encoding and separator are found out, one space is empty."""
    text = _decoded(raw)
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") >= first.count(",") else ","
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=separator)
    headers = {h.strip().upper(): h for h in reader.fieldnames or () if h}
    columns = {key: _column(key, headers) for key in _COLUMNS}
    others = tuple(headers[h] for h in _OTHER_NAMES if h in headers)
    rows = tuple(_rows(reader, columns, others))
    if not rows:
        raise RegisterError("het bestand heeft geen enkele vestiging")
    return Register(rows)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("windows-1252", errors="replace")


def _column(key: str, headers: dict[str, str]) -> str:
    found = next((headers[h] for h in _COLUMNS[key] if h in headers), "")
    if not found and key in _NEEDED:
        raise RegisterError(
            f"de kolom {' of '.join(_COLUMNS[key])} ontbreekt; gevonden: {', '.join(headers) or 'niets'}"
        )
    return found


def _rows(
    reader: Iterable[dict[str, str | None]], columns: dict[str, str], others: tuple[str, ...]
) -> Iterator[Vestiging]:
    for line in reader:
        cells = {key: (line.get(header) or "").strip() for key, header in columns.items()}
        code = (cells["code"] or cells["brin"] + cells["vestiging"]).upper()
        if code and cells["name"]:
            also = dict.fromkeys((line.get(header) or "").strip() for header in others)
            names = tuple(n for n in also if n and n != cells["name"])
            host = cells["domain"].lower().removeprefix("https://").removeprefix("http://")
            yield Vestiging(
                code[:4], code[4:] or "00", cells["name"], cells["place"],
                host.removeprefix("www.").split("/")[0], names, cells["municipality"],
            )  # fmt: skip
