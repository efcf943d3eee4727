"""The fields of a form: the one list of our canonical names, and the everyday Dutch names for them."""

import re

# Canonical name -> the most characters that we keep. A new field about a person is one line here; the
# functions, items, pages, mails and files go over these lists (CONTRIBUTING.md).
_PERSON = {
    "name": 120, "first_name": 60, "infix": 20, "last_name": 80,
    "email": 254, "role": 120, "phone": 40,
}  # fmt: skip
_SCHOOL = {"school": 160, "place": 80, "brin": 20}
_COLLEAGUE = {"colleague_name": 120, "colleague_email": 254, "colleague_role": 120}
_HIDDEN = {"website": 500, "forward": 1000, "shown": 200, "altcha": 2000}
FIELDS = {**_PERSON, **_SCHOOL, "remarks": 2000, **_COLLEAGUE, **_HIDDEN}

NAME_PARTS = ("first_name", "infix", "last_name")  # joined in "name", never stored
PERSON_FIELDS = tuple(field for field in _PERSON if field not in NAME_PARTS)
PERSON_DETAILS = tuple(field for field in PERSON_FIELDS if field not in ("name", "email"))
SCHOOL_FIELDS = tuple(_SCHOOL)
HIDDEN_FIELDS = frozenset(_HIDDEN)
# Every text that a registrant types, in the order of pages and files.
TYPED_FIELDS = (*PERSON_FIELDS, *SCHOOL_FIELDS, "remarks")
# A registrant can correct these; the address stays, because it proves who they are.
CORRECTABLE_FIELDS = tuple(field for field in TYPED_FIELDS if field not in ("email", "remarks"))

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


_CANONICAL = {squash(field): field for field in FIELDS} | DUTCH


def canonical(name: str, field_map: dict[str, str]) -> str | None:
    """Return our name of a form's field, by the network's own map first; None for an unknown field."""
    key = squash(name).removesuffix("[]")
    return field_map.get(key) or _CANONICAL.get(key)


def sent_as(field: str, field_map: dict[str, str]) -> str:
    """Return a name under which our own form can send a field, even if a network calls another field so."""
    names = (field, *DUTCH, *field_map)
    return next((name for name in names if canonical(name, field_map) == field), field)
