"""Invented people: what their mail that comes back does to others, and the places that they hold."""

from collections.abc import Iterator
from datetime import datetime

from bench.attack import attack
from bench.attacks.crowds import an_hour
from bench.scene import OWN, PATH, SITE, VERA, Scene, as_json, person, place, with_colleagues

BEN = "ben@berg.example"
_JSON = {"content-type": "application/json", "origin": SITE}
_LAST_EVENING = datetime.fromisoformat("2023-04-14T20:00:00+02:00")
# Places for Vera's school, and for all whom one place may register.
_CONFIRMS = 'max_participants = {places}\nconfirm = "full"'
_A_DAY = 24  # hours, after which nobody waits if no more is invented


def _of_nobody(number: int, domain: str = "") -> dict[str, str]:
    """Return the fields of somebody whose mail comes back."""
    return person(number) | {"emailadres": f"bounce{number}@{domain or f'nobody{number}.example'}"}


def _decides(scene: Scene) -> Iterator[str]:
    """Yield whatever decisions are not mailed the next morning."""
    scene.closes()
    yield from (
        f"{email} does not hear the decision" for email in (VERA, BEN) if not _is_admitted(scene, email)
    )


def _is_admitted(scene: Scene, email: str) -> bool:
    return bool(scene.mails(email, "admitted"))


def _newcomer(scene: Scene, email: str, school: str) -> Iterator[str]:
    """Yield what is wrong if somebody real is not mailed at once."""
    scene.registers(f"{email.partition('@')[0].title()} Bos", email, school)
    if not scene.mails(email):
        yield f"{email} waits for what a stranger did"


@attack(calls=20, mails=lambda s: min(21, s.people_an_hour), places=an_hour, delay=30)
def bounces(scene: Scene) -> Iterator[str]:
    """221 people from one address whose mail comes back, on the last evening; then decisions."""
    scene.world.set_clock(_LAST_EVENING)
    for n in scene.many(221, 9):
        scene.posts(_of_nobody(n))
    yield from _newcomer(scene, BEN, "Bergcollege")
    yield from _decides(scene)


@attack(calls=20, mails=lambda s: min(21, s.people_an_hour), places=an_hour, delay=30)
def bounces_at_a_school(scene: Scene) -> Iterator[str]:
    """60 colleagues of Vera's who are not there, from one address; then a real one, and decisions."""
    scene.world.set_clock(_LAST_EVENING)
    for n in scene.many(60, 9):
        scene.posts(_of_nobody(n, "berg.example"))
    yield from _newcomer(scene, BEN, "Bergcollege")
    yield from _decides(scene)


@attack(calls=25, mails=25, places=60, delay=30)
def bounces_before_decisions(scene: Scene) -> Iterator[str]:
    """60 people whose mail comes back, each from an address of their own; then decisions the next morning."""
    scene.world.set_clock(_LAST_EVENING)
    scene.registers("Ben Bos", BEN)
    for n in scene.many(60, 12):
        scene.posts(_of_nobody(n), place(n))
    yield from _decides(scene)
    scene.later(hours=_A_DAY)


@attack(calls=60, mails=65, places=60, delay=30)
def bounces_from_everywhere(scene: Scene) -> Iterator[str]:
    """The same, and no decisions; then newcomers from elsewhere, who are mailed within a day."""
    for n in scene.many(60, 12):
        scene.posts(_of_nobody(n), place(n))
    yield from _waits(scene, "carla@zee.example", "Zeecollege")
    yield from _waits(scene, "dirk@bos.example", "Boscollege")


def _waits(scene: Scene, email: str, school: str) -> Iterator[str]:
    """Yield who real is not mailed within a day; let time pass until they are."""
    scene.registers(f"{email.partition('@')[0].title()} Bos", email, school)
    for _ in range(_A_DAY):
        if not scene.mails(email):
            scene.later(hours=1)
            scene.world.sweep()
    if not scene.mails(email):
        yield f"{email} waits for more than a day"


def _confirms(scene: Scene, email: str) -> None:
    scene.answers(scene.link(email), action="confirm", sure="yes")


@attack(calls=150, processor=300, mails=lambda s: 4 * s.people_an_hour, delay=30, registration=_CONFIRMS)
def places_filled(scene: Scene) -> Iterator[str]:
    """Six posts that fill sixty places, to be confirmed; then a real pair, and three days."""
    _confirms(scene, VERA)
    posts = scene.many(6, 1)
    for n in posts:
        people = with_colleagues(n, scene.people_an_hour // len(posts) - 1)
        scene.send("POST", PATH, as_json(people), _JSON)
    scene.later(hours=1)
    pair = ("dirk@zee.example", "eva@zee.example")
    for email in pair:
        scene.registers(f"{email.partition('@')[0].title()} Mol", email, "Zeecollege")
        _confirms(scene, email)
    for _ in scene.many(4, 4):
        scene.world.next_day()
    yield from (f"{email} has no place" for email in pair if not scene.mails(email, "place"))


@attack(calls=8, registration=_CONFIRMS)
def guessed_confirmations(scene: Scene) -> Iterator[str]:
    """200 confirmations by tokens that are nearly Vera's, by her forward link, and without a tick."""
    page, forward = scene.link(VERA), scene.link(VERA, "/join/").rpartition("/")[2]
    home, _, token = page.rpartition("/")
    for n in scene.many(200, 12):
        at = n % len(token)
        wrong = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        tried = (wrong, forward, "A" * len(token))[n % 3]
        scene.presses(f"{home}/{tried}", place(n), action="confirm", sure="yes")
    scene.presses(page, action="confirm")  # as a scanner presses what it finds
    scene.send("GET", f"{page}?action=confirm&sure=yes")
    scene.presses(page, origin="https://evil.example", action="confirm", sure="yes")
    if scene.person(VERA).confirmed_at:
        yield "Vera did not confirm that"


@attack(calls=60, mails=40, places=1, registration=_CONFIRMS)
def confirmed_for_others(scene: Scene) -> Iterator[str]:
    """A registrant who confirms for five invented colleagues in every way; then three days."""
    _confirms(scene, VERA)
    mine, invented = f"m{OWN}", [f"k1x{n}@robot.example" for n in range(4)] + ["bounce1@robot.example"]
    brought = [{"name": f"Kees K{n}", "email": email} for n, email in enumerate(invented)]
    first = {"name": "Mallory M", "email": mine, "school": "School 1", "participants": brought}
    scene.send("POST", PATH, as_json(first), _JSON)
    page = scene.link(mine)
    for n in scene.many(40, 10):
        kees = scene.person(invented[n % 4])
        claims = {"person_key": kees.person_key, "reference": kees.reference, "confirmed_at": "2023-03-20"}
        scene.presses(
            page, action="confirm", sure="yes", colleague=kees.reference, email=kees.email, **claims
        )
        again = {"naam": kees.name, "emailadres": kees.email, "schoolnaam": "School 1"}
        scene.posts({**again, **claims, "action": "confirm", "sure": "yes"})
    bounced = scene.person("bounce1@robot.example").reference
    scene.presses(page, action="correct", colleague=bounced, colleague_email="jan@elsewhere.example")
    scene.presses(page, action="revoke", sure="yes")
    scene.presses(page, action="confirm", sure="yes")  # by the link of before
    scene.presses(scene.link(mine), action="address", email="piet@elsewhere.example")
    scene.presses(scene.link(mine), sure="yes", action="address", email="piet@elsewhere.example")
    for _ in scene.many(4, 4):
        scene.world.next_day()
    confirmed = {r.email for r in scene.world.registrations() if r.confirmed_at}
    yield from (f"{email} did not confirm" for email in confirmed - {VERA, mine})
