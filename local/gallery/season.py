"""A season of invented people on the local stack, in which every mail and every page occurs."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from local.gallery.desk import desk
from local.gallery.shot import Shot, mail_shot
from local.gallery.visitor import Visitor
from local.world import NETWORKS, World

BASE_URL = "https://aanmelden.tweetal.example"
NETWORK = "plg-2023"
_CONFIRMS = "plg-2024"
# The schools, places and people that register on the first days.
_OTHERS = (
    ("Cals College", "Nieuwegein", ("Fatima El Amrani", "Joost Hendriks", "Maaike de Wit")),
    ("Cals College", "IJsselstein", ("Ruben Smeets",)),
    ("De Breul", "Zeist", ("Anke Brouwer", "Tom Verhoef")),
    ("Corderius College", "Amersfoort", ("Yara Bakker",)),
    ("Gerrit Rietveld College", "Utrecht", ("Daan Mulder", "Sofie Willems")),
    ("'t Genseler", "Hengelo", ("Lars Oude Nijhuis",)),
)


def season(world: World) -> Iterator[Shot]:
    """Play the season, and yield each mail and page when it occurs."""
    yield from _first_day(world)
    yield from _colleagues(world)
    yield from _on_one_mailbox(world)
    yield from _full(world)
    yield from _towards_the_deadline(world)
    yield from _another_address(world)
    yield from desk(world)
    yield from _moved_deadline(world)
    yield from _decided(world)
    yield from _sessions(world)
    yield from _afterwards(world)
    yield from _confirming(world)


def _first_day(world: World) -> Iterator[Shot]:
    noor = Visitor(world)
    fields = {"naam": "Noor van Dijk", "emailadres": "noor@montessori", "plaats": "Zeist"}
    yield Shot("page-form-mistakes", "The form after two mistakes", noor.fills_in(NETWORK, **fields))
    _register(world, "Noor van Dijk", "Montessori Lyceum Herman Jordan", "Zeist", functie="docent wiskunde")
    yield mail_shot(world, "confirmation", "noor", "Registered: one of two", "confirmation-short")
    yield Shot("page-own-short", "A registrant's own page: one of two", noor.opens(noor.link("noor", "/me/")))
    forwarded = Visitor(world).opens(noor.link("noor", "/join/"))
    yield Shot("page-form", "The form behind the link for a colleague", forwarded)
    noor.posts(noor.link("noor", "/me/"), action="invite", colleague_email="piet@montessori.example")
    yield mail_shot(world, "invitation", "piet", "A colleague asks you along")
    yield Shot(
        "page-own-mistakes", "Leaving takes a tick", noor.posts(noor.link("noor", "/me/"), action="cancel")
    )
    yield Shot("page-links", "A form to request a lost link", noor.opens(f"/links/{NETWORK}"))
    answer = noor.posts(f"/links/{NETWORK}", email="noor@montessori.example")
    yield Shot("page-links-asked", "The same answer for every address", answer)
    yield mail_shot(world, "links", "noor", "The links again")
    noor.posts(noor.link("noor", "/me/"), action="data", sure="yes")
    yield mail_shot(world, "data", "noor", "All the data of a registrant, as a file")
    _register(world, "Noor van Dijk", "Montessori Lyceum", "Zeist", functie="teamleider")
    yield mail_shot(world, "already", "noor", "Registered again with other data")


def _colleagues(world: World) -> Iterator[Shot]:
    world.set_clock(world.now + timedelta(days=1))
    emma = {"collega_naam": "Bram Kuipers", "collega_email": "bram@corderius.example"}
    _register(world, "Emma de Boer", "Corderius College", "Amersfoort", **emma)
    yield mail_shot(world, "invited", "bram", "A colleague registered you")
    _register(world, "Hugo Prins", "Corderius College", "Amersfoort")
    yield mail_shot(
        world, "confirmation", "hugo", "Registered: the school is complete", "confirmation-complete"
    )
    forward = Visitor(world).link("noor", "/join/")
    Visitor(world).opens(forward)
    piet = Visitor(world)
    piet.opens(forward)
    person = {"name": "Piet Jansen", "email": "piet@montessori.example"}
    piet.posts(f"/networks/{NETWORK}/registrations", school="Montessori Lyceum Herman Jordan", **person)
    yield mail_shot(world, "complete", "noor", "The school is complete")
    answer = piet.posts(piet.link("piet", "/me/"), action="cancel", sure="yes")
    yield Shot("page-own-cancelled", "Off the list, and how to come back", answer)
    yield mail_shot(world, "cancelled", "piet", "Off the list")
    yield mail_shot(world, "changed", "noor", "A colleague left: short again")


def _on_one_mailbox(world: World) -> Iterator[Shot]:
    box, school = {"emailadres": "administratie@linge.example"}, ("Lek en Linge", "Culemborg")
    for name in ("Bas Vermeer", "Iris Kuiper", "Omar Haddad", "Tess Blom"):
        _register(world, name, *school, **box)
    _register(world, "Bas Vermeer", *school, **box, functie="docent biologie")
    world.set_clock(world.now.replace(hour=17))
    yield mail_shot(world, "together", "administratie", "What was too much for one day, on a shared mailbox")


def _full(world: World) -> Iterator[Shot]:
    toml = (NETWORKS / f"{NETWORK}.toml").read_text()
    world.apply_network(toml.replace("# max_participants = 60", "max_participants = 2"))
    world.set_clock(world.now.replace(hour=9) + timedelta(days=1))
    yield mail_shot(world, "waiting", "emma", "No place for a whole school: on the waiting list")
    world.apply_network(toml)
    world.set_clock(world.now + timedelta(hours=1))
    yield mail_shot(world, "place", "emma", "A place became free")


def _another_address(world: World) -> Iterator[Shot]:
    hugo = Visitor(world)
    hugo.posts(hugo.link("hugo", "/me/"), action="address", email="hugo.prins@corderius.example")
    yield mail_shot(world, "address", "hugo.prins", "Another address, to be confirmed")
    confirm = hugo.link("hugo.prins", "/me/")
    yield Shot("page-address", "The page behind that link", hugo.opens(confirm))
    hugo.posts(confirm, sure="yes")
    yield mail_shot(world, "readdressed", "hugo", "The former address hears of it")


def _towards_the_deadline(world: World) -> Iterator[Shot]:
    for school, place, names in _OTHERS:
        for name in names:
            _register(world, name, school, place)
        world.set_clock(world.now + timedelta(days=1))
    spam = {"website": "https://win.example", "emailadres": "win@spam.example"}
    _register(world, "Win Een Prijs", "Casino", "Ede", **spam)
    _plugin_posts(world, naam="Mees de Groot", emailadres="mees@breul", schoolnaam="De Breul", plaats="Zeist")
    world.set_clock(datetime.fromisoformat("2023-04-05T09:00:00+02:00"))
    world.next_day()
    yield mail_shot(world, "reminder", "noor", "A week before the deadline")
    yield mail_shot(world, "report", "", "The organiser's daily report", "report-open")
    yield Shot("page-problem", "A link that does not work", Visitor(world).opens("/me/wrong"))


def _decided(world: World) -> Iterator[Shot]:
    world.set_clock(datetime.fromisoformat("2023-04-14T09:00:00+02:00"))
    world.next_day()
    emma = Visitor(world)
    yield mail_shot(world, "admitted", "emma", "Taking part, with every date")
    yield mail_shot(world, "admitted", "administratie", "Taking part, on a shared mailbox", "admitted-shared")
    yield mail_shot(world, "held", "noor", "A place is not certain")
    page = emma.opens(emma.link("emma", "/me/"))
    yield Shot("page-own-admitted", "A registrant's own page: taking part", page)
    _register(world, "Lieke Vos", "De Breul", "Zeist")
    yield mail_shot(world, "late", "lieke", "Too late, and kept")


def _moved_deadline(world: World) -> Iterator[Shot]:
    toml = (NETWORKS / f"{NETWORK}.toml").read_text()
    world.apply_network(toml.replace("deadline = 2023-04-14", "deadline = 2023-04-21"))
    world.set_clock(world.now + timedelta(minutes=30))
    yield mail_shot(world, "deadline", "noor", "The deadline moved", "deadline-short")
    world.apply_network(toml)


def _sessions(world: World) -> Iterator[Shot]:
    toml = (NETWORKS / f"{NETWORK}.toml").read_text()
    reminders = "remind_days_before = [14, 7, 2]\nremind_session_days_before = 7"
    moved = toml.replace("2023-06-29", "2023-06-22").replace("remind_days_before = [14, 7, 2]", reminders)
    world.apply_network(moved)
    world.next_day()
    yield mail_shot(world, "moved", "emma", "A session moved")
    world.set_clock(datetime.fromisoformat("2023-05-02T09:00:00+02:00"))
    world.next_day()
    yield mail_shot(world, "upcoming", "emma", "A week before a session")


def _afterwards(world: World) -> Iterator[Shot]:
    toml = (NETWORKS / f"{NETWORK}.toml").read_text()
    without_thanks = "\n".join(line for line in toml.splitlines() if not line.startswith("thanks_url"))
    world.apply_network(without_thanks)
    sam = {"collega_naam": "Sam Pool", "collega_email": "bounce@osg.example"}
    kim = {"naam": "Kim Kok", "emailadres": "kim@osg.example", "school": "OSG Willem Blaeu"}
    thanks = Visitor(world).fills_in(NETWORK, **kim, **sam)
    yield Shot("page-thanks", "The thanks, for a form without a thank-you page of its own", thanks)
    visitor = Visitor(world)
    page = visitor.opens(visitor.link("kim", "/me/"))
    world.sweep()
    yield mail_shot(world, "unreachable", "kim", "A colleague whose address bounced for good")
    yield Shot("page-own-returned", "A colleague whose address takes no mail", page)
    answer = visitor.posts(visitor.link("kim", "/me/"), action="revoke", sure="yes")
    yield Shot("page-revoked", "Old links that no longer open anything", answer)
    own = visitor.link("kim", "/me/")
    visitor.opens(own)
    answer = visitor.posts(own, action="erase", sure="yes")
    yield Shot("page-erased", "Erased, at the registrant's own request", answer)


def _confirming(world: World) -> Iterator[Shot]:
    toml = (NETWORKS / f"{NETWORK}.toml").read_text()
    confirms = toml.replace("deadline = 2023-04-14", 'deadline = 2023-06-10\nconfirm = "always"')
    world.apply_network(confirms.replace(f'id = "{NETWORK}"', f'id = "{_CONFIRMS}"'))
    wendy, school = Visitor(world), {"schoolnaam": "De Breul", "plaats": "Zeist"}
    wendy.fills_in(_CONFIRMS, naam="Wendy Kok", emailadres="wendy@breul.example", **school)
    yield mail_shot(world, "confirmation", "wendy", "An address to be confirmed", "confirmation-to-confirm")
    page = wendy.opens(wendy.link("wendy", "/me/"))
    yield Shot("page-own-to-confirm", "A registrant's own page: an address to be confirmed", page)
    world.set_clock(world.now + timedelta(days=1))
    world.sweep()
    yield mail_shot(world, "confirm", "wendy", "A reminder to confirm")
    world.set_clock(world.now + timedelta(days=2))
    world.sweep()
    yield mail_shot(world, "unconfirmed", "wendy", "Who did not confirm counts no longer")


def _register(world: World, name: str, school: str, place: str, **fields: str) -> None:
    first = name.split()[0].lower()
    domain = next(word for word in school.lower().split() if len(word) > 2)
    basics = {"naam": name, "emailadres": f"{first}@{domain}.example", "schoolnaam": school, "plaats": place}
    Visitor(world).fills_in(NETWORK, **{**basics, **fields})


def _plugin_posts(world: World, **fields: str) -> None:
    """Post as the server of a web site does, where nobody sees our answer."""
    headers = {"content-type": "application/x-www-form-urlencoded", "user-agent": "WordPress/6.4"}
    world.http("POST", f"/networks/{NETWORK}/registrations", headers, urlencode(fields))
