"""The pages for people, in their network's language: HTML without a script or any other file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shared.domain.form.candidates import FormMap
from shared.domain.form.draft import Draft
from shared.domain.form.form_map import form_map
from shared.domain.network.network import Network
from shared.domain.network.parts import Language
from shared.domain.network.questions import form_questions
from shared.http import Problem
from shared.phrases import dutch
from shared.phrases.language import PHRASES

if TYPE_CHECKING:
    from jinja2 import Environment

    from shared.domain.registration.registration import Registration
    from shared.pages.own import OwnPageView


def form_page(
    network: Network, at: datetime, draft: Draft, problem: Problem | None = None, inviter: str = ""
) -> str:
    """Show the form, filled in with a draft: to begin, to correct mistakes, or to try again later.

    `inviter` is the first name of whoever sent the link.
    """
    from shared.pages.form import FormView  # an answer in JSON needs no form

    errors, questions = problem.errors if problem else (), form_questions(network.form.questions)
    form = FormView(network.language, draft, form_map(network.form), errors, questions=questions)
    return _render("form", network, form=form, problem=problem, late=network.is_closed(at), inviter=inviter)


def thanks_page(
    network: Network,
    reference: str,
    late: bool,
    quarantined: bool = False,
    without_address: Sequence[str] = (),
) -> str:
    """Confirm that a registration is stored, and name the colleagues whose address is missing."""
    return _render(
        "thanks",
        network,
        reference=reference,
        late=late,
        quarantined=quarantined,
        without_address=without_address,
    )


def own_page(
    view: "OwnPageView", problem: Problem | None = None, typed: Mapping[str, str] | None = None
) -> str:
    """Show a registrant their data and their actions; after a mistake also what they typed."""
    from shared.pages import own, sharing  # only this page needs them
    from shared.pages.form import FormView

    values: dict[str, str] = {**own.values(view.me), **(typed or {})}
    answers = {q.id: values.get(q.field, view.me.questions.get(q.id, "")) for q in view.questions}
    draft = Draft(values, own.rows(view), questions=answers)
    errors = problem.errors if problem else ()
    form = FormView(view.network.language, draft, FormMap(), errors, questions=view.questions)
    return _render(
        "own", view.network, own=own, sharing=sharing, view=view, me=view.me, form=form, problem=problem
    )


def erased_page(network: Network) -> str:
    """Confirm that a registrant's data is erased; their own page no longer exists."""
    return _render("erased", network)


def revoked_page(network: Network) -> str:
    """Confirm that earlier links are void; the new ones are only in the mail to the registrant."""
    return _render("revoked", network)


def address_page(network: Network, me: "Registration", problem: Problem | None = None) -> str:
    """Let a person confirm, from the mailbox that they asked for, that it is theirs."""
    from shared.pages.form import FormView

    form = FormView(network.language, Draft({}), FormMap(), problem.errors if problem else ())
    return _render("address", network, email=me.new_email, form=form, problem=problem)


def links_page(
    network: Network, is_sent: bool = False, problem: Problem | None = None, typed: str = ""
) -> str:
    """Let a person ask for a lost link; the confirmation is the same for registrants and strangers."""
    from shared.pages.form import FormView

    form = FormView(network.language, Draft({"email": typed}), FormMap(), problem.errors if problem else ())
    return _render("links", network, is_sent=is_sent, problem=problem, form=form)


def problem_page(
    problem: Problem, network: Network | None = None, sent: Sequence[tuple[str, object]] = ()
) -> str:
    """Say why a request is refused and whom to ask; a button sends the fields again, if there are any."""
    return _render("problem", network, problem=problem, sent=sent)


def _render(name: str, network: Network | None, problem: Problem | None = None, **facts: Any) -> str:
    language = network.language if network else "nl"
    worded = problem.in_language(language) if problem else None
    return render(name, language, network=network, problem=worded, **facts)


def render(name: str, language: Language = "nl", /, **facts: Any) -> str:
    """Render a template of this folder; everything in it is escaped."""
    return _environment(language).get_template(f"{name}.html").render(facts)


@cache
def _environment(language: Language) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Path(__file__).parent / "templates"
    env = Environment(
        # Registrants' pages exist in every language; the layout, macros and organisers' pages do not.
        loader=FileSystemLoader([templates / language, templates]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(language=language, phrases=PHRASES[language], dutch=dutch)
    return env
