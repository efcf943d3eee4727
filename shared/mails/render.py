"""Renders the one template of a mail as HTML and as plain text, so that both always say the same."""

import re
import textwrap
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from shared.domain.mail import Attachment, Mail
from shared.domain.network.network import Network
from shared.domain.network.parts import Language
from shared.mails import decision_lines, network_lines
from shared.mails import report_lines as lines
from shared.mails.subject import fitted
from shared.phrases import dutch
from shared.phrases.language import PHRASES

_TEMPLATES = Path(__file__).parent / "templates"
_WIDTH = 76  # RFC 3676, section 4.2: at most 78 characters, and mail programs put "> " before them


class MailPart(StrEnum):
    """The two parts of a mail; each has its own layout, paragraphs and buttons."""

    HTML = "html"
    TEXT = "txt"


def render(
    kind: str,
    network: Network,
    *,
    language: Language = "nl",
    attachments: tuple[Attachment, ...] = (),
    **facts: Any,
) -> Mail:
    """Render a mail; the `subject` block of its template is its subject, as far as it fits."""
    facts["network"] = network
    text = _environment(MailPart.TEXT, language).get_template(f"{kind}.jinja")
    html = _environment(MailPart.HTML, language).get_template(f"{kind}.jinja")
    return Mail(
        kind=kind,
        subject=fitted(" ".join(_render_block(text, "subject", facts).split()), network),
        text=_tidy_text(text.render(facts)),
        html=_compact_html(html.render(facts)),
        attachments=attachments,
    )


def render_block(kind: str, language: Language, part: MailPart, block: str, facts: dict[str, Any]) -> str:
    """Render one block of a mail's template; its HTML is safe."""
    return _render_block(_environment(part, language).get_template(f"{kind}.jinja"), block, facts)


def render_part(name: str, part: MailPart, **facts: Any) -> str:
    """Render a piece of an organiser's mail for its template; its HTML is safe."""
    return _environment(part, "nl").get_template(name).render(facts)


def flow(text: str, indent: str = "", first: str = "") -> str:
    """Wrap a paragraph to the width of a text mail; a link is never broken."""
    return textwrap.fill(
        " ".join(text.split()),
        width=_WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def reflow(text: str) -> str:
    """Wrap the paragraphs of a text mail again that are too wide, because something in them grew longer."""
    return "\n\n".join(
        flow(each) if any(len(line) > _WIDTH and " " in line for line in each.splitlines()) else each
        for each in text.split("\n\n")
    )


@cache
def _environment(part: MailPart, language: Language) -> Environment:
    env = Environment(  # nosec B701 # plain text has nothing to escape
        # Mails to registrants exist in every language; the layout, the macros and organisers' mails do not.
        loader=FileSystemLoader([_TEMPLATES / language, _TEMPLATES]),
        autoescape=part is MailPart.HTML,  # noqa: S701 - plain text has nothing to escape
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["flow"] = flow
    env.filters["reflow"] = reflow
    env.globals.update(language=language, phrases=PHRASES[language], dutch=dutch, lines=lines)
    env.globals.update(decision_lines=decision_lines, network_lines=network_lines)
    env.globals.update(layout=f"layout.{part}", part=part.value)
    for name, file in (("m", "parts"), ("r", "report/parts")):
        env.globals[name] = env.get_template(f"{file}.{part}").module
    return env


def _render_block(template: Template, name: str, facts: dict[str, Any]) -> str:
    return "".join(template.blocks[name](template.new_context(facts)))


def _tidy_text(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def _compact_html(html: str) -> str:
    # Gmail cuts mails off at 102 KB, and a third of a table is indentation.
    return re.sub(r"\s*\n\s*", "\n", html).strip() + "\n"
