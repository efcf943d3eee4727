"""The form with which an organiser registers somebody who phoned or mailed."""

from collections.abc import Mapping

from shared.domain.form.candidates import FormMap
from shared.domain.form.draft import Draft
from shared.http import Problem
from shared.pages.form import FormView
from shared.pages.organiser import Desk, behind

LABELS = {
    "name": "Naam",
    "email": "E-mailadres",
    "role": "Functie",
    "phone": "Telefoonnummer",
    "school": "Naam van de school",
    "place": "Plaats van de school",
    "why": "Hoe weet je dit?",
    "state": "Na de deadline",
}


def by_hand_page(desk: Desk, typed: Mapping[str, str], problem: Problem | None = None) -> str:
    """Show the form, to begin or with what was typed and every mistake in it."""
    form = FormView("nl", Draft(typed), FormMap(), problem.errors if problem else (), LABELS)
    closed = desk.network.is_closed(desk.at)
    return behind("by_hand", desk, form=form, problem=problem, closed=closed)
