"""Refusals that several functions give, each worded once; a function changes the advice where it differs."""

from shared.http import Problem

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
# The same refusal for a script, whose author reads it.
UNLISTED_ORIGIN = Problem(
    403,
    "origin",
    "Deze website staat niet in onze lijst",
    "Vraag de organisatie om het adres toe te voegen.",
    english=("This website is not on our list", "Ask the organisers to add its address."),
)
UNKNOWN_NETWORK = Problem(
    404, "unknown-network", "Dit leernetwerk kennen we niet", "Kijk of het adres klopt."
)
