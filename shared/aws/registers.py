"""The register of schools as one item: 1,600 vestigingen take some tens of kilobytes."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import astuple
from datetime import datetime
from typing import Any

from shared.aws.items import stamp
from shared.domain.schools.matching import Register, Vestiging

KEY = "REGISTER"  # partition and sort key: all networks share one register


def from_register(register: Register, at: datetime) -> dict[str, Any]:
    """Write a register as an item, with the instant of its import and its number of rows."""
    rows = json.dumps([astuple(row) for row in register.rows], ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(rows.encode(), level=9)
    return {"pk": KEY, "sk": KEY, "at": stamp(at), "rows": len(register), "packed": packed}


def to_register(item: Mapping[str, Any]) -> Register:
    """Read a register from its item."""
    rows = json.loads(zlib.decompress(bytes(item["packed"])))
    return Register(map(_to_vestiging, rows), item["at"])


def _to_vestiging(row: list[Any]) -> Vestiging:
    brin, vestiging, name, place, domain, names, municipality = row
    return Vestiging(brin, vestiging, name, place, domain, tuple(names), municipality)
