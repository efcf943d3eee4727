"""Nobody who reads our logs, errors, queues, keys or tags reads who registered, or could act as them."""

import json
import re
from datetime import datetime

from typer.testing import CliRunner

from cli.main import app
from tests.privacy.conftest import FORM, PATH, Canary
from tests.privacy.leaks import Seen

JSON = {"content-type": "application/json", "origin": FORM}


def document(canary: Canary) -> dict[str, object]:
    colleague = {
        "name": canary.name("collega"),
        "email": canary.address("mailcollega"),
        "role": canary.bird("rol"),
    }
    return {
        "first_name": canary.bird("voornaam"),
        "infix": "van",
        "last_name": canary.bird("achternaam"),
        "email": canary.address("json"),
        "school": canary.bird("jsonschool"),
        "brin": "00AA",
        "participants": [colleague],
        canary.bird("sleutel"): {"diep": [canary.bird("diep")]},
    }


def test_who_registers(canary: Canary) -> None:
    assert canary.registers().status == 303
    extra = {"collega_naam": canary.name("twee"), "collega_email": canary.address("mailtwee")}
    assert canary.registers("derde", **extra).status == 303
    assert canary.registers(functie=canary.bird("anders")).status == 303  # the same person again
    assert canary.registers("robot", website=canary.bird("spam")).status == 303
    assert canary.sends("POST", PATH, json.dumps(document(canary)), **JSON).status == 201
    parts = [
        ("naam", canary.name("deel")),
        ("email", canary.address("deelmail")),
        ("school", canary.bird("s")),
    ]
    body = (
        "".join(f'--b\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in parts)
        + "--b--\r\n"
    )
    multipart = {"content-type": "multipart/form-data; boundary=b", "origin": FORM}
    assert canary.sends("POST", PATH, body, **multipart).status == 303
    join = canary.link(canary.bird("mailnaam"), "/join/")
    assert canary.sends("GET", join).status == 200
    assert canary.registers("vierde", forward=join.split("/")[2]).status == 303


def test_what_cannot_be_read_or_is_not_valid(canary: Canary) -> None:
    bird, long = canary.bird("fout"), canary.bird("lang") * 40
    for fields in (
        {"e-mail": f"{bird} @ {bird}"},
        {"naam": long, "school": long, "telefoon": long},
        {"collega_email": bird},
    ):
        assert canary.registers(**fields).status == 422
    broken = (
        f'{{"name": "{bird}"',
        "[" * 20 + bird,
        f'{{"name": NaN, "x": "{bird}"}}',
    )
    for body in broken:
        assert canary.sends("POST", PATH, body, **JSON).status == 400
    for ping in (f'{{"{bird}": 1, "{bird}": 2}}', f'["{bird}"]'):
        assert canary.sends("POST", PATH, ping, **JSON).status == 200  # nobody's, so nothing is kept
    wrong = json.dumps({"name": [bird], "email": {bird: bird}, "participants": bird})
    assert canary.sends("POST", PATH, wrong, **JSON).status == 422
    assert canary.sends("POST", PATH, bird.encode() + b"\xff", **JSON).status == 400
    assert canary.sends("POST", PATH, bird * 20_000, **JSON).status == 413
    for kind in (
        f"text/{bird}",
        f"multipart/form-data; boundary={bird}",
        f"application/json; charset={bird}",
        f"{bird}",
    ):
        assert canary.sends(
            "POST", PATH, f"--{bird}\r\nx: {bird}", **{**JSON, "content-type": kind}
        ).status in (400, 415)
    elsewhere = {**JSON, "origin": "https://elders.example"}  # the name of a site is counted, and is nobody's
    assert canary.sends("POST", PATH, '{"name": "x"}', **elsewhere).status == 422
    assert canary.sends("OPTIONS", PATH, "", **elsewhere).status == 403
    for path in (
        f"/networks/{bird}/registrations",
        f"/{bird}",
        f"/me/{bird}",
        f"/links/{bird}",
        f"/join/{bird}",
    ):
        assert canary.sends("POST", path, json.dumps({"name": bird}), **JSON).status in (400, 403, 404)
        assert canary.sends("GET", path).status == 404
    assert canary.sends("GET", f"/schools?q={bird}").status == 200


def test_who_meets_a_form_that_was_changed(canary: Canary) -> None:
    typed = {
        "je-naam": canary.name("naam"),
        "wie": canary.address("mailnaam"),
        canary.bird("veld"): canary.bird("waarde"),
    }
    assert canary.posts(PATH, typed).status == 422
    assert len(canary.world.table.kept_posts.unexpired("plg-2023", canary.world.now)) == 1
    canary.world.next_day()


def test_what_somebody_does_on_their_own_page(canary: Canary) -> None:
    canary.registers()
    me = canary.link(canary.bird("mailnaam"), "/me/")
    for path in (
        me,
        f"{me}/gegevens.json",
        f"{me}/agenda.ics",
        f"{me}/{canary.bird('bestand')}",
        f"{me}?done={canary.bird('done')}",
    ):
        canary.sends("GET", path)
    acts: list[dict[str, str]] = [
        {"action": canary.bird("act")},
        {"action": "invite", "colleague_email": canary.address("gast")},
        {"action": "invite", "colleague_email": canary.bird("geengast")},
        {
            "action": "bring",
            "colleague_name": canary.name("gevolgd"),
            "colleague_email": canary.address("mailgevolgd"),
        },
        {
            "action": "change",
            "name": canary.name("nieuw"),
            "school": canary.bird("andereschool"),
            "role": canary.bird("rol"),
        },
        {"action": "change", "name": "", "school": canary.bird("x") * 90},
        {"action": "links", "sure": "yes"},
        {"action": "data", "sure": "yes"},
        {"action": "cancel", "sure": canary.bird("zeker")},
        {"action": "cancel", "sure": "yes"},
        {"action": "restore", "sure": "yes"},
        {
            "action": "replace",
            "colleague_name": canary.name("opvolger"),
            "colleague_email": canary.address("mailopvolger"),
        },
    ]
    answers = [canary.posts(me, act).status for act in acts]
    assert set(answers) <= {303, 409, 422, 403}
    assert answers.count(303) >= 6
    assert canary.posts("/links/plg-2023", {"email": canary.address("mailopvolger")}).status == 200
    next_me = canary.link(canary.bird("mailopvolger"), "/me/")
    assert canary.posts(next_me, {"action": "erase", "sure": "yes"}).status == 200


def test_what_an_organiser_does(canary: Canary) -> None:
    canary.registers()
    canary.registers("spam", website="x")
    canary.world.next_day()
    door = canary.link("info@", "/organiser/")
    canary.posts(door, {"code": canary.bird("gok")})
    home, cookie = canary.comes_in()
    assert canary.sends("GET", f"{home}?q={canary.bird('zoek')}", cookie=cookie).status == 200
    for page in (
        "/export/csv",
        "/export/xlsx",
        f"/school/{canary.bird('kenmerk')}",
        f"/{canary.bird('blad')}",
    ):
        canary.sends("GET", home + page, cookie=cookie)
    spam, one = (r.reference for r in sorted(canary.world.registrations(), key=lambda r: r.state))
    orders = {
        f"/school/{one}/waive": "waarom",
        f"/person/{one}/admit": "daarom",
        f"/person/{one}/resend": "opnieuw",
        f"/person/{spam}/reject": "spam",
        "/closing/hold": "wacht",
    }
    for order, why in orders.items():
        form = re.findall(
            r'name="form" value="([^"]*)"', canary.sends("GET", home + order, cookie=cookie).text
        )[0]
        canary.birds["form"] = form
        typed = {"form": form, "why": canary.bird(why), "until": canary.bird("datum")}
        canary.posts(home + order, typed, cookie=cookie)
        assert canary.posts(home + order, {**typed, "until": ""}, cookie=cookie).status == 303
    assert canary.posts(f"{home}/closing/release", {"form": canary.bird("vals")}, cookie=cookie).status == 403
    fields = {
        "name": canary.name("beller"),
        "email": canary.address("mailbeller"),
        "why": canary.bird("belde"),
    }
    by_hand = {"form": canary.birds["form"], **fields, "school": canary.bird("belschool"), "step": "do"}
    assert (
        canary.posts(f"{home}/registration", {**by_hand, "email": canary.bird("geen")}, cookie=cookie).status
        == 422
    )
    assert canary.posts(f"{home}/registration", by_hand, cookie=cookie).status == 303


def test_a_season_and_what_comes_after_it(canary: Canary) -> None:
    for bird in ("een", "twee", "drie"):
        canary.registers(bird)
    canary.posts(canary.link(canary.bird("maileen"), "/me/"), {"action": "cancel", "sure": "yes"})
    canary.registers("alleen", school=canary.bird("eenzaam"), plaats="")
    for day in ("2023-03-31", "2023-04-13", "2023-04-15", "2023-05-01", "2023-11-21", "2024-03-01"):
        canary.world.set_clock(datetime.fromisoformat(f"{day}T07:00:00+02:00"))
        canary.world.check()
    assert canary.world.registrations() == []
    assert len([m for m in canary.world.mails() if m["kind"] == "report"]) == 5


def test_an_operator_erases_somebody(canary: Canary) -> None:
    canary.registers()
    env = {"TABLE": canary.world.template.table["TableName"], "COLUMNS": "200"}
    address = canary.address("mailnaam")
    erase = ("person", "erase", address, "--by", "Els", "--yes")
    with canary.world.listening():
        for words in (erase, ("person", "audit")):
            output = CliRunner().invoke(app, words, env=env, catch_exceptions=False).output
            canary.world.traces.append(Seen("terminal", output))
    canary.world.pump()
    assert address not in str(canary.world.registrations())
