"""The labels and hints of the inputs on registrants' forms, in both languages."""

from collections.abc import Mapping

from shared.domain.network.fields import PERSON_FIELDS
from shared.domain.network.parts import Language
from shared.phrases.fields import FIELD_NAMES, as_label

# A field that is not here has its own name: "Je telefoonnummer".
_OWN_LABELS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "school": "Naam van je school",
        "place": "Plaats van je school",
        "brin": "BRIN-nummer",
        "remarks": "Wil je nog iets kwijt?",
        "colleague_name": "Naam van je collega",
        "colleague_email": "E-mailadres van je collega",
        "colleague_role": "Functie van je collega",
        # On the own page only.
        "invite_email": "E-mailadres van je collega",
        "cancel_sure": "Afmelden",
        "restore_sure": "Weer aanmelden",
        "links_sure": "Links mailen",
        "data_sure": "Gegevens mailen",
        "revoke_sure": "Nieuwe links maken",
        "erase_sure": "Gegevens wissen",
    },
    "en": {
        "school": "Name of your school",
        "place": "Town of your school",
        "brin": "BRIN number",
        "remarks": "Anything else you want to tell us?",
        "colleague_name": "Your colleague’s name",
        "colleague_email": "Your colleague’s email address",
        "colleague_role": "Your colleague’s role",
        "invite_email": "Your colleague’s email address",
        "cancel_sure": "Cancel",
        "restore_sure": "Register again",
        "links_sure": "Email links",
        "data_sure": "Email data",
        "revoke_sure": "New links",
        "erase_sure": "Erase data",
    },
}
_HINTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "email": "Hier sturen we de bevestiging naartoe.",
        "role": "Bijvoorbeeld: docent wiskunde of teamleider.",
    },
    "en": {
        "email": "We send the confirmation here.",
        "role": "For example: maths teacher or team leader.",
    },
}
_YOUR: Mapping[Language, str] = {"nl": "je", "en": "your"}


def input_labels(language: Language) -> dict[str, str]:
    """Return the label of every input by its id."""
    return {**{field: as_label(your(field, language)) for field in PERSON_FIELDS}, **_OWN_LABELS[language]}


def input_hint(field: str, language: Language) -> str:
    """Return the hint below the label of an input on the registration form; "" if it needs none."""
    return _HINTS[language].get(field, "")


def your(field: str, language: Language) -> str:
    """Write a field as the registrant's own: "je telefoonnummer"."""
    return f"{_YOUR[language]} {FIELD_NAMES[language][field]}"
