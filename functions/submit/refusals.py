"""Every reason why a post is not taken, in the words that people read, in every language."""

from datetime import datetime
from math import ceil

from shared.domain.form.candidates import Use
from shared.domain.form.reading import FormReading
from shared.domain.form.submission import FieldError
from shared.domain.mail_limits import next_hour
from shared.domain.network.network import Network
from shared.http import Problem
from shared.phrases import dutch, english


class RequestRefusedError(Exception):
    """A request that is not taken; carries what to answer."""

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
FOREIGN_ORIGIN = Problem(
    403,
    "origin",
    "Dit formulier staat op een onbekende website",
    "Meld je aan op de website van de organisatie. Het adres van deze website staat niet in onze lijst.",
    english=(
        "This form is on an unknown website",
        "Register on the organisers’ website. The address of this website is not on our list.",
    ),
)
UNKNOWN_NETWORK = Problem(
    404,
    "unknown-network",
    "Dit leernetwerk kennen we niet",
    "Kijk of het adres klopt, of vraag de organisatie om een nieuwe link.",
)
UNAVAILABLE = Problem(
    503,
    "unavailable",
    "Het lukt nu even niet",
    "Je aanmelding is nog niet opgeslagen. Dat ligt aan ons. Probeer het over een minuut opnieuw.",
    retry_after=60,
    english=(
        "This does not work right now",
        "Your registration is not saved yet. That is our fault. Try again in a minute.",
    ),
)

_KEPT = " Misschien ligt het aan het formulier. We bewaren je inzending twee weken voor de organisatie."
_WE_KEEP = " Maybe the form is wrong. We keep what you sent for two weeks, for the organisers."


def in_window(network: Network, at: datetime, repairs: bool = False) -> None:
    """Refuse what comes too early, and too late where nothing late is taken and nothing is repaired.

    Once retention has begun nothing is taken: the next check would delete it.
    """
    if at < network.opens_at:
        raise RequestRefusedError(not_open_yet(network))
    takes_late = network.registration.late == "keep" or repairs
    if at >= network.forgotten_at or (network.is_closed(at) and not takes_late):
        raise RequestRefusedError(closed(network))


def not_open_yet(network: Network) -> Problem:
    """Name the date, and the time where it is not midnight, from which one can register."""
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
    """Say that more posts come from one place than people there can make, and when that is over."""
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


def not_valid(errors: tuple[FieldError, ...], kept: bool = False) -> Problem:
    """Point at every mistake at once; `kept` where we keep the post, because its form was changed."""
    count = dutch.count(len(errors), "ding is", "dingen zijn")
    things = english.count(len(errors), "thing is", "things are")
    return Problem(
        422,
        "not-valid",
        "Controleer het formulier",
        f"{count} nog niet goed. Verbeter dat en verstuur het formulier opnieuw." + kept * _KEPT,
        errors,
        english=(
            "Check the form",
            f"{things} not right yet. Correct that and send the form again." + kept * _WE_KEEP,
        ),
    )


# A required field is there when a post has any of these, filled in or not.
_REQUIRED = {"name": ("name", "first_name", "last_name"), "email": ("email",), "school": ("school",)}


def lacking_fields(reading: FormReading) -> tuple[str, ...]:
    """Return what is required and stands in a post under no name that we know.

    A field that is there and empty is a visitor's mistake, not the form's.
    """
    fields = {each.field for each in reading.answers if each.use in (Use.FIELD, Use.PERSON, Use.TIE)}
    return tuple(field for field, names in _REQUIRED.items() if fields.isdisjoint(names))
