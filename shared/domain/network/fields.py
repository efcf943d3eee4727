"""What a form may send: our canonical fields, and the everyday Dutch names for them."""

import re

# Canonical field -> the most characters that we keep of it.
FIELDS = {
    "name": 120, "first_name": 60, "infix": 20, "last_name": 80,
    "email": 254, "role": 120, "phone": 40,
    "school": 160, "place": 80, "brin": 20, "remarks": 2000,
    "colleague_name": 120, "colleague_email": 254, "colleague_role": 120,
    "website": 500, "forward": 1000, "shown": 200, "altcha": 2000,
}  # fmt: skip

DUTCH = {
    "naam": "name", "voornaam": "first_name", "tussenvoegsel": "infix", "achternaam": "last_name",
    "emailadres": "email", "functie": "role", "telefoon": "phone", "telefoonnummer": "phone",
    "schoolnaam": "school", "organisatie": "school", "plaats": "place", "schoolplaats": "place",
    "opmerkingen": "remarks", "opmerking": "remarks",
    "colleganaam": "colleague_name", "collegafunctie": "colleague_role",
    "collegaemail": "colleague_email", "collegaemailadres": "colleague_email",
}  # fmt: skip


def squash(name: str) -> str:
    """Return a field name as it compares: case, hyphens, underscores and spaces do not matter."""
    return re.sub(r"[-_\s]", "", name).casefold()


_KNOWN = {squash(field): field for field in FIELDS} | DUTCH


def canonical(name: str, field_map: dict[str, str]) -> str | None:
    """Return our name of a form's field, the network's own map first; None when nobody knows it."""
    key = squash(name).removesuffix("[]")
    return field_map.get(key) or _KNOWN.get(key)


def sent_as(field: str, field_map: dict[str, str]) -> str:
    """Return a name under which our own form can send a field, whatever else a network calls by our name."""
    names = (field, *DUTCH, *field_map)
    return next((name for name in names if canonical(name, field_map) == field), field)
