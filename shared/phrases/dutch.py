"""Dutch phrases that mails and pages share: dates, times, counts, reasons, mistakes in a form."""

from collections.abc import Sequence
from datetime import date, datetime, time

from shared.domain.network.network import Network
from shared.domain.registration.cause import Actor, Cause
from shared.domain.registration.reason import ReasonCode
from shared.phrases.field_labels import field_names

YOU = "jij"
COLLEAGUE = "collega"
A_COLLEAGUE = "Een collega"
YOUR_COLLEAGUE = "Je collega"
YOUR_SCHOOL = "Je school"
FREE = "vrij"
MISTAKE = "Fout"
TO_CONTENT = "Naar de inhoud"
REQUIRED = "verplicht"
CHOOSE = "Kies"
YES, NO = "ja", "nee"
SHARE = "Doe je mee met {title}? Meld je hier aan, dan gaan we samen."
MAIL = "Mail"
REFERENCE = "Aanmeldnummer"

# Every mistake that a form can hold: a missing value by its field, all others by their code.
MISTAKES = {
    "name": "Vul je naam in.",
    "email": "Vul je e-mailadres in.",
    "school": "Vul de naam van je school in.",
    "colleague_name": "Vul de naam van je collega in.",
    "colleague_email": "Vul het e-mailadres van je collega in.",
    "question": "Beantwoord deze vraag.",
    "not_a_number": "Vul een heel getal in, in cijfers.",
    "not_a_choice": "Kies een antwoord uit de lijst.",
    "sure": "Vink eerst aan dat je dit wilt.",
    "too_long": "Dit is te lang. Gebruik hoogstens {max} tekens.",
    "too_many": "Je kunt hoogstens {max} collega’s tegelijk aanmelden.",
    "invalid_email": "Dit e-mailadres klopt niet. Kijk of er een typefout in zit.",
    "several_emails": "Hier staan meer adressen. Vul er één in; een collega heeft een eigen vak.",
    "email_sign_at_end": "Er staat een teken te veel aan het eind van dit e-mailadres. Haal het weg.",
    "email_accent": "Wij kunnen niet mailen naar een adres met een accent, zoals é. Heb je een ander adres?",
    "email_lookalike": "In dit e-mailadres staan letters uit een ander alfabet. Typ het adres zelf over.",
    "wrong_type": "Dit kunnen we niet lezen. Vul hier gewone tekst in.",
    "known": "Met dit e-mailadres lukt het niet. "
    "Is je collega al aangemeld? Dan kun je jezelf gewoon afmelden.",
    "invitations": "Wij mailen hoogstens {max} collega’s voor je. Stuur zelf de link door.",
}

FIELDS = field_names("nl")
PEOPLE = ("persoon", "personen")

# Why a registration or a school stands where it does.
REASONS = {
    ReasonCode.REGISTERED: "heeft zich aangemeld",
    ReasonCode.REGISTERED_BY_COLLEAGUE: "is aangemeld door een collega",
    ReasonCode.AFTER_DEADLINE: "aangemeld na de deadline",
    ReasonCode.REPAIRS_SCHOOL: "vervangt een collega",
    ReasonCode.CHANGED: "heeft gewijzigd: {fields}",
    ReasonCode.MOVED_WITH_COLLEAGUE: "is meegegaan met een collega: {fields}",
    ReasonCode.CANCELLED: "heeft zich afgemeld",
    ReasonCode.CAME_BACK: "heeft zich weer aangemeld",
    ReasonCode.GAVE_PLACE: "laat een collega in de plaats gaan",
    ReasonCode.TOOK_PLACE: "in de plaats van {reference}",
    ReasonCode.ERASED: "heeft de gegevens laten wissen",
    ReasonCode.RELEASED: "nagekeken: hoort erbij",
    ReasonCode.REJECTED: "nagekeken: hoort er niet bij",
    ReasonCode.RESTORED: "staat weer op de lijst",
    ReasonCode.REMINDED: "herinnering gestuurd",
    ReasonCode.MAILED_AGAIN: "mail opnieuw gestuurd",
    ReasonCode.FORM_CHANGED: "het formulier was veranderd",
    ReasonCode.FORM_MENDED: "het formulier is hersteld",
    ReasonCode.HONEYPOT: "het verborgen veld was ingevuld",
    ReasonCode.TOO_FAST: "sneller ingevuld dan iemand kan typen",
    ReasonCode.NO_WORK: "zonder bewijs van rekenwerk",
    ReasonCode.TOO_MANY: "te veel aanmeldingen van één plek",
    ReasonCode.UNLISTED_SITE: "van een website die niet in de lijst staat",
    ReasonCode.NOBODY_COUNTS: "niemand doet mee",
    ReasonCode.COMPLETE: "{people} tellen mee",
    ReasonCode.SHORT: "{people} te kort",
    ReasonCode.MAY_REPLACE: "was compleet en kan tot en met {until} iemand vervangen",
    ReasonCode.REPAIR_ENDED: "{reference} doet sinds {day} niet meer mee, "
    "en de school was tot en met {until} niet weer compleet",
    ReasonCode.WAIVED: "uitzondering voor deze school, van {by} op {day}",
    ReasonCode.CONFIRMED: "heeft het e-mailadres bevestigd",
    ReasonCode.UNCONFIRMED: "heeft het e-mailadres niet bevestigd",
    ReasonCode.REMOVED: "is afgemeld door de organisatie",
    ReasonCode.DOUBLE: "staat dubbel in de lijst",
    ReasonCode.DECLINED: "is afgewezen",
    ReasonCode.LATE: "is te laat aangemeld",
    ReasonCode.QUARANTINED: "wacht op controle",
    ReasonCode.HELD: "wacht op besluit",
    ReasonCode.NETWORK_FULL: "wachtlijst: alle plaatsen zijn bezet",
    ReasonCode.SCHOOL_FULL: "wachtlijst: van deze school doet het hoogste aantal al mee",
}

# The same for the person whom it is about, in mails and on their own page.
CAUSES = {
    Cause.PLAIN: "",
    Cause.SCHOOL_SHORT: "Van elke school doen minstens {minimum} mensen mee. "
    "Van jouw school waren er bij de deadline te weinig mensen aangemeld.",
    Cause.COLLEAGUE_LEFT: "Van elke school doen minstens {minimum} mensen mee. "
    "Een collega van je school doet{since} niet meer mee. "
    "Je school is niet op tijd weer compleet geworden{until}.",
    Cause.NETWORK_FULL: "Er zijn meer mensen aangemeld dan er plaatsen zijn. Je staat op de wachtlijst.",
    Cause.SCHOOL_FULL: "Van je school doet het hoogste aantal mensen al mee. Je staat op de wachtlijst.",
    Cause.LATE: "Je aanmelding kwam na de {deadline} binnen.",
    Cause.ORGANISER: "{organiser} heeft dit besloten.",
    Cause.TOOK_PLACE: "Je nam een plek over die niet zeker was.",
    Cause.GAVE_PLACE: "{colleague} heeft jouw plek overgenomen.",
}
DEADLINE, OLD_DEADLINE = "deadline", "oude deadline"
SINCE, UNTIL = " sinds {day}", ": dat kon tot en met {day}"
# Who made a change, for the person whom it is about.
ACTORS = {
    Actor.FORM: "het formulier",
    Actor.PERSON: "jijzelf",
    Actor.COLLEAGUE: "een collega",
    Actor.CHECK: "de dagelijkse controle",
    Actor.ORGANISER: "de organisatie",
}

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def day(d: date) -> str:
    """Write a date without its year: "vrijdag 14 april"."""
    return f"{_DAYS[d.weekday()]} {d.day} {_MONTHS[d.month - 1]}"


def full_day(d: date) -> str:
    """Write a date in full: "vrijdag 14 april 2023"."""
    return f"{day(d)} {d.year}"


def short_day(d: date) -> str:
    """Write a date for a table: "14 apr"."""
    return f"{d.day} {_SHORT[d.month - 1]}"


def clock(t: time | datetime) -> str:
    """Write a time of day with a dot: "12.00"."""
    return f"{t.hour}.{t.minute:02}"


def hours(start: time, end: time) -> str:
    """Write a span of the day: "12.00-17.00 uur"."""
    return f"{clock(start)}-{clock(end)} uur"


def count(n: int, one: str, many: str) -> str:
    """Write a number with its noun: "1 school", "2 scholen"."""
    return f"{n} {one if n == 1 else many}"


def number(n: int) -> str:
    """Write a large number with a dot: "3.000"."""
    return f"{n:,}".replace(",", ".")


def listing(parts: Sequence[str]) -> str:
    """Write a list as a sentence does: "a, b en c"."""
    return " en ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def moment(local: datetime) -> str:
    """Write a date with its time: "vrijdag 14 april 2023 om 17.00 uur"."""
    return f"{full_day(local)} om {clock(local)} uur"


def deadline(network: Network) -> str:
    """Write until when people can register: "tot en met vrijdag 14 april 2023"."""
    last = network.deadline
    if isinstance(last, datetime):
        return f"tot {moment(last)}"
    return f"tot en met {full_day(last)}"


def present(people: int, minimum: int) -> str:
    """Write how many of a school have registered: "1 van 2 aangemeld"."""
    return (
        f"{people} van {minimum} aangemeld" if people <= minimum else f"{people} aangemeld, {minimum} nodig"
    )


def needed(people: int, minimum: int, is_closed: bool, is_waived: bool = False) -> str:
    """Write what a school needs: "nog 1 collega nodig", and after the deadline "1 collega te kort"."""
    missing = minimum - people
    if missing <= 0:
        return "je school is compleet"
    if is_waived:
        return "er geldt een uitzondering"
    colleagues = count(missing, "collega", "collega’s")
    return f"{colleagues} te kort" if is_closed else f"nog {colleagues} nodig"


def awaited(names: Sequence[str], people: int, minimum: int) -> str:
    """Write whose address a school lacks: "1 van 2: we missen het e-mailadres van Jan Bos."."""
    lack = f"we missen het e-mailadres van {listing([name or 'je collega' for name in names])}."
    return f"{people} van {minimum}: {lack}" if people < minimum else f"W{lack[1:]}"


def days_left(days: int) -> str:
    """Write how long people can still register: "Nog 7 dagen", "Vandaag is de laatste dag"."""
    return f"Nog {count(days, 'dag', 'dagen')}" if days > 0 else "Vandaag is de laatste dag"


def opening(local: datetime) -> str:
    """Write from when people can register: "vrijdag 14 april 2023", with the time unless it is midnight."""
    return full_day(local) + (f", {clock(local)} uur" if local.time() != time() else "")
