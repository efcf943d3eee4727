"""Requests that only cost: bodies, fields, routes, preflights and pings."""

from collections.abc import Iterator

from bench.attack import attack
from bench.scene import NETWORK, PATH, SITE, Scene, as_json, person, place

_JSON = {"content-type": "application/json", "origin": SITE}
_FORM = {"content-type": "application/x-www-form-urlencoded", "origin": SITE}
_MOST = 250_000  # bytes; a post may have 256 KB
_LARGEST = 5_000_000  # bytes of an answer; Lambda refuses more than six million
_BOMBS = (
    "[" * _MOST,
    '{"a":' * (_MOST // 5),
    as_json({"naam": list(range(30_000))}),
    as_json({f"veld{n}": "x" for n in range(15_000)}),
    as_json({"participants": [{"name": "A B"}] * 10_000}),
    '{"naam": ' + "9" * _MOST + "}",
    '{"naam": 1e' + "9" * 100_000 + "}",
    '{"naam": "' + "\\u0000" * 30_000 + '"}',
    '"' + "\\\\" * 100_000 + '"',
)


def _sends(
    scene: Scene, bodies: tuple[str | bytes, ...], headers: dict[str, str], times: int
) -> Iterator[str]:
    for n in scene.many(times * len(bodies), len(bodies)):
        answer = scene.send("POST", PATH, bodies[n % len(bodies)], headers)
        if answer.status >= 500 or len(answer.body) > _LARGEST:
            yield f"body {n % len(bodies)} is answered with {answer.status} and {len(answer.body)} bytes"


@attack(calls=6, processor=400)
def json_bombs(scene: Scene) -> Iterator[str]:
    """JSON of 250 KB: deep, wide, long numbers, many people."""
    yield from _sends(scene, _BOMBS, _JSON, 4)


@attack(calls=6, processor=400)
def many_fields(scene: Scene) -> Iterator[str]:
    """Forms of 250 KB: many fields, many values, brackets, percent signs."""
    bodies = (
        "&".join(f"veld{n}=x" for n in range(24_000)),
        "naam=" + "&naam=".join("x" * 3 for _ in range(25_000)),
        "a" + "[b]" * 60_000 + "=1",
        "%" * _MOST,
        "naam=" + "%F0%9F%98%80" * 20_000,
        "&" * _MOST,
    )
    yield from _sends(scene, bodies, _FORM, 4)


@attack(calls=6, processor=400)
def multiparts(scene: Scene) -> Iterator[str]:
    """Multipart of 250 KB: many parts, one huge, no end, a long boundary."""
    part = '--b\r\ncontent-disposition: form-data; name="veld"\r\n\r\nx\r\n'
    bodies = (
        part * 4000 + "--b--\r\n",
        part.replace("x\r\n", "x" * _MOST),
        "--b\r\n" * 50_000,
        "--b\r\n" + "header: x\r\n" * 20_000 + "\r\n",
        part.replace('"veld"', '"' + "v" * 200_000 + '"') + "--b--",
    )
    yield from _sends(scene, bodies, _FORM | {"content-type": "multipart/form-data; boundary=b"}, 4)


@attack(calls=6, processor=400)
def read_over_and_over(scene: Scene) -> Iterator[str]:
    """JSON of 250 KB whose names, accents, addresses or choices would be read over and over."""
    within = "".join('{"' + ".".join("a" * 140) + '":' for _ in range(11))
    fields = as_json({f"k{n}": "x" for n in range(390)})
    choice = {"label": "q", "value": ["1"] * 20_000, "options": [{"id": "1", "text": "x" * 100_000}]}
    bodies = (
        f"{within}{fields}" + "}" * 11,
        f'{{"x": {{"label": "{"woord " * 30_000}", "value": {fields}}}}}',
        "{" + ",".join(f'"naam": {n}' for n in range(18_000)) + "}",
        as_json({"naam": "a" + "\u0301" * 20_000 + "\u0323" * 20_000}),
        as_json({"naam_collega": "a" * _MOST}),
        as_json({"rij": [["x@" + "." * _MOST + " b", "Jan"]]}),
        as_json({"x": choice}),
        as_json(
            {
                "naam collega": [f"K{n}" for n in range(9000)],
                "email collega": [f"k{n}@x" for n in range(9000)],
            }
        ),
    )
    yield from _sends(scene, bodies, _JSON | {"accept": "text/html"}, 4)


@attack(calls=3)
def too_large(scene: Scene) -> Iterator[str]:
    """Bodies of 5 MB."""
    for _ in scene.many(10, 1):
        if scene.send("POST", PATH, b"x" * 5_000_000, _FORM).status != 413:
            yield "a large body is not refused"


@attack(calls=6)
def long_names(scene: Scene) -> Iterator[str]:
    """Names, schools and addresses of 50 KB."""
    for n in scene.many(40, 4):
        field = ("naam", "schoolnaam", "emailadres")[n % 3]
        if scene.posts(person(n) | {field: "x" * 50_000}).status != 422:
            yield f"a {field} of 50 KB is taken"


@attack(calls=6)
def preflights(scene: Scene) -> Iterator[str]:
    """300 preflights from ever other sites."""
    for n in scene.many(300, 10):
        headers = {"origin": f"https://site{n}.example", "access-control-request-method": "POST"}
        scene.send("OPTIONS", PATH, b"", headers)
    yield from ()


@attack(calls=3)
def unknown_networks(scene: Scene) -> Iterator[str]:
    """300 posts to networks that do not exist."""
    for n in scene.many(300, 10):
        scene.send("POST", f"/networks/plg-{n}/registrations", as_json(person(n)), _JSON)
    yield from ()


@attack(calls=2)
def heads(scene: Scene) -> Iterator[str]:
    """300 times HEAD and GET of the form."""
    queries = ("naam=" + "x" * 300, "&".join(f"v{n}=x" for n in range(1200)), "a" + "[b]" * 2000 + "=x")
    for n in scene.many(300, 12):
        if scene.send(("HEAD", "GET")[n % 2], f"{PATH}?{queries[n % 3]}").status >= 500:
            yield f"{queries[n % 3][:20]} fails"


@attack(calls=4)
def pings(scene: Scene) -> Iterator[str]:
    """300 posts without anybody in them."""
    for n in scene.many(300, 10):
        scene.send("POST", PATH, ("", "{}", "test=1", "action=ping")[n % 4], _FORM)
    yield from ()


@attack(calls=6)
def mistakes(scene: Scene) -> Iterator[str]:
    """300 forms with mistakes, which are counted for the report."""
    for n in scene.many(300, 10):
        scene.posts(person(n) | {"emailadres": f"no address {n}"}, place(n), {"accept": "text/html"})
    yield from ()


@attack(calls=3, processor=60)
def searches(scene: Scene) -> Iterator[str]:
    """200 searches for schools: long, like patterns, and of one letter."""
    queries = (
        "a" * 5000,
        "(a%2B)%2B$" * 50,
        "%25" * 300,
        "a",
        "college+lyceum+school+" * 100,
        "%00%FF%E2%80%AE",
    )
    for n in scene.many(200, 12):
        if scene.send("GET", f"/schools?q={queries[n % len(queries)]}", client=place(n)).status >= 500:
            yield f"{queries[n % len(queries)][:20]} fails"


@attack(calls=2)
def routes(scene: Scene) -> Iterator[str]:
    """200 paths and methods that do not exist, or climb."""
    paths = (
        "/../../etc/passwd",
        f"/networks/{NETWORK}/",
        "/me/",
        "/%2e%2e/me/x",
        "/organiser//x",
        "/networks//registrations",
    )
    for n in scene.many(200, 12):
        if scene.send(("GET", "DELETE", "POST", "PUT")[n % 4], paths[n % len(paths)]).status >= 500:
            yield f"{paths[n % len(paths)]} fails"
