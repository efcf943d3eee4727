"""The pages that people see, in their network's language: HTML that needs no script and no other file."""

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
from shared.http import Problem
from shared.phrases import dutch
from shared.phrases.language import PHRASES

if TYPE_CHECKING:
    from jinja2 import Environment

    from shared.pages.own import OwnPageView


def form_page(network: Network, at: datetime, draft: Draft, problem: Problem | None = None) -> str:
    """Show the form with what was typed: to begin, to correct mistakes, or to try again after a failure."""
    from shared.pages.form import FormView  # an answer in JSON needs none of it

    form = FormView(network.language, draft, form_map(network.form), problem.errors if problem else ())
    return _say("form", network, form=form, problem=problem, late=network.is_closed(at))


def thanks_page(network: Network, reference: str, late: bool) -> str:
    """Confirm that a registration is stored."""
    return _say("thanks", network, reference=reference, late=late)


def own_page(
    seen: "OwnPageView", problem: Problem | None = None, typed: Mapping[str, str] | None = None
) -> str:
    """Show somebody what we have of them and what they can do; after a mistake with what they typed."""
    from shared.pages import own  # only this page needs it
    from shared.pages.form import FormView

    values: dict[str, str] = {**own.values(seen.me), **(typed or {})}
    form = FormView(seen.network.language, Draft(values), FormMap(), problem.errors if problem else ())
    return _say("own", seen.network, own=own, seen=seen, me=seen.me, form=form, problem=problem)


def erased_page(network: Network) -> str:
    """Confirm that somebody's data has gone; there is no page of theirs to go back to."""
    return _say("erased", network)


def revoked_page(network: Network) -> str:
    """Confirm that earlier links are void; the new ones are only in the mail to the registrant."""
    return _say("revoked", network)


def links_page(network: Network, asked: bool = False, problem: Problem | None = None, typed: str = "") -> str:
    """Let somebody who lost their link ask for it; the answer is the same whoever asks."""
    from shared.pages.form import FormView

    form = FormView(network.language, Draft({"email": typed}), FormMap(), problem.errors if problem else ())
    return _say("links", network, asked=asked, problem=problem, form=form)


def problem_page(
    problem: Problem, network: Network | None = None, sent: Sequence[tuple[str, object]] = ()
) -> str:
    """Say why something is not possible, and whom to ask where we know that; what was sent can go again."""
    return _say("problem", network, problem=problem, sent=sent)


def _say(name: str, network: Network | None, problem: Problem | None = None, **facts: Any) -> str:
    language = network.language if network else "nl"
    said = problem.said_in(language) if problem else None
    return render(name, language, network=network, problem=said, **facts)


def render(name: str, language: Language = "nl", /, **facts: Any) -> str:
    """Render a template of this folder; everything in it is escaped."""
    return _environment(language).get_template(f"{name}.html").render(facts)


@cache
def _environment(language: Language) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Path(__file__).parent / "templates"
    env = Environment(
        # What registrants see is there in every language; layout, macros and organisers' pages are beside it.
        loader=FileSystemLoader([templates / language, templates]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(language=language, phrases=PHRASES[language], dutch=dutch)
    return env
