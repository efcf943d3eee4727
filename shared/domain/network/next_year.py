"""A network once more a year later: its file with every date on the same day of the week."""

import re
import tomllib
from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any

from shared.domain.network.file_text import file_text
from shared.domain.network.settings import zone_of

_A_YEAR = timedelta(weeks=52)


def next_year(toml: str) -> str:
    """Return the file of the network that follows; its operator applies it once it is as it should be."""
    file: dict[str, Any] = deepcopy(tomllib.loads(toml))
    named = _with_next_year(file["id"])
    file["id"] = named if named != file["id"] else f"{file['id'][:35]}-next"
    file["title"] = _with_next_year(file["title"])
    for key in ("opens", "deadline"):
        file["registration"][key] = _later(file["registration"][key], file)
    for session in file.get("sessions", ()):
        session["date"] += _A_YEAR
    file["organiser"].pop("links_version", None)
    return file_text(toml, file)


def _with_next_year(text: str) -> str:
    return re.sub(r"\b20\d\d\b", lambda year: str(int(year[0]) + 1), text)


def _later(moment: date | datetime, file: dict[str, Any]) -> date | datetime:
    """Return the same day of the week and the same hour, also where summer time begins on another date."""
    if not isinstance(moment, datetime):
        return moment + _A_YEAR
    local = moment.astimezone(zone_of(file))
    return datetime.combine(local.date() + _A_YEAR, local.time(), zone_of(file))
