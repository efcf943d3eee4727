"""The Dutch sentences that items of version 1 hold where later ones hold a reason code.

These sentences are in tables, so they stay as they were written, however `shared.phrases` words them now.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from shared.domain.registration.reason import Reason, ReasonCode

_SENTENCES = {
    "heeft zich aangemeld": ReasonCode.REGISTERED,
    "is aangemeld door een collega": ReasonCode.REGISTERED_BY_COLLEAGUE,
    "aangemeld na de deadline": ReasonCode.AFTER_DEADLINE,
    "vervangt een collega": ReasonCode.REPAIRS_SCHOOL,
    "heeft zich afgemeld": ReasonCode.CANCELLED,
    "heeft zich weer aangemeld": ReasonCode.CAME_BACK,
    "laat een collega in de plaats gaan": ReasonCode.GAVE_PLACE,
    "heeft de gegevens laten wissen": ReasonCode.ERASED,
    "herinnering gestuurd": ReasonCode.REMINDED,
    "mail opnieuw gestuurd": ReasonCode.MAILED_AGAIN,
    "het formulier was veranderd": ReasonCode.FORM_CHANGED,
    "het formulier is hersteld": ReasonCode.FORM_MENDED,
    "het verborgen veld was ingevuld": ReasonCode.HONEYPOT,
    "sneller ingevuld dan iemand kan typen": ReasonCode.TOO_FAST,
    "zonder bewijs van rekenwerk": ReasonCode.NO_WORK,
    "te veel aanmeldingen van één plek": ReasonCode.TOO_MANY,
    "niemand doet mee": ReasonCode.NOBODY_COUNTS,
    "wachtlijst: alle plaatsen zijn bezet": ReasonCode.NETWORK_FULL,
    "wachtlijst: van deze school doet het hoogste aantal al mee": ReasonCode.SCHOOL_FULL,
}
_PATTERNS = {
    re.compile(r"in de plaats van (?P<reference>[A-Z0-9]+-[0-9A-Z]{8})"): ReasonCode.TOOK_PLACE,
    re.compile(r"heeft gewijzigd: (?P<fields>[\w, -]+)"): ReasonCode.CHANGED,
    re.compile(r"is meegegaan met een collega: (?P<fields>[\w, -]+)"): ReasonCode.MOVED_WITH_COLLEAGUE,
    re.compile(r"(?P<people>\d+) perso(?:on|nen) tellen mee"): ReasonCode.COMPLETE,
    re.compile(r"nog (?P<people>\d+) perso(?:on|nen) nodig"): ReasonCode.SHORT,
    re.compile(r"was compleet en kan tot (?:en met )?[a-z]+dag (?P<until>\d+ [a-z]+) iemand vervangen"):
        ReasonCode.MAY_REPLACE,
}  # fmt: skip
_FIELDS = {
    "naam": "name",
    "functie": "role",
    "telefoonnummer": "phone",
    "school": "school",
    "plaats": "place",
    "BRIN-nummer": "brin",
}
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
# All that an organiser's change can hold by itself; whatever else is there, they typed.
_OF_ORGANISERS = frozenset(
    {ReasonCode.REMINDED, ReasonCode.MAILED_AGAIN, ReasonCode.FORM_MENDED, ReasonCode.TOOK_PLACE}
)


def reason_and_note(why: str, by: str, at: datetime) -> tuple[Reason | None, str]:
    """Return the reason in a sentence of version 1, and what an organiser typed; all of it if unknown."""
    sentence, _, note = why.partition(": ") if why.startswith("mail opnieuw gestuurd: ") else (why, "", "")
    reason = _reason(sentence, at)
    if reason is None or (by not in ("person", "check") and reason.code not in _OF_ORGANISERS):
        return None, why
    return reason, note


def _reason(sentence: str, at: datetime) -> Reason | None:
    if code := _SENTENCES.get(sentence):
        return Reason(code)
    matches = ((pattern.fullmatch(sentence), code) for pattern, code in _PATTERNS.items())
    return next((_with_particulars(code, m.groupdict(), at) for m, code in matches if m), None)


def _with_particulars(code: ReasonCode, particulars: Mapping[str, str], at: datetime) -> Reason | None:
    names = [name for name in particulars.get("fields", "").split(", ") if name]
    until = _first_after(particulars["until"], at) if "until" in particulars else None
    if any(name not in _FIELDS for name in names) or ("until" in particulars and until is None):
        return None
    return Reason(
        code,
        reference=particulars.get("reference", ""),
        fields=tuple(_FIELDS[name] for name in names),
        people=int(particulars.get("people", 0)),
        until=until,
    )


def _first_after(day: str, at: datetime) -> date | None:
    """Return the first "27 april" on or after the day of an instant."""
    days = (at.date() + timedelta(days=n) for n in range(366))
    return next((d for d in days if f"{d.day} {_MONTHS[d.month - 1]}" == day), None)
