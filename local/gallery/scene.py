"""What there is to see: a mail or a page, with the words under its picture."""

from enum import Enum
from typing import NamedTuple

from local.web import Response, as_page
from local.world import World


class Look(Enum):
    """A screen: its width, and whether its owner likes it dark."""

    PHONE = (375, False)
    DARK = (375, True)
    DESKTOP = (1200, False)


class Shot(NamedTuple):
    """A mail or a page as a browser gets it; `kind` is the mail's kind, or empty for a page."""

    name: str
    caption: str
    answer: Response
    kind: str = ""

    def file(self, look: Look) -> str:
        """Return the name of its picture."""
        return f"{self.name}-{look.name.lower()}.png"


def letter(world: World, kind: str, to: str, caption: str, name: str = "") -> Shot:
    """Show the latest mail of a kind that went to somebody whose address starts so."""
    found = [mail for mail in world.mails() if mail["kind"] == kind and mail["to"][0].startswith(to)][-1]
    return Shot(f"mail-{name or kind}", caption, as_page(found["html"]), kind)
