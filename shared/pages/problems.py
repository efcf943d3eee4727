"""Refusals on pages: a link that does not work, a form that is not right, an action that is not possible."""

from collections.abc import Iterable, Sequence

from shared.domain.form.submission import FieldError
from shared.domain.network.network import Network
from shared.http import FieldMessage, Problem, Response, page, with_retry_after
from shared.pages import problem_page
from shared.phrases import dutch, english
from shared.phrases.language import Phrases
from shared.phrases.mistakes import mistake_text

Said = tuple[str, str]  # in Dutch, in English

# Wrong, old, foreign and unknown tokens get the same answer, so that nobody learns which kind theirs is.
UNKNOWN_LINK = Problem(
    404,
    "unknown-link",
    "Deze link werkt niet",
    "De link is niet volledig of niet meer geldig. Open hem nog een keer vanuit de mail.",
)
ADDRESS_TAKEN = Problem(
    409,
    "address-taken",
    "Op dit adres ben je al aangemeld",
    "Er is niets veranderd. Meld je op een van de twee adressen af, of mail de organisatie.",
    english=(
        "You are registered at this address already",
        "Nothing has changed. Cancel at one of the two addresses, or email the organisers.",
    ),
)
TOO_OFTEN = Problem(
    422,
    "too-often",
    "Je hebt je aanmelding te vaak gewijzigd",
    "Er is niets veranderd. Mail de organisatie. Die kan je aanmelding nog wel wijzigen.",
    english=(
        "You have changed your registration too often",
        "Nothing has changed. Mail the organiser, who can still change your registration.",
    ),
)
NOT_NOW = Problem(
    422,
    "not-now",
    "Dat kan nu niet",
    "Er is niets veranderd. Hieronder zie je hoe je aanmelding er nu voor staat, en wat je kunt doen.",
    english=(
        "That is not possible now",
        "Nothing has changed. Below you see where your registration stands, and what you can do.",
    ),
)


_TITLE = ("Controleer wat je invulde", "Check what you filled in")
_ADVICE = (
    "Verbeter dat en probeer het opnieuw. Er is nog niets veranderd.",
    "Correct that and try again. Nothing has changed yet.",
)


def field_messages(errors: Iterable[FieldError], phrases: Phrases) -> tuple[FieldMessage, ...]:
    """Return mistakes with their sentences in a language."""
    return tuple(FieldMessage(e.field, e.code, mistake_text(e, phrases)) for e in errors)


def not_valid(errors: Sequence[FieldMessage], title: Said = _TITLE, advice: Said = _ADVICE) -> Problem:
    """Return the refusal of a form that names every mistake at once."""
    count = dutch.count(len(errors), "ding is", "dingen zijn")
    things = english.count(len(errors), "thing is", "things are")
    return Problem(
        422,
        "not-valid",
        title[0],
        f"{count} nog niet goed. {advice[0]}",
        tuple(errors),
        english=(title[1], f"{things} not right yet. {advice[1]}"),
    )


def refused(refusal: Problem, network: Network | None = None) -> Response:
    """Answer a person with the page of a refusal, and with the time to try again if it passes."""
    return with_retry_after(page(refusal.status, problem_page(refusal, network)), refusal)
