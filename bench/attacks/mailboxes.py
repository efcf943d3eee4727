"""Mailboxes: what strangers can have us mail to somebody, and what they can keep from them."""

from collections.abc import Iterator
from itertools import cycle

from bench.attack import attack
from bench.scene import NETWORK, OWN, VERA, Scene, person, place

A_DAY = 4  # mails to one mailbox that others cause: three, and one in the evening
_SPELLINGS = ("v.ic.tim{}", "victim{}", "VICTIM{}", "Vic.Tim{}", "victim+{}", "v.i.c.t.i.m+{}")


def _of_mallory(scene: Scene) -> str:
    """Register Mallory as Vera's colleague, and return the path of their own page."""
    scene.posts(person(0) | {"emailadres": f"m{OWN}", "schoolnaam": "Bergcollege", "plaats": "Utrecht"})
    return scene.link(f"m{OWN}")


def _to_vera(scene: Scene, before: int) -> Iterator[str]:
    mails = len(scene.mails(VERA)) - before
    if mails > A_DAY:
        yield f"{mails} mails to Vera in a day"


@attack(calls=30, mails=A_DAY)
def links_of_a_stranger(scene: Scene) -> Iterator[str]:
    """100 requests for the links of somebody who never registered."""
    for n in scene.many(100, 6):
        scene.presses(f"/links/{NETWORK}", place(n), email="jan@elsewhere.example")
    scene.later(hours=9)
    yield from ()


@attack(calls=30, mails=A_DAY)
def links_of_vera(scene: Scene) -> Iterator[str]:
    """100 requests for Vera's links, a minute apart."""
    for n in scene.many(100, 6):
        scene.presses(f"/links/{NETWORK}", place(n), email=VERA)
        scene.world.go_on()
    scene.later(hours=9)
    yield from ()


@attack(calls=60, mails=A_DAY, places=1)
def comings_and_goings(scene: Scene) -> Iterator[str]:
    """A colleague of Vera's who cancels and comes back 40 times."""
    page, before = _of_mallory(scene), len(scene.mails(VERA))
    for _ in scene.many(40, 3):
        scene.presses(page, action="cancel", sure="yes")
        scene.presses(page, action="restore", sure="yes")
        scene.world.go_on()
    scene.later(hours=9)
    yield from _to_vera(scene, before)


@attack(calls=60, mails=A_DAY, places=1)
def invitations(scene: Scene) -> Iterator[str]:
    """40 invitations of one stranger by one registrant."""
    page = _of_mallory(scene)
    for _ in scene.many(40, 3):
        scene.presses(page, action="invite", colleague_email="jan@elsewhere.example")
        scene.world.go_on()
    scene.later(hours=9)
    if len(scene.mails("jan@elsewhere.example")) > A_DAY:
        yield f"{len(scene.mails('jan@elsewhere.example'))} invitations"


@attack(calls=60, mails=5 + A_DAY, places=1)
def invitations_of_many(scene: Scene) -> Iterator[str]:
    """40 invitations of ever other strangers by one registrant."""
    page = _of_mallory(scene)
    for n in scene.many(40, 7):
        scene.presses(page, action="invite", colleague_email=f"jan{n}@elsewhere.example")
    scene.later(hours=9)
    yield from ()


@attack(calls=80, processor=100, mails=A_DAY, places=1)
def replacements(scene: Scene) -> Iterator[str]:
    """30 replacements, by each other, back and forth."""
    page, before = _of_mallory(scene), len(scene.mails(VERA))
    for n in scene.many(30, 3):
        email = f"{('jan', 'piet')[n % 2]}{OWN}"
        scene.presses(page, action="replace", colleague_name=f"Jan {n} Bos", colleague_email=email)
        page = scene.link(email) if scene.mails(email) else page
        scene.world.go_on()
    scene.later(hours=9)
    yield from _to_vera(scene, before)


@attack(calls=80, mails=A_DAY, places=1)
def corrections(scene: Scene) -> Iterator[str]:
    """A colleague who corrects their school 40 times, to Vera's and away."""
    page, before = _of_mallory(scene), len(scene.mails(VERA))
    for n in scene.many(40, 4):
        school = ("Dalcollege", "Bergcollege")[n % 2]
        scene.presses(page, action="change", name="Mallory M", school=school, place="Utrecht")
        scene.world.go_on()
    scene.later(hours=9)
    yield from _to_vera(scene, before)


@attack(calls=30, mails=A_DAY)
def other_data_of_vera(scene: Scene) -> Iterator[str]:
    """40 posts of Vera's address with other data; then the deadline."""
    for n in scene.many(40, 5):
        scene.posts(person(n) | {"naam": "Vera Smit", "emailadres": VERA}, place(n))
    yield from _to_vera(scene, 1)
    if scene.person(VERA).school != "Bergcollege":
        yield "Vera is of another school"


@attack(calls=40, mails=A_DAY, places=12)
def silence(scene: Scene) -> Iterator[str]:
    """12 fake people on Vera's address; then she is admitted."""
    for n in scene.many(12, 5):
        scene.posts(person(n) | {"emailadres": VERA}, place(n))
    scene.later(hours=9)
    yield from _to_vera(scene, 1)
    scene.registers("Ben Bos", "ben@berg.example")
    scene.closes()
    if not scene.mails(VERA, "admitted"):
        yield "Vera does not hear that she is admitted"


@attack(calls=30, mails=150, places=300, delay=60)
def spellings(scene: Scene) -> Iterator[str]:
    """100 posts of one mailbox in ever new spellings, from ever new addresses."""
    for n, spelling in zip(scene.many(100, 8), cycle(_SPELLINGS), strict=False):
        email = spelling.format(n if "+" in spelling else "") + "@mail.example"
        fields = person(n) | {"emailadres": email}
        if n % 3 == 1:
            fields = person(n) | {"collega_naam": f"Kees K{n}", "collega_email": email}
        scene.posts(fields, place(n))
    scene.later(hours=9)
    boxes = (mail["to"][0].casefold().partition("@")[0].partition("+")[0] for mail in scene.world.mails())
    mails = sum(box.replace(".", "") == "victim" for box in boxes)
    if mails > A_DAY:
        yield f"{mails} mails to one mailbox"


@attack(calls=40, mails=A_DAY, places=130, delay=30)
def crowded_mailbox(scene: Scene) -> Iterator[str]:
    """130 names on one mailbox; then its links."""
    for n in scene.many(130, 28):
        scene.posts(person(n) | {"emailadres": "box@robot.example"}, place(n))
    answer = scene.presses(f"/links/{NETWORK}", email="box@robot.example")
    scene.later(hours=9)
    if answer.status != 200:
        yield f"/links answers {answer.status}"
