"""The organiser's part of the season: from the report, through the code, to a decision."""

import re
from collections.abc import Iterator

from local.gallery.shot import Shot, mail_shot
from local.gallery.visitor import Visitor
from local.world import World


def desk(world: World) -> Iterator[Shot]:
    """Yield the organiser's pages, and the mails that follow from the organiser's decisions."""
    sanne = Visitor(world)
    home = "/".join(sanne.link("info", "/organiser/").split("/")[:5])
    yield Shot("page-door", "The organiser's door", sanne.opens(home))
    yield Shot("page-code", "The code from the mailbox", sanne.posts(home, do="ask", sure="yes"))
    yield mail_shot(world, "code", "", "The code")
    yield Shot("page-overview", "The organiser's overview", sanne.posts(home, code=sanne.code()))
    people = sanne.opens(f"{home}/people")
    yield Shot("page-people", "Who is coming, and what they wrote", people)
    attendance = sanne.opens(f"{home}/attendance/1")
    yield Shot("page-attendance", "The list of a session, to print and sign", attendance)
    yield from _writes(world, sanne, f"{home}/message")
    decisions = sanne.opens(f"{home}/decisions")
    yield Shot("page-decisions", "Everything that asks for a decision", decisions)
    everybody = re.findall(r'(?:name="all"|name="pick-01") type="checkbox" value="([^"]+)"', decisions.text)[
        -1
    ]
    yield Shot(
        "page-several",
        "One decision about several people",
        sanne.posts(f"{home}/decisions", all=everybody, release="yes"),
    )
    noor, *_ = [r for r in world.registrations() if r.name == "Noor van Dijk"]
    yield Shot(
        "page-school", "A school, its people and their mails", sanne.opens(f"{home}/school/{noor.reference}")
    )
    search = sanne.opens(f"{home}/typing/{noor.reference}")
    yield Shot("page-search", "Which school somebody means", search)
    yield Shot("page-by-hand", "A form to register somebody who calls", sanne.opens(f"{home}/registration"))
    posts = sanne.opens(f"{home}/posts")
    yield Shot("page-posts", "What a form sent that is not registered", posts)
    complete = re.findall(r'href="([^"]+/post/\w+)"', posts.text)[0]
    yield Shot("page-post", "Such a post, to be completed by hand", sanne.opens(complete))
    lars = next(r for r in world.registrations() if r.name == "Lars Oude Nijhuis")
    decline = f"{home}/person/{lars.reference}/decline"
    yield Shot("page-order", "A preview of what an order will do", sanne.opens(decline))
    yield Shot("page-settings", "What an organiser can change", sanne.opens(f"{home}/settings"))
    dates = f"{home}/settings/dates"
    form = sanne.opens(dates)
    yield Shot("page-settings-dates", "A form to move the deadline and sessions", form)
    inputs = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form.text))
    kept = {name: value for name, value in inputs.items() if value and not name.endswith("-drop")}
    moved = sanne.posts(dates, **{**kept, "sessions-1-date": "2023-07-06"})
    yield Shot("page-settings-change", "What a moved session will do", moved)
    words = {"paragraphs-admitted": "Je kunt achter de school parkeren."}
    revision = {"revision": kept["revision"]}
    shown = sanne.posts(f"{home}/settings/mails", **words, **revision)
    yield Shot("page-settings-mails", "Own words in a mail, as it will be read", shown)
    sanne.posts(decline, why="belde: komt volgend jaar")
    yield mail_shot(world, "declined", "lars", "Cannot take part")
    yield Shot("page-refused", "An order that is no longer possible", sanne.opens(decline))


def _writes(world: World, sanne: Visitor, page: str) -> Iterator[Shot]:
    fields = {
        "to-coming": "yes",
        "session": "2023-05-10",
        "subject": "Het programma van 10 mei",
        "text": "Het programma staat klaar.\n\nNeem een vraag over je school mee.\n\nGroet, Sanne",
        "link": "https://www.voortgezetleren.nl/programma.pdf",
    }
    sanne.opens(page)
    yield Shot("page-message-preview", "A message, as they will read it", sanne.posts(page, **fields))
    yield Shot(
        "page-writing", "Writing to people, and what became of it", sanne.posts(page, step="do", **fields)
    )
    yield mail_shot(world, "message", "emma", "What an organiser wrote")
