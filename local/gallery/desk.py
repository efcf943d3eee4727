"""The organiser's part of the season: from the report, through the code, to a decision."""

from collections.abc import Iterator

from local.gallery.scene import Scene, letter
from local.gallery.visitor import Visitor
from local.world import World


def desk(world: World) -> Iterator[Scene]:
    """Yield the organiser's pages, and the mails that follow from what is decided there."""
    sanne = Visitor(world)
    home = "/".join(sanne.link("info", "/organiser/").split("/")[:5])
    yield Scene("page-door", "The organiser's door", sanne.opens(home))
    yield Scene("page-code", "The code from the mailbox", sanne.posts(home, do="ask", sure="yes"))
    yield letter(world, "code", "", "The code")
    yield Scene("page-overview", "The organiser's overview", sanne.posts(home, code=sanne.code()))
    noor, *_ = [r for r in world.registrations() if r.name == "Noor van Dijk"]
    yield Scene(
        "page-school", "A school, its people and their mails", sanne.opens(f"{home}/school/{noor.reference}")
    )
    search = sanne.opens(f"{home}/typing/{noor.reference}")
    yield Scene("page-search", "Which school somebody means", search)
    yield Scene("page-by-hand", "Who calls is registered by hand", sanne.opens(f"{home}/registration"))
    lars = next(r for r in world.registrations() if r.name == "Lars Oude Nijhuis")
    decline = f"{home}/person/{lars.reference}/decline"
    yield Scene("page-order", "What an order will do, before it does it", sanne.opens(decline))
    sanne.posts(decline, why="belde: komt volgend jaar")
    yield letter(world, "declined", "lars", "Cannot take part")
    yield Scene("page-refused", "An order that is no longer possible", sanne.opens(decline))
