"""Our fields as people read them, in both languages: in the middle of a sentence, and before a value."""

from collections.abc import Mapping

from shared.domain.network.parts import Language

FIELD_NAMES: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "name": "naam",
        "email": "e-mailadres",
        "role": "functie",
        "phone": "telefoonnummer",
        "school": "school",
        "place": "plaats",
        "brin": "BRIN-nummer",
        "remarks": "opmerkingen",
    },
    "en": {
        "name": "name",
        "email": "email address",
        "role": "role",
        "phone": "phone number",
        "school": "school",
        "place": "town",
        "brin": "BRIN number",
        "remarks": "remarks",
    },
}

# The same where there is little room: the organiser's tables and lists, which are in Dutch.
SHORT_NAMES: Mapping[str, str] = {
    **FIELD_NAMES["nl"],
    "email": "e-mail",
    "phone": "telefoon",
    "brin": "BRIN",
}


def as_label(name: str) -> str:
    """Write a name with a capital, to stand before its value: "Functie"."""
    return name[:1].upper() + name[1:]
