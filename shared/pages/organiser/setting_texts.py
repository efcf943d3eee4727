"""The words of a network's settings: what each is called, what may be wrong, and how a difference reads."""

from datetime import date, time
from typing import NamedTuple

from shared.domain.network.setting_differences import SettingChange
from shared.domain.network.setting_mistakes import SettingMistake
from shared.domain.network.settings import KINDS, PARAGRAPHS, SESSIONS
from shared.phrases import dutch

TITLES = {
    "dates": "Data en tijden",
    "places": "Plaatsen",
    "texts": "Teksten",
    "mails": "Eigen woorden in mails",
    "limits": "Aantallen",
    "questions": "Vragen",
    "readers": "Wie leest de rapporten",
}
ABOUT = {
    "dates": "De deadline, en wanneer de bijeenkomsten zijn.",
    "places": "Waar de bijeenkomsten zijn, de route, en de link om online mee te doen.",
    "texts": "Wat er boven het formulier staat.",
    "mails": "Wat jullie zelf aan een mail toevoegen: één alinea van hoogstens 1.000 tekens.",
    "limits": "Hoeveel mensen een school stuurt, en voor hoeveel mensen er plek is.",
    "questions": "Wat jullie nog meer willen weten van wie zich aanmeldt.",
    "readers": "Wie de rapporten krijgt, en kan inloggen.",
}
LABELS = {
    "deadline": "Laatste dag om je aan te melden",
    "deadline-hour": "Tot hoe laat?",
    "date": "Datum",
    "start": "Begint om",
    "end": "Eindigt om",
    "place": "Plaats",
    "address": "Adres",
    "route_url": "Link naar de route",
    "online_url": "Link om online mee te doen",
    "summary": "Wat brengt het?",
    "costs": "Wat kost het?",
    "call_url": "Link naar de hele oproep",
    "min_per_school": "Hoeveel mensen stuurt een school minstens?",
    "max_per_school": "Hoeveel mensen stuurt een school hoogstens?",
    "max_participants": "Voor hoeveel mensen is er plek?",
    "label": "Vraag",
    "label_en": "Vraag in het Engels",
    "kind": "Soort antwoord",
    "choices": "Keuzes, elk op een eigen regel",
    "ask": "Wanneer vragen we dit?",
    "required": "Verplicht",
    "sensitive": "Gevoelig, zoals een dieet",
    "report_to": "E-mailadressen, elk op een eigen regel",
    "confirmation": "Je aanmelding is binnen",
    "invited": "Een collega heeft je aangemeld",
    "complete": "Je school is compleet",
    "reminder": "Herinnering: je school is nog niet compleet",
    "admitted": "Je doet mee",
    "held": "Je plek is niet zeker",
    "declined": "Je kunt helaas niet meedoen",
}
HINTS = {
    "deadline-hour": "Leeg: de hele dag telt mee.",
    "online_url": "Alleen wie meedoet, krijgt deze link.",
    "max_per_school": "Leeg: er is geen grens. Wie later komt, wacht op een plek.",
    "max_participants": "Leeg: er is plek voor iedereen. Scholen die later komen, wachten op een plek.",
    "report_to": "Wie hier staat, krijgt elk rapport, kan inloggen en beslist mee.",
}
OPTIONS = {
    "kind": {"text": "tekst", "choice": "een keuze", "yes-no": "ja of nee", "number": "een getal"},
    "ask": {"registering": "bij het aanmelden", "admitted": "als iemand meedoet"},
}
_MISTAKES = {
    "required": "Vul dit in.",
    "too_long": "Dit is te lang. Gebruik hoogstens {limit} tekens.",
    "too_small": "Vul minstens {limit} in.",
    "too_large": "Vul hoogstens {limit} in.",
    "invalid_url": "Schrijf het hele adres, zoals https://www.school.nl/route.",
    "invalid_moment": "Dit is geen datum of tijd. Schrijf 2023-04-30, en de tijd als 12:00.",
    "invalid_date": "Dit is geen datum. Schrijf de datum als 2023-04-30.",
    "invalid_time": "Dit is geen tijd. Schrijf de tijd als 12:00.",
    "invalid_number": "Vul een heel getal in, in cijfers.",
    "invalid": "Dit klopt niet.",
    "too_many": "Er kunnen hoogstens 20 vragen zijn.",
    "ends_before_start": "De bijeenkomst eindigt voor ze begint.",
    "before_opening": "Dit is voor de dag waarop het aanmelden begint.",
    "below_minimum": "Dit is minder dan wat een school minstens stuurt.",
    "no_choices": "Geef de keuzes, elk op een eigen regel.",
    "no_choice": "Je gaf keuzes. Kies “een keuze”, of maak de keuzes leeg.",
    "sensitive_later": "Een gevoelige vraag stellen we pas als iemand meedoet.",
    "required_later": "Alleen een vraag bij het aanmelden kan verplicht zijn.",
    "own_address": "Je eigen adres blijft staan. Vraag een collega om jou weg te halen.",
}


class ChangeLine(NamedTuple):
    """A difference as an organiser reads it; nothing is `before` what is new."""

    label: str
    before: str
    after: str


def mistake_sentence(mistake: SettingMistake) -> str:
    """Write what is wrong with a setting, and never what was typed."""
    sentence = _MISTAKES.get(mistake.code) or dutch.MISTAKES[mistake.code]
    return sentence.format(limit=dutch.number(mistake.limit) if isinstance(mistake.limit, int) else "")


def row_name(table: str, row: int) -> str:
    """Name a row: "Bijeenkomst 2"."""
    return f"{'Bijeenkomst' if table == SESSIONS else 'Vraag'} {row + 1}"


def change_line(change: SettingChange) -> ChangeLine:
    """Write a difference."""
    if change.key == "row":
        main = "date" if change.table == SESSIONS else "label"
        return ChangeLine(row_name(change.table, change.row or 0), _value(main, change.before), "vervalt")
    label = LABELS[change.key].removesuffix(", elk op een eigen regel").removesuffix("?")
    if change.table == PARAGRAPHS:
        label = f"Eigen alinea in “{label}”"
    if change.row is not None:
        label = f"{row_name(change.table, change.row)}: {label[0].lower()}{label[1:]}"
    return ChangeLine(label, _value(change.key, change.before), _value(change.key, change.after))


def _value(key: str, text: str) -> str:
    """Write a setting as people read it."""
    if not text:
        return "nee" if KINDS[key] == "tick" else "niets"
    match KINDS[key]:
        case "date" | "moment":
            day, _, hour = text.partition(" ")
            clock = f", {dutch.clock(time.fromisoformat(hour))} uur" if hour else ""
            return dutch.full_day(date.fromisoformat(day)) + clock
        case "time":
            return f"{dutch.clock(time.fromisoformat(text))} uur"
        case "tick":
            return "ja"
        case "lines":
            return ", ".join(text.splitlines())
        case "choice":
            return OPTIONS[key].get(text, text)
        case _:
            return text
