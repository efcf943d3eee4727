"""Every reason to refuse a post, with its text in both languages."""

from dataclasses import replace
from datetime import datetime
from math import ceil

from shared import problems
from shared.domain.form.candidates import Use
from shared.domain.form.reading import FormReading
from shared.domain.mail_limits import next_hour
from shared.domain.network.network import Network
from shared.http import FieldMessage, Problem
from shared.pages import problems as page_problems
from shared.phrases import dutch, english


class RequestRefusedError(Exception):
    """A request that is refused; carries the refusal."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


TOO_LARGE = Problem(
    413,
    "too-large",
    "Dit bericht is te groot",
    "Een aanmelding mag hoogstens 256 KB zijn. Maak je tekst korter.",
    english=("This message is too large", "A registration can be 256 KB at most. Please shorten your text."),
)
UNREADABLE = Problem(
    400,
    "unreadable",
    "Dit bericht kunnen we niet lezen",
    "Ga terug naar het formulier en probeer het opnieuw.",
    english=("We cannot read this message", "Go back to the form and try again."),
)
FOREIGN_ORIGIN = problems.FOREIGN_ORIGIN.with_advice(
    "Meld je aan op de website van de organisatie. Het adres van deze website staat niet in onze lijst.",
    "Register on the organisers’ website. The address of this website is not on our list.",
)
UNKNOWN_NETWORK = replace(
    problems.UNKNOWN_NETWORK, detail="Kijk of het adres klopt, of vraag de organisatie om een nieuwe link."
)
UNAVAILABLE = problems.UNAVAILABLE.with_advice(
    "Je aanmelding is nog niet opgeslagen. Dat ligt aan ons. Probeer het over een minuut opnieuw.",
    "Your registration is not saved yet. That is our fault. Try again in a minute.",
)

_KEPT = " Misschien ligt het aan het formulier. We bewaren je inzending twee weken voor de organisatie."
_WE_KEEP = " Maybe the form is wrong. We keep what you sent for two weeks, for the organisers."


def refuse_outside_window(network: Network, at: datetime, repairs: bool = False) -> None:
    """Raise `RequestRefusedError` before the opening, and after the deadline if nothing late is accepted.

    Nothing is accepted once retention has ended: the next check would delete it.
    """
    if at < network.opens_at:
        raise RequestRefusedError(not_open_yet(network))
    accepts_late = network.registration.late == "keep" or repairs
    if network.is_closed(at) and (not accepts_late or at >= network.forgotten_at):
        raise RequestRefusedError(closed(network))


def not_open_yet(network: Network) -> Problem:
    """Name the date from which people can register, and the time unless it is midnight."""
    opens = network.local(network.opens_at)
    return Problem(
        403,
        "not-open-yet",
        "Je kunt je nog niet aanmelden",
        f"Aanmelden kan vanaf {dutch.opening(opens)}.",
        english=("Registration is not open yet", f"You can register from {english.opening(opens)}."),
    )


def closed(network: Network) -> Problem:
    """Name the deadline that has passed."""
    return Problem(
        403,
        "closed",
        "Je kunt je niet meer aanmelden",
        f"Je kon je aanmelden {dutch.deadline(network)}.",
        english=("Registration is closed", f"Registration was open {english.deadline(network)}."),
    )


def too_many(at: datetime) -> Problem:
    """Say that one place posts more than its people can, and when to try again."""
    wait = ceil((next_hour(at) - at).total_seconds())
    minutes = ceil(wait / 60)
    return Problem(
        429,
        "too-many",
        "Er komen nu te veel aanmeldingen van deze plek",
        "Je aanmelding is nog niet opgeslagen. Vanaf jouw internetverbinding komen er nu heel veel tegelijk. "
        f"Probeer het over {dutch.count(minutes, 'minuut', 'minuten')} opnieuw, of mail de organisatie.",
        retry_after=wait,
        english=(
            "Too many registrations come from this place right now",
            (
                "Your registration is not saved yet. Very many come from your internet connection at once. "
                f"Try again in {english.count(minutes, 'minute', 'minutes')}, or email the organisers."
            ),
        ),
    )


def not_valid(errors: tuple[FieldMessage, ...], kept: bool) -> Problem:
    """Name every mistake at once; `kept` if we keep the post because its form was changed."""
    advice = (
        "Verbeter dat en verstuur het formulier opnieuw." + kept * _KEPT,
        "Correct that and send the form again." + kept * _WE_KEEP,
    )
    return page_problems.not_valid(errors, ("Controleer het formulier", "Check the form"), advice)


# A required field is there when a post has any of these, filled in or not.
_REQUIRED = {"name": ("name", "first_name", "last_name"), "email": ("email",), "school": ("school",)}


def lacking_fields(reading: FormReading) -> tuple[str, ...]:
    """Return what is required of the registrant and stands in a post under no name that we know.

    A field that is there and empty is a visitor's mistake, not the form's. A colleague's fields do not count.
    """
    fields = {each.field for each in reading.answers if each.use in (Use.FIELD, Use.TIE)}
    fields |= {field for field, text in reading.values.items() if text}  # also of a registrant in a row
    return tuple(field for field, names in _REQUIRED.items() if fields.isdisjoint(names))
