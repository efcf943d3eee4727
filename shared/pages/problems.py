"""What is wrong with a link, a post or with us, in the words that people read on their own pages."""

from shared.domain.form.submission import FieldError
from shared.domain.network.network import Network
from shared.http import Problem, Response, page, retrying
from shared.pages import problem_page
from shared.phrases import dutch, english

# Wrong, old, foreign and unknown tokens all look like this, so that none tells which it was.
UNKNOWN_LINK = Problem(
    404,
    "unknown-link",
    "Deze link werkt niet",
    "De link is niet volledig of niet meer geldig. Open hem nog een keer vanuit de mail.",
)
UNAVAILABLE = Problem(
    503,
    "unavailable",
    "Het lukt nu even niet",
    "Dat ligt aan ons. Probeer het over een minuut opnieuw.",
    retry_after=60,
    english=("This does not work right now", "That is our fault. Try again in a minute."),
)
FOREIGN_ORIGIN = Problem(
    403,
    "origin",
    "Dit formulier staat op een onbekende website",
    "Open je eigen pagina vanuit de mail, en probeer het daar opnieuw.",
    english=("This form is on an unknown website", "Open your own page from the email, and try again there."),
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


def not_valid(*errors: FieldError) -> Problem:
    """Point at every mistake at once."""
    count = dutch.count(len(errors), "ding is", "dingen zijn")
    things = english.count(len(errors), "thing is", "things are")
    return Problem(
        422,
        "not-valid",
        "Controleer wat je invulde",
        f"{count} nog niet goed. Verbeter dat en probeer het opnieuw. Er is nog niets veranderd.",
        errors,
        english=(
            "Check what you filled in",
            f"{things} not right yet. Correct that and try again. Nothing has changed yet.",
        ),
    )


def refused(why: Problem, network: Network | None = None) -> Response:
    """Answer a person with why something is not possible, and when to try again where that helps."""
    return retrying(page(why.status, problem_page(why, network)), why)
