"""A rendered mail before it has an address, and the links that it carries."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a mail."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A rendered mail; its subject is always our text, never a visitor's."""

    kind: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


class PersonalLinks(NamedTuple):
    """The signed links in a registrant's mails: to their page, to forward, to confirm an address."""

    me: str
    forward: str
    address: str = ""
