"""Which mails the control room lists: of a person, of a kind and of a day, a hundred at a time."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple, Self
from urllib.parse import urlencode

from local.mailbox import Sent

MOST = 100  # on one page


class MailChoice(NamedTuple):
    """A choice of mails by a part of an address or name, a kind and a day, from the so many-th on."""

    person: str = ""
    kind: str = ""
    day: str = ""
    first: int = 0

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """Return the choice that an address of the room makes."""
        first = query.get("vanaf", "")[:6]
        return cls(
            query.get("wie", "").strip(),
            query.get("soort", ""),
            query.get("dag", ""),
            int(first) if first.isdecimal() else 0,
        )

    def matching(self, mails: Sequence[Sent], zone: tzinfo) -> list[Sent]:
        """Return all mails of this choice, in their order."""
        person = self.person.casefold()
        return [
            mail
            for mail in mails
            if self.kind in ("", mail.tags.get("kind", ""))
            and self.day in ("", day_of(mail, zone))
            and (person in f"{' '.join(mail.to)}\n{mail.body('Text')}".casefold())
        ]

    def query(self, first: int = 0) -> str:
        """Write this choice as the rest of an address, from the so many-th mail on: "&wie=anna&vanaf=100"."""
        named = {"wie": self.person, "soort": self.kind, "dag": self.day, "vanaf": first or ""}
        return "".join(f"&{urlencode({name: value})}" for name, value in named.items() if value)


def day_of(mail: Sent, zone: tzinfo) -> str:
    """Return the day on which a mail went out, as clocks there show it: "2023-04-15"."""
    return mail.at.astimezone(zone).date().isoformat()
