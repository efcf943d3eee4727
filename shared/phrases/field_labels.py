"""The words for each field, in both languages: in a sentence, at its input, in an organiser's list."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shared.domain.network.fields import PERSON_FIELDS
from shared.domain.network.parts import Language
from shared.domain.registration.registration import Registration


class FieldWords(NamedTuple):
    """The words for one field; an input without a label of its own is "Je …", a column has the name."""

    name: str
    label: str = ""
    hint: str = ""
    column: str = ""


_DUTCH = {
    "name": FieldWords("naam"),
    "email": FieldWords("e-mailadres", hint="Hier sturen we de bevestiging naartoe.", column="E-mail"),
    "role": FieldWords("functie", hint="Bijvoorbeeld: docent wiskunde of teamleider."),
    "phone": FieldWords("telefoonnummer", column="Telefoon"),
    "school": FieldWords("school", "Naam van je school"),
    "place": FieldWords("plaats", "Plaats van je school"),
    "brin": FieldWords("BRIN-nummer", "BRIN-nummer", column="BRIN"),
    "remarks": FieldWords("opmerkingen", "Wil je nog iets kwijt?"),
}
_ENGLISH = {
    "name": FieldWords("name"),
    "email": FieldWords("email address", hint="We send the confirmation here."),
    "role": FieldWords("role", hint="For example: maths teacher or team leader."),
    "phone": FieldWords("phone number"),
    "school": FieldWords("school", "Name of your school"),
    "place": FieldWords("town", "Town of your school"),
    "brin": FieldWords("BRIN number", "BRIN number"),
    "remarks": FieldWords("remarks", "Anything else you want to tell us?"),
}
FIELD_WORDS: Mapping[Language, Mapping[str, FieldWords]] = {"nl": _DUTCH, "en": _ENGLISH}
_YOUR: Mapping[Language, str] = {"nl": "je", "en": "your"}

# Inputs that are not about the registrant, and the boxes to tick on their own page.
_OTHER_INPUTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "colleague_name": "Naam van je collega",
        "colleague_email": "E-mailadres van je collega",
        "colleague_role": "Functie van je collega",
        "invite_email": "E-mailadres van je collega",
        "correct_email": "Het goede e-mailadres van je collega",
        "new_email": "Je nieuwe e-mailadres",
        "address_sure": "Adres bevestigen",
        "cancel_sure": "Afmelden",
        "restore_sure": "Weer aanmelden",
        "links_sure": "Links mailen",
        "data_sure": "Gegevens mailen",
        "revoke_sure": "Nieuwe links maken",
        "erase_sure": "Gegevens wissen",
    },
    "en": {
        "colleague_name": "Your colleague’s name",
        "colleague_email": "Your colleague’s email address",
        "colleague_role": "Your colleague’s role",
        "invite_email": "Your colleague’s email address",
        "correct_email": "Your colleague’s right email address",
        "new_email": "Your new email address",
        "address_sure": "Confirm address",
        "cancel_sure": "Cancel",
        "restore_sure": "Register again",
        "links_sure": "Email links",
        "data_sure": "Email data",
        "revoke_sure": "New links",
        "erase_sure": "Erase data",
    },
}


def input_labels(language: Language) -> dict[str, str]:
    """Return the label of every input on a registrant's forms, by its id."""
    words = FIELD_WORDS[language]
    labels = {field: each.label or capitalised(your(field, language)) for field, each in words.items()}
    return {**labels, **_OTHER_INPUTS[language]}


def field_names(language: Language) -> dict[str, str]:
    """Return the name of every field in a sentence: "telefoonnummer"."""
    return {field: words.name for field, words in FIELD_WORDS[language].items()}


def your(field: str, language: Language) -> str:
    """Write a field as the registrant's own: "je telefoonnummer"."""
    return f"{_YOUR[language]} {FIELD_WORDS[language][field].name}"


def title(field: str, language: Language) -> str:
    """Write a field as a heading: "Telefoonnummer"."""
    return capitalised(FIELD_WORDS[language][field].name)


def column(field: str) -> str:
    """Write a field as the heading of a column in an organiser's list: "Telefoon"."""
    return _DUTCH[field].column or title(field, "nl")


def given_fields(language: Language) -> dict[str, str]:
    """Return how a mail names the data that a colleague or organiser gave: "je naam", by field."""
    return {field: your(field, language) for field in (*PERSON_FIELDS, "school")}


def other_answers(
    registration: Registration, awaited: Iterable[str], with_unknown: bool = True
) -> dict[str, str]:
    """Return what a form sent besides fields and questions, by the names under which organisers read it.

    These are the colleagues whose address we wait for, the boxes that were ticked, and the fields that nobody
    knows.
    """
    named = {"Collega zonder e-mailadres": ", ".join(awaited)}
    texts = {**named, **registration.consents, **(registration.extra if with_unknown else {})}
    return {name: text for name, text in texts.items() if text}


def capitalised(text: str) -> str:
    """Write a text with a capital first letter."""
    return text[0].upper() + text[1:]
