"""Writing to chosen people: what an organiser typed, and what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from shared.domain.message import Audience, MessageGroup
from shared.domain.network.network import Network
from shared.domain.network.sessions import sessions_by_name
from shared.domain.registration.registration import Registration
from shared.domain.text import clean, clean_lines

PAGE = "message"
MOST_IN_SUBJECT, MOST_IN_TEXT, MOST_IN_LINK = 60, 3000, 500
_TOKEN = re.compile(r"[0-9a-f]{32}")


class DraftMistake(StrEnum):
    """What is wrong with what an organiser typed."""

    NOBODY = "nobody"
    NO_SUBJECT = "no_subject"
    LONG_SUBJECT = "long_subject"
    NO_TEXT = "no_text"
    LONG_TEXT = "long_text"
    NO_LINK = "no_link"  # to a file: https, of a site, without a password
    OLD_FORM = "old_form"


class MessageDraft(NamedTuple):
    """A message that is being written."""

    subject: str = ""
    text: str = ""
    link: str = ""
    audience: Audience = Audience()
    token: str = ""


def read_draft(fields: Mapping[str, str], network: Network) -> MessageDraft:
    """Read what was posted, cleaned; a session is one that the network has."""
    audience = Audience(
        tuple(group for group in MessageGroup if fields.get(f"to-{group}")),
        fields.get("school", "")[:20],
        name if (name := fields.get("session", "")) in sessions_by_name(network) else "",
    )
    subject, link = clean(fields.get("subject", "")), clean(fields.get("link", ""))
    return MessageDraft(subject, clean_lines(fields.get("text", "")), link, audience, fields.get("token", ""))


def draft_mistakes(draft: MessageDraft, people: Sequence[Registration]) -> Mapping[str, DraftMistake]:
    """Return what is wrong, by field; of a field the first that is."""
    checks = (
        ("to", not people, DraftMistake.NOBODY),
        ("to", not _TOKEN.fullmatch(draft.token), DraftMistake.OLD_FORM),
        ("subject", not draft.subject, DraftMistake.NO_SUBJECT),
        ("subject", len(draft.subject) > MOST_IN_SUBJECT, DraftMistake.LONG_SUBJECT),
        ("text", not draft.text, DraftMistake.NO_TEXT),
        ("text", len(draft.text) > MOST_IN_TEXT, DraftMistake.LONG_TEXT),
        ("link", bool(draft.link) and not _is_safe(draft.link), DraftMistake.NO_LINK),
    )
    return {field: mistake for field, is_wrong, mistake in reversed(checks) if is_wrong}


def _is_safe(link: str) -> bool:
    """Say whether a link leads to a site over https and hides no other one from whoever reads it."""
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_plain = parts.scheme == "https" and "." in host.strip(".") and "@" not in parts.netloc
    return is_plain and len(link) <= MOST_IN_LINK and not re.search(r"[\s<>\"\\]", link)
