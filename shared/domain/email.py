"""E-mail addresses that SES can deliver to."""

import re
import unicodedata
from enum import StrEnum

# Nearly every address: right as it is, so that nobody waits for the library that knows the others.
PLAIN = re.compile(
    r"(?=.{1,64}@)(?=.{1,100}\Z)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@"
    r"(?:[a-z0-9](?:-?[a-z0-9]){0,30}\.)+(?!arpa\Z|invalid\Z|local\Z|localhost\Z|onion\Z|test\Z)[a-z]{2,24}"
)
# The form "Jan de Vries <jan@berg.example>" of RFC 5322; Outlook copies it with a ";".
_NAMED = re.compile(r"[^<>]*<([^<>]+)>[\s;]*")
_QUOTES = "\"'“”„‘’«»"
_SEVERAL = re.compile(r"\S@\S+?(?:[\s,;|]|/(?=\S+@)).*\S@\S")
_SIGNS_AT_END = re.compile(r"(?<=\w)[^\w\s@]+\Z")


class EmailMistake(StrEnum):
    """What is wrong with an address, where we can tell."""

    SEVERAL = "several_emails"
    SIGN_AT_END = "email_sign_at_end"
    ACCENT = "email_accent"  # SES has no SMTPUTF8
    LOOKALIKE = "email_lookalike"  # letters of another script, such as a Cyrillic "a"
    OTHER = "invalid_email"


class EmailError(ValueError):
    """An address that SES cannot deliver to; names the mistake, and never the address."""

    def __init__(self, mistake: EmailMistake) -> None:
        super().__init__(mistake.value)
        self.mistake = mistake


def email_address(text: str) -> str:
    """Return the address normalised, also out of "Jan <jan@berg.example>"; raise `EmailError` if it is wrong.

    SES has no SMTPUTF8: the local part is ASCII, the domain goes out as punycode (SES API, Destination).
    """
    named = _NAMED.fullmatch(text)
    typed = (named[1] if named else text).strip().strip(_QUOTES)
    typed = typed[7:] if typed[:7].casefold() == "mailto:" else typed
    if any(character.isalpha() and "LATIN" not in unicodedata.name(character, "") for character in typed):
        raise EmailError(EmailMistake.LOOKALIKE)
    address = _valid(typed)
    if not address:
        raise EmailError(_mistake(typed))
    return address


def _valid(typed: str) -> str:
    """Return an address as it is mailed; empty for a wrong one, so that no error repeats what was typed."""
    if PLAIN.fullmatch(typed):
        return typed
    from email_validator import EmailNotValidError, validate_email  # few addresses need it

    try:
        checked = validate_email(typed, strict=True, allow_smtputf8=False, check_deliverability=False)
    except EmailNotValidError:
        return ""
    return checked.ascii_email or checked.normalized


def _mistake(typed: str) -> EmailMistake:
    if _SEVERAL.search(typed[:500]):
        return EmailMistake.SEVERAL
    if (signs := _SIGNS_AT_END.search(typed[-64:])) and _valid(typed.removesuffix(signs[0])):
        return EmailMistake.SIGN_AT_END
    return EmailMistake.OTHER if typed.partition("@")[0].isascii() else EmailMistake.ACCENT
