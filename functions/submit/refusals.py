"""Every reason why a post is not taken, in the words that people read."""

from datetime import datetime, time

from shared.domain import dutch
from shared.domain.network import Network
from shared.domain.submission import FieldError
from shared.http import Problem


class RefusedError(Exception):
    """A request that is not taken; carries what to answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


TOO_LARGE = Problem(
    413,
    "too-large",
    "Dit bericht is te groot",
    "Een aanmelding mag hoogstens 64 KB zijn. Maak je tekst korter.",
)
UNSUPPORTED_TYPE = Problem(
    415,
    "unsupported-type",
    "Dit soort bericht kunnen we niet lezen",
    "Stuur een gewoon webformulier of JSON, in UTF-8.",
)
UNREADABLE = Problem(
    400,
    "unreadable",
    "Dit bericht kunnen we niet lezen",
    "Ga terug naar het formulier en probeer het opnieuw.",
)
FILES = Problem(
    400,
    "unreadable",
    "Bestanden kunnen we niet aannemen",
    "Ga terug naar het formulier en verstuur het zonder bestand.",
)
FOREIGN_ORIGIN = Problem(
    403,
    "origin",
    "Dit formulier staat op een onbekende website",
    "Meld je aan op de website van de organisatie. Het adres van deze website staat niet in onze lijst.",
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
)


def in_window(network: Network, at: datetime, repairs: bool = False) -> None:
    """Refuse what comes too early, and too late where nothing late is taken and nothing is repaired."""
    if at < network.opens_at:
        raise RefusedError(not_open_yet(network))
    if at >= network.closes_at and network.registration.late == "refuse" and not repairs:
        raise RefusedError(closed(network))


def not_open_yet(network: Network) -> Problem:
    """Name the date, and the time where it is not midnight, from which one can register."""
    opens = network.local(network.opens_at)
    detail = f"Aanmelden kan vanaf {_moment(opens)}."
    return Problem(403, "not-open-yet", "Je kunt je nog niet aanmelden", detail)


def closed(network: Network) -> Problem:
    """Name the deadline that has passed."""
    detail = f"Je kon je aanmelden {network.words.deadline(network)}."
    return Problem(403, "closed", "Je kunt je niet meer aanmelden", detail)


def not_valid(errors: tuple[FieldError, ...]) -> Problem:
    """Point at every mistake at once."""
    count = dutch.count(len(errors), "ding is", "dingen zijn")
    detail = f"{count} nog niet goed. Verbeter dat en verstuur het formulier opnieuw."
    return Problem(422, "not-valid", "Controleer het formulier", detail, errors)


def _moment(local: datetime) -> str:
    at_midnight = local.time() == time()
    return dutch.full_day(local) + ("" if at_midnight else f", {dutch.clock(local)} uur")
