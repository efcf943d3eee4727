"""A web form that somebody changed loses nobody."""

import json
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

import pytest
from typer.testing import CliRunner

from cli.main import app
from local.web import Response
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import State
from tests.conftest import PLG
from tests.journeys.conftest import FORM, PATH, Story

Cli = Callable[[str], str]
MENDED = PLG.read_text().replace("[form.fields]", '[form.fields]\ncontactveld = "email"')


def posts(story: Story, naam: str, accept: str = "text/html", **others: str) -> Response:
    """Have somebody fill in a form of which the field of the address was renamed."""
    email = f"{naam.split()[0].lower()}@berg.example"
    sent = {"naam": naam, "contactveld": email, "schoolnaam": "Bergcollege", "plaats": "Utrecht", **others}
    headers = {"content-type": "application/x-www-form-urlencoded", "origin": FORM, "accept": accept}
    return story.world.http("POST", PATH, headers, urlencode(sent))


@pytest.fixture
def cli(story: Story, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """`tweetal form … plg-2023`, at the time of the story."""
    monkeypatch.setattr("cli.form.now", lambda: story.world.now)
    table = story.world.template.table["TableName"]

    def run(command: str) -> str:
        words = ["form", command, "plg-2023", "--table", table]
        return CliRunner().invoke(app, words, catch_exceptions=False).output

    return run


def at(story: Story, text: str) -> None:
    story.world.set_clock(datetime.fromisoformat(text))


def report(story: Story) -> str:
    text: str = story.mails("report")[-1]["text"]
    return " ".join(text.split())


def test_a_post_of_a_changed_form_is_kept_and_the_visitor_can_still_register(story: Story) -> None:
    answer = posts(story, "Anna Bos")
    assert answer.status == 422
    assert "We bewaren je inzending twee weken" in answer.text
    assert 'value="Anna Bos"' in answer.text
    assert story.world.registrations() == []
    assert story.mails() == []  # nobody has proven that this is their address
    story.world.check()
    assert "1 inzending past niet op het formulier" in report(story)
    assert "contactveld (1 keer)" in report(story)
    assert "anna@berg.example" not in report(story)
    story.registers("Anna Bos")  # on the page that came back
    at(story, "2023-03-21T07:00:00+01:00")
    story.world.check()
    assert "niet op het formulier" not in report(story)


def test_after_the_map_is_mended_everybody_is_registered_as_of_when_they_came(story: Story, cli: Cli) -> None:
    at(story, "2023-04-14T23:59:59.900+02:00")
    posts(story, "Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    posts(story, "Carla Smit")
    posts(story, "Carla Smit")  # the button once more
    assert " ".join(cli("misfits").split()).count("email │ contactveld") == 2
    assert "2 left" in cli("release")  # nobody told us yet what the field is
    at(story, "2023-04-18T12:00:00+02:00")
    story.world.apply_network(MENDED)
    assert "2 registered" in cli("release")
    assert story.states() == {"Anna": "registered", "Bram": "registered", "Carla": "registered"}
    assert (story.kinds("anna"), story.kinds("bram")) == (["confirmation"], ["invited"])
    anna = next(r for r in story.world.registrations() if r.name == "Anna Bos")
    assert [(c.state.value, c.by) for c in anna.history] == [
        ("quarantined", "person"),
        ("registered", "operator"),
    ]
    story.world.check()
    assert set(story.states().values()) == {"admitted"}
    assert "there is nothing to release" in cli("release")


def test_who_registered_meanwhile_or_left_again_is_not_registered_twice(story: Story, cli: Cli) -> None:
    for name in ("Anna Bos", "Bram Kuipers", "Carla Smit"):
        posts(story, name)
    reference = story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    bram = next(r for r in story.world.registrations() if r.name == "Bram Kuipers")
    story.world.table.save(bram.become(State.CANCELLED, story.world.now, "person", ""))
    story.world.apply_network(MENDED)
    before = story.kinds("anna")
    output = cli("release")
    assert "2 registered already" in output
    assert "1 registered" in output
    assert story.states() == {"Anna": "registered", "Bram": "cancelled", "Carla": "registered"}
    assert reference in {r.reference for r in story.world.registrations()}
    assert story.kinds("anna") == before  # three mails in a day that others caused
    story.world.set_clock(story.world.now.replace(hour=17))
    assert story.kinds("anna") == [*before, "complete"]  # only because Carla came


def test_who_had_left_or_was_taken_for_a_robot_before_is_registered(story: Story, cli: Cli) -> None:
    reference = story.registers("Anna Bos")
    anna = next(iter(story.world.registrations()))
    assert story.world.table.save(anna.become(State.CANCELLED, story.world.now, "person", ""))
    story.registers("Bram Kuipers", website="https://casino.example")
    assert story.states() == {"Anna": "cancelled", "Bram": "quarantined"}
    story.world.next_day()
    for name in ("Anna Bos", "Bram Kuipers"):
        posts(story, name)
    story.world.apply_network(MENDED)
    assert "2 registered" in cli("release")
    assert story.states() == {"Anna": "registered", "Bram": "registered"}
    assert reference in {r.reference for r in story.world.registrations()}


def test_a_robot_that_posted_a_changed_form_waits_for_that_alone_once_it_is_mended(
    story: Story, cli: Cli
) -> None:
    posts(story, "Bram Kuipers", website="https://casino.example")
    story.world.next_day()
    story.world.apply_network(MENDED)
    cli("release")
    (bram,) = story.world.registrations()
    assert [(c.state, c.at, c.by) for c in bram.history] == [(State.QUARANTINED, bram.received_at, "person")]
    assert bram.history[0].reason == Reason(ReasonCode.HONEYPOT)


def test_who_posts_a_changed_form_too_late_is_released_as_late(story: Story, cli: Cli) -> None:
    at(story, "2023-04-15T00:00:00+02:00")
    posts(story, "Anna Bos")
    story.world.apply_network(MENDED)
    cli("release")
    assert story.states() == {"Anna": "late"}
    assert story.kinds("anna") == ["late"]


def test_a_colleague_who_was_there_stays_and_the_others_are_of_who_was_there(story: Story, cli: Cli) -> None:
    posts(story, "Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    reference = story.registers("Anna Bos")
    story.world.apply_network(MENDED)
    assert "1 registered" in cli("release")
    bram = next(r for r in story.world.registrations() if r.name == "Bram Kuipers")
    assert bram.invited_by == reference


def test_a_program_hears_what_is_missing_and_that_its_post_is_kept(story: Story) -> None:
    answer = posts(story, "Anna Bos", "application/json")
    assert answer.status == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["email"]
    assert "bewaren" in answer.json()["detail"]


def test_what_a_visitor_left_empty_is_not_kept(story: Story, cli: Cli) -> None:
    answer = posts(story, "Anna Bos", emailadres="")
    assert answer.status == 422
    assert "We bewaren" not in answer.text
    assert "contactveld" not in cli("misfits")


def test_after_two_weeks_nothing_of_it_is_left_to_see(story: Story, cli: Cli) -> None:
    posts(story, "Anna Bos")
    at(story, "2023-04-03T10:00:00+02:00")
    story.world.apply_network(MENDED)
    assert "nothing to release" in cli("release")


def test_a_post_of_a_server_that_holds_a_mistake_is_in_the_report(story: Story) -> None:
    sent = {"naam": "Anna Bos", "email": "anna@berg", "schoolnaam": "Bergcollege", "plaats": "Utrecht"}
    headers = {"content-type": "application/x-www-form-urlencoded", "user-agent": "WordPress/6.4"}
    assert story.world.http("POST", PATH, headers, urlencode(sent)).status == 200
    story.world.check()
    assert "1 inzending van de website bevat een fout, en telt niet mee" in report(story)
    assert "niet op het formulier" not in report(story)


def test_an_address_that_only_the_colleague_has_does_not_hide_that_the_form_changed(story: Story) -> None:
    sent = {
        "naam": "Anna Bos",
        "contactveld": "anna@berg.example",
        "schoolnaam": "Bergcollege",
        "participants": [{"name": "Bram Kuipers", "email": "bram@berg.example"}],
    }
    headers = {"content-type": "application/json", "origin": FORM, "accept": "application/json"}
    assert story.world.http("POST", PATH, headers, json.dumps(sent)).status == 422
    story.world.check()
    assert "1 inzending past niet op het formulier" in report(story)


def test_unknown_fields_are_read_anew_after_the_map_is_mended(story: Story, cli: Cli) -> None:
    reference = story.registers(
        "Anna Bos",
        vakgroep_rol="docent",
        tweede="Bram Kuipers",
        tweede_post="bram@berg.example",
        dieet="vega",
    )
    mails = story.kinds("anna")
    fields = 'vakgroep_rol = "role"\ntweede = "colleague_name"\ntweede_post = "colleague_email"'
    story.world.apply_network(PLG.read_text().replace("[form.fields]", f"[form.fields]\n{fields}"))
    output = cli("release")
    assert "1 read anew" in output
    assert "1 registered from unknown fields" in output
    anna, bram = sorted(story.world.registrations(), key=lambda r: r.name)
    assert (anna.reference, anna.role, dict(anna.extra)) == (reference, "docent", {"dieet": "vega"})
    assert (bram.name, bram.email, bram.invited_by) == ("Bram Kuipers", "bram@berg.example", reference)
    assert bram.received_at == anna.received_at
    assert story.kinds("anna") == [*mails, "complete"]
    assert story.kinds("bram") == ["invited"]
    assert "nothing to release" in cli("release")


def test_a_value_that_somebody_has_is_not_replaced_by_an_unknown_field(story: Story, cli: Cli) -> None:
    story.registers("Anna Bos", functie="docent", vakgroep_rol="mentor")
    fields = '[form.fields]\nvakgroep_rol = "role"'
    story.world.apply_network(PLG.read_text().replace("[form.fields]", fields))
    assert "nothing to release" in cli("release")
    (anna,) = story.world.registrations()
    assert (anna.role, dict(anna.extra)) == ("docent", {"vakgroep_rol": "mentor"})
