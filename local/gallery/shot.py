"""A mail or a page that the gallery shows, and the screens that it is shown on."""

from enum import Enum
from typing import NamedTuple

from local.web import Response, html_response
from local.world import World


class Screen(Enum):
    """The width of a screen in pixels, and whether it is in dark mode."""

    PHONE = (375, False)
    DARK = (375, True)
    DESKTOP = (1200, False)


class Shot(NamedTuple):
    """A mail or a page as a browser gets it; `kind` is the kind of a mail, and empty for a page."""

    name: str
    caption: str
    answer: Response
    kind: str = ""

    def file(self, screen: Screen) -> str:
        """Return the file name of the picture on a screen."""
        return f"{self.name}-{screen.name.lower()}.png"


def mail_shot(world: World, kind: str, to: str, caption: str, name: str = "") -> Shot:
    """Show the latest mail of a kind to an address that begins with `to`."""
    mails = [mail for mail in world.mails() if mail["kind"] == kind and mail["to"][0].startswith(to)]
    return Shot(f"mail-{name or kind}", caption, html_response(mails[-1]["html"]), kind)
