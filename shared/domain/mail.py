"""A rendered mail before it has an address, and the links that it carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a mail."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A rendered mail; its subject is always our text, never a visitor's.

    `facts` is what its template was given: one mail to several people is made from theirs.
    """

    kind: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


class PersonalLinks(NamedTuple):
    """The signed links in a registrant's mails: to their page, to forward, to confirm an address."""

    me: str
    forward: str
    address: str = ""
