"""Crowds: many invented people, from one place and from many."""

from collections.abc import Iterator

from bench.attack import attack
from bench.scene import PATH, SITE, VERA, Scene, as_json, person, place, with_colleagues

_JSON = {"content-type": "application/json", "origin": SITE}
_ENDINGS = ("college", "kollege", " College", "lyceum", "colege", "-college", "coll.", " scholengemeenschap")


def an_hour(scene: Scene) -> int:
    """Return how many people one address may register in an hour."""
    return scene.people_an_hour


@attack(calls=20, mails=an_hour, places=an_hour, delay=30)
def teams(scene: Scene) -> Iterator[str]:
    """200 posts of 11 people from one address."""
    for n in scene.many(200, 3):
        scene.send("POST", PATH, as_json(with_colleagues(n, 10)), _JSON)
    yield from ()


@attack(calls=150, processor=300, mails=300, places=300, delay=60)
def teams_from_everywhere(scene: Scene) -> Iterator[str]:
    """50 posts of 6 people, each from an address of its own."""
    for n in scene.many(50, 2):
        scene.send("POST", PATH, as_json(with_colleagues(n, 5)), _JSON, place(n))
    yield from ()


@attack(calls=20, mails=an_hour, places=an_hour, delay=30)
def one_subscription(scene: Scene) -> Iterator[str]:
    """100 posts from ever new addresses of one IPv6 /64."""
    for n in scene.many(100, 8):
        scene.posts(person(n), f"2a02:a450:0:1::{n:x}")
    yield from ()


@attack(calls=20, mails=an_hour, places=an_hour, delay=30)
def forwarded_for(scene: Scene) -> Iterator[str]:
    """100 posts that each claim another address in X-Forwarded-For."""
    for n in scene.many(100, 8):
        scene.posts(person(n), headers={"x-forwarded-for": place(n), "x-real-ip": place(n)})
    yield from ()


@attack(calls=40, mails=40, places=33)
def one_school(scene: Scene) -> Iterator[str]:
    """33 posts at Vera's school."""
    for n in scene.many(33, 4):
        scene.posts(person(n) | {"schoolnaam": "Bergcollege", "plaats": "Utrecht"})
    yield from ()


@attack(calls=20, mails=lambda s: 3 * s.people_an_hour, places=lambda s: 3 * s.people_an_hour, delay=200)
def hours(scene: Scene) -> Iterator[str]:
    """As many as go through, three hours long."""
    for hour in scene.many(3, 1):
        for n in range(scene.people_an_hour + 4):
            scene.posts(person(100 * hour + n))
        scene.later(hours=1)
    yield from ()


@attack(calls=40, processor=80, mails=lambda s: 2 * s.people_an_hour, places=an_hour, delay=60)
def look_alikes(scene: Scene) -> Iterator[str]:
    """60 schools that are nearly Vera's, and nearly each other's."""
    for n in scene.many(60, 6):
        name = f"Berg{'g' * (n // len(_ENDINGS))}{_ENDINGS[n % len(_ENDINGS)]}"
        scene.posts(person(n) | {"schoolnaam": name, "plaats": ("Utrecht", "Ede", "")[n % 3]})
    if scene.person(VERA).school != "Bergcollege":
        yield "Vera is of another school"
    if len(scene.mails(VERA)) > 1 + 4:
        yield f"{len(scene.mails(VERA))} mails to Vera"


@attack(calls=10, mails=1, places=1)
def same_again(scene: Scene) -> Iterator[str]:
    """One post, a hundred times."""
    answers = {scene.posts(person(1)).header("location") for _ in scene.many(100, 5)}
    if len(answers) > 1:
        yield f"{len(answers)} answers to one post"


@attack(calls=20, mails=an_hour, places=an_hour, delay=30)
def flood(scene: Scene) -> Iterator[str]:
    """1,100 posts from one address."""
    statuses = [scene.posts(person(n)).status for n in scene.many(1100, 8)]
    if scene.is_full and statuses.count(303) > 1030:
        yield f"{statuses.count(303)} of a flood are stored"
