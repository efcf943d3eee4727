"""Doors: links, pages and the organiser's sign-in."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator

from bench.attack import attack
from bench.meter import metering
from bench.scene import HOME, HOST, NETWORK, ROBOT, VERA, Scene, person, place, unlike

_WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems")
_FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example")', "<script>alert(1)</script>")


@attack(calls=6)
def tampered_tokens(scene: Scene) -> Iterator[str]:
    """200 tokens that are nearly Vera's."""
    path = scene.link(VERA)
    home, _, token = path.rpartition("/")
    answers = []
    for n in scene.many(200, 12):
        at = n % len(token)
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        answers.append(scene.send("GET", f"{home}/{changed}", client=place(n)))
    if len(unlike(answers)) > 1:
        yield f"wrong tokens are answered differently: {sorted(unlike(answers))}"
    if any(answer.status == 200 for answer in answers):
        yield "a changed token opens a page"


@attack(calls=6)
def invented_tokens(scene: Scene) -> Iterator[str]:
    """200 tokens of any length on every route that takes one."""
    routes = ("/me/{}", "/join/{}", "/organiser/{}", "/me/{}/calendar.ics", "/organiser/{}/export/csv")
    for n in scene.many(200, 10):
        target = routes[n % len(routes)].format("A" * (n * 7 % 900 + 1))
        if scene.send("GET", target, client=place(n)).status in (200, 500):
            yield f"{target[:20]} answers an invented token"


@attack(calls=8)
def scanners(scene: Scene) -> Iterator[str]:
    """A scanner that opens each link in every mail, with HEAD and GET."""
    scene.home()
    texts = [mail["text"] + mail["html"] for mail in scene.world.mails()]
    urls = {url for text in texts for url in re.findall(rf"http://{HOST}(/[^\s\"<>]+)", text)}
    with metering() as meter:
        for _ in scene.many(20, 1):
            for url in sorted(urls):
                scene.send("HEAD", url)
                scene.send("GET", url)
    writes = sum(meter.calls[name] for name in _WRITES)
    if writes:
        yield f"a scanner writes {writes} times"


@attack(calls=12, mails=10)
def guesses(scene: Scene) -> Iterator[str]:
    """Ten requests for codes and fifty wrong ones with a forwarded report; then the organiser."""
    home = scene.home()
    for n in scene.many(10, 5):
        answer = scene.presses(home, do="ask", sure="yes")
        cookie = answer.header("set-cookie").partition(";")[0]
        for wrong in scene.many(5, 3):
            scene.presses(home, cookie=cookie, code=f"{n:03}{wrong:03}")
    if not scene.signs_in(home):
        yield "the organiser cannot sign in"


@attack(calls=12, mails=5)
def guesses_from_everywhere(scene: Scene) -> Iterator[str]:
    """The same from ever new places; then the organiser, with the next report."""
    home = scene.home()
    for n in scene.many(40, 6):
        scene.presses(home, place(n), do="ask", sure="yes")
    if not scene.signs_in(scene.home()):
        yield "the organiser cannot sign in"


@attack(calls=6)
def foreign_buttons(scene: Scene) -> Iterator[str]:
    """40 forms of another site that press our buttons in Vera's browser."""
    page = scene.link(VERA)
    for n in scene.many(40, 4):
        action = ("cancel", "erase", "revoke", "replace")[n % 4]
        scene.presses(page, place(n), origin="https://evil.example", action=action, sure="yes")
    if scene.person(VERA).state.value != "registered":
        yield "Vera did not do that"


@attack(calls=80, processor=300, mails=4)
def who_is_registered(scene: Scene) -> Iterator[str]:
    """Comparing what /links answers for Vera and for strangers."""
    answers: dict[str, set[tuple[object, ...]]] = {VERA: set(), "vero@berg.example": set()}
    scene.asks_links("warm@berg.example", HOME)
    for n in scene.many(20, 2):
        for email, seen in answers.items():
            with metering() as meter:
                answer = scene.asks_links(email, place(n))
            seen.add((answer.status, len(answer.body), *sorted(meter.calls.items())))
    scene.presses(f"/links/{NETWORK}", email="vero@berg.example")
    of_vera, of_nobody = answers.values()
    if of_vera != of_nobody:
        yield f"/links tells who is registered: {of_vera} and {of_nobody}"


# Few requests, so that reading the network for the first one shows: 22 calls each.
@attack(calls=25, mails=6, places=6)
def formulas(scene: Scene) -> Iterator[str]:
    """Names that are formulas or markup; then the organiser's page and sheets."""
    for n, text in enumerate(_FORMULAS):
        scene.posts(person(n) | {"naam": text, "schoolnaam": f"{text} school {n}", "functie": text}, ROBOT)
    home = scene.home()
    cookie = scene.signs_in(home)
    if "<script>alert" in scene.gets(home, cookie).text:
        yield "the overview has a stranger's script"
    table = csv.reader(io.StringIO(scene.gets(f"{home}/export/csv", cookie).body.decode("utf-8-sig")))
    if any(cell[:1] in "=+-@" for row in table for cell in row if cell):
        yield "the CSV has a formula"
    with zipfile.ZipFile(io.BytesIO(scene.gets(f"{home}/export/xlsx", cookie).body)) as book:
        sheets = [book.read(name) for name in book.namelist() if "sheet" in name]
    if any(b"<f>" in sheet for sheet in sheets):
        yield "the XLSX has a formula"
