"""A mail within an organiser's page, as its reader will have it."""

import re
from typing import NamedTuple

from markupsafe import Markup

from shared.domain.mail import Mail
from shared.domain.network.parts import Language

_LOOKS = re.compile(r' (?:style|bgcolor|cellpadding|cellspacing|border|width|height|align|valign)="[^"]*"')
_LINK = re.compile(r"<a [^>]*>(.*?)</a>", re.DOTALL)


class ShownLetter(NamedTuple):
    """A mail on a page: its subject, and its words without their looks; none of its links leads anywhere."""

    subject: str
    body: Markup
    name: str = ""  # of this kind of mail


def shown_letter(mail: Mail, language: Language, name: str = "") -> ShownLetter:
    """Show a mail."""
    from shared.mails.render import MailPart, render_block  # few pages show a mail

    html = render_block(mail.kind, language, MailPart.HTML, "body", dict(mail.facts))
    words = _LINK.sub(r'<span class="link">\1</span>', _LOOKS.sub("", html))
    return ShownLetter(mail.subject, Markup(words), name)  # noqa: S704 - autoescaped just now # nosec B704
