"""DUO's list of schools: every vestiging of the Dutch secondary schools."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import StringIO

from shared.domain.schools.matching.index import Index
from shared.domain.schools.matching.names import read_name
from shared.domain.schools.matching.suggest import Suggestions


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
    def title(self) -> str:
        """What to call it: its short name where that tells as much, without what it teaches."""
        official = _untaught(self.name)
        short = next(iter(self.names), official)
        own, whole = set(read_name(short).core), set(read_name(official).core)
        if own - whole or (own == whole and len(short) < len(official)):
            return re.sub(r"^(?:locatie|loc)\b[\s.,]*", "", short, flags=re.IGNORECASE)
        return official

    @property
    def called(self) -> str:
        """What to call it in a sentence: its title and its place."""
        return f"{self.title} in {self.place}"


def _untaught(name: str) -> str:
    """Leave out what stands between "voor" and the location, if there is one."""
    own, _, taught = re.sub(r" (?:voor|v) ", "\n", name, count=1, flags=re.IGNORECASE).partition("\n")
    location = re.search(r"\blocatie\b.*", taught, flags=re.IGNORECASE)
    return ", ".join(part for part in (own.rstrip(" ,.-"), location[0] if location else "") if part)


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

    @cached_property
    def suggestions(self) -> Suggestions:
        """What to suggest to someone who is typing."""
        return Suggestions(self.rows)


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
    try:
        rows = tuple(_rows(reader, columns, others))
    except csv.Error as broken:
        raise RegisterError(f"regel {reader.line_num} is geen CSV: {broken}") from broken
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
