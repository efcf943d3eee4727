"""The pages that people see, in Dutch: each function returns HTML that needs no script and no other file."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shared.domain import dutch
from shared.domain.draft import Draft
from shared.domain.network import Network
from shared.domain.school import School
from shared.http import Problem
from shared.mails import words

if TYPE_CHECKING:
    from jinja2 import Environment


def form_page(network: Network, at: datetime, draft: Draft, problem: Problem | None = None) -> str:
    """Show the form with what was typed: to begin, to correct mistakes, or to try again after a failure."""
    from shared.pages.form import Form  # an answer in JSON needs none of it

    form = Form(draft, network.form.field_map, problem.errors if problem else ())
    return render("form", network=network, form=form, problem=problem, late=at >= network.closes_at)


def thanks_page(network: Network, reference: str, late: bool) -> str:
    """Confirm that a registration is stored."""
    return render("thanks", network=network, reference=reference, late=late)


def own_page(network: Network, person: str, school: School) -> str:
    """Show somebody of a school what we have of them."""
    from shared.pages.own import facts, state  # only this page needs it

    registration = next(r for r in school.registrations if r.person == person)
    return render(
        "own",
        network=network,
        reference=registration.reference,
        state=state(network, registration, school),
        facts=facts(registration),
    )


def problem_page(problem: Problem, network: Network | None = None) -> str:
    """Say why something is not possible, and whom to ask where we know that."""
    return render("problem", problem=problem, network=network)


def render(name: str, **facts: Any) -> str:
    """Render a template of this folder; everything in it is escaped."""
    return _environment().get_template(f"{name}.html").render(facts)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(words=words, dutch=dutch)
    return env
