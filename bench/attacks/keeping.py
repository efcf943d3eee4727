"""Keeping: what strangers can have us store, and what that does to who must read it."""

from collections.abc import Iterator

from bench.attack import attack
from bench.attacks.crowds import an_hour
from bench.scene import PATH, Scene, as_json, person, place, report_home

_JSON = {"content-type": "application/json"}
_REAL = {"name": "Wim Bos", "kleur": "rood"}


@attack(calls=8)
def misfits(scene: Scene) -> Iterator[str]:
    """520 tiny misfits from one address; then a real post of a changed form."""
    for n in scene.many(520, 10):
        scene.send("POST", PATH, as_json({"name": f"x{n}", "kleur": "rood"}), _JSON)
    yield from _real_post_is_kept(scene)


@attack(calls=8)
def misfits_from_everywhere(scene: Scene) -> Iterator[str]:
    """400 misfits, each from an address of its own; then a real post of a changed form."""
    for n in scene.many(400, 10):
        scene.send("POST", PATH, as_json({"name": f"x{n}", "kleur": "rood"}), _JSON, place(n))
    yield from _real_post_is_kept(scene)


def _real_post_is_kept(scene: Scene) -> Iterator[str]:
    scene.send("POST", PATH, as_json(_REAL), _JSON, "5.6.7.9")
    if not any("Wim Bos" in post.text for post in scene.world.kept_posts()):
        yield "a real post is not kept"


@attack(calls=8)
def long_misfits(scene: Scene) -> Iterator[str]:
    """60 misfits of 60 KB; then the overview, the report and its attachments."""
    for n in scene.many(60, 5):
        scene.send(
            "POST", PATH, as_json({"name": f"x{n}", **{f"veld{i}": "y" * 600 for i in range(100)}}), _JSON
        )
    yield from _reading(scene)


@attack(calls=20, mails=an_hour, places=an_hour, delay=30)
def aside(scene: Scene) -> Iterator[str]:
    """300 people put aside; then the overview, the report and its attachments."""
    for n in scene.many(300, 12):
        scene.posts(person(n))
    yield from _reading(scene)


# Few requests, so that reading the network for the first one shows: 22 calls each.
@attack(calls=25, processor=100, mails=an_hour, places=an_hour, delay=30)
def remarks(scene: Scene) -> Iterator[str]:
    """60 people with remarks and unknown fields of 60 KB; then the overview and the report."""
    more = {f"veld{i}": "y" * 600 for i in range(100)}
    for n in scene.many(60, 5):
        scene.posts(person(n) | {"opmerkingen": "z" * 20_000, **more})
    yield from _reading(scene)


@attack(calls=10)
def sites(scene: Scene) -> Iterator[str]:
    """100 posts from ever other sites that are not listed; then the overview and the report."""
    for n in scene.many(100, 8):
        scene.posts(person(n), place(n), {"origin": f"https://site{n}.example"})
    yield from _reading(scene)


def _reading(scene: Scene, page: int = 40_000, mail: int = 60_000, files: int = 400_000) -> Iterator[str]:
    """Yield what is too long for an organiser to read, or for a mail."""
    report = scene.report()
    home = report_home(report)
    overview = len(scene.gets(home, scene.signs_in(home)).body)
    attached = sum(len(each["content_base64"]) * 3 // 4 for each in report["attachments"])
    sizes = (
        ("overview", overview, page),
        ("report", len(report["html"]), mail),
        ("attachments", attached, files),
    )
    yield from (f"{name} of {size:,} bytes" for name, size, most in sizes if size > most)
