"""A network that asks to confirm addresses: who does not holds no place and completes no school."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from local.web import Response
from tests.journeys.conftest import Story

PLAIN = 'late = "keep"'
HOME = {"content-type": "application/x-www-form-urlencoded", "origin": "http://127.0.0.1:8080"}


def asks(story: Story, keys: str = 'confirm = "always"') -> None:
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(toml.replace(PLAIN, f"{PLAIN}\n{keys}"))


def words(mail: dict[str, Any]) -> str:
    return " ".join(f"{mail['subject']} {mail['text']}".split())


def path(story: Story, name: str) -> str:
    link = next(w for w in story.mails(to=name)[0]["text"].split() if "/me/" in w)
    return f"/{link.partition('//')[2].partition('/')[2]}"


def page(story: Story, name: str) -> str:
    shown = story.world.http("GET", path(story, name))
    assert shown.status == 200
    return " ".join(shown.body.decode().split())


def acts(story: Story, name: str, action: str, /, **typed: str) -> Response:
    body = urlencode({"action": action, "sure": "yes", **typed}).encode()
    return story.world.http("POST", path(story, name), HOME, body)


def after(story: Story, **later: float) -> None:
    """Sweep some time after 20 March, 9.00."""
    start = datetime.fromisoformat("2023-03-20T09:00:00+01:00")
    story.world.set_clock(start + timedelta(**later))
    story.world.sweep()


@pytest.fixture
def pair(story: Story) -> Story:
    """Anna and Bram, each of whom is told that their school is complete, and how to confirm."""
    asks(story)
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    assert "Bevestig je e-mailadres" in words(story.mails(to="bram")[0])
    return story


def test_a_colleague_who_does_not_confirm_completes_no_school_and_everybody_hears_it(pair: Story) -> None:
    assert acts(pair, "anna", "confirm").status == 303
    after(pair, days=1)
    assert pair.kinds("bram") == ["confirmation", "confirm"]
    after(pair, days=3, seconds=-1)
    assert pair.states() == {"Anna": "registered", "Bram": "registered"}
    after(pair, days=3)
    assert pair.states() == {"Anna": "registered", "Bram": "unconfirmed"}
    assert pair.kinds("bram") == ["confirmation", "confirm", "unconfirmed"]
    assert pair.kinds("anna") == ["confirmation", "complete", "changed"]
    changed = words(pair.mails(to="anna")[-1])
    assert "Een collega heeft het e-mailadres niet bevestigd" in changed
    assert "doet niet meer mee" not in changed
    after(pair, days=9)
    assert len(pair.kinds("bram")) == 3
    assert acts(pair, "bram", "confirm").status == 303
    assert pair.states()["Bram"] == "registered"
    assert pair.kinds("bram")[-1] == "confirmation"
    assert pair.kinds("anna")[-1] == "complete"


def test_opening_the_page_confirms_nothing_and_its_button_takes_a_tick(pair: Story) -> None:
    assert "Ja, bram@berg.example is van mij" in page(pair, "bram")
    assert acts(pair, "bram", "confirm", sure="").status == 422
    after(pair, days=4)
    assert pair.states()["Bram"] == "unconfirmed"
    assert "Je telt nu niet mee." in page(pair, "bram")


def test_whoever_acts_on_their_own_page_has_confirmed(pair: Story) -> None:
    acts(pair, "anna", "links")
    acts(pair, "bram", "invite", colleague_email="carla@berg.example")
    assert "is van mij" not in page(pair, "bram")
    after(pair, days=4)
    assert set(pair.states().values()) == {"registered"}


def test_whoever_saves_what_was_there_has_confirmed_and_so_has_who_corrects_a_colleague(
    story: Story,
) -> None:
    asks(story)
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bounce-bram@berg.example")
    story.registers("Carla Smit")
    bram = next(r for r in story.world.registrations() if r.name == "Bram Kuipers")
    typed = {"colleague": bram.reference, "colleague_email": "bram@berg.example"}
    assert acts(story, "anna", "correct", **typed).status == 303
    saved = {"name": "Carla Smit", "school": "Bergcollege", "place": "Utrecht"}
    assert acts(story, "carla", "change", **saved).status == 303
    after(story, days=4)
    assert story.states() == {"Anna": "registered", "Bram": "unconfirmed", "Carla": "registered"}


def test_a_colleague_whom_somebody_brings_confirms_too(story: Story) -> None:
    asks(story)
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    invited = words(story.mails("invited", to="bram")[0])
    assert "Bevestig je e-mailadres" in invited
    assert "hoeft niets te doen" not in invited
    acts(story, "anna", "confirm")
    acts(story, "anna", "replace", colleague_name="Carla Smit", colleague_email="carla@berg.example")
    assert "Bevestig je e-mailadres" in words(story.mails(to="carla")[0])
    after(story, days=4)
    assert story.states() == {"Anna": "cancelled", "Bram": "unconfirmed", "Carla": "unconfirmed"}


def test_a_place_goes_to_who_waited_and_who_confirms_later_waits(story: Story) -> None:
    asks(story, 'max_participants = 2\nconfirm = "full"')
    story.registers("Fake Naam", collega_naam="Nep Naam", collega_email="nep@berg.example")
    after(story, hours=1)
    dirk = {"collega_naam": "Eva Vos", "collega_email": "eva@zee.example"}
    story.registers("Dirk Mol", "Zeecollege", email="dirk@zee.example", **dirk)
    acts(story, "dirk", "confirm")
    acts(story, "eva", "confirm")
    assert "wachtlijst" in words(story.mails(to="dirk")[0])
    after(story, days=3)
    assert [kinds[-1] for kinds in map(story.kinds, ("dirk", "eva"))] == ["place", "place"]
    acts(story, "fake", "confirm")
    acts(story, "nep", "confirm")
    after(story, days=3, hours=1)
    assert story.kinds("dirk")[-1] == "place"
    assert "wachtlijst" in words(story.mails(to="fake")[-1])


def test_a_post_on_an_address_that_was_not_confirmed_brings_nobody_back(pair: Story) -> None:
    after(pair, days=3)
    pair.registers("Bram Kuipers")
    assert pair.states()["Bram"] == "unconfirmed"
    assert pair.kinds("bram")[-2:] == ["unconfirmed", "unconfirmed"]
    pair.registers("Bram Kuipers")
    assert pair.kinds("bram").count("unconfirmed") == 2


def test_who_registered_before_is_asked_from_the_moment_that_the_network_asks(story: Story) -> None:
    story.registers("Anna Bos")
    after(story, days=9)
    assert story.kinds("anna") == ["confirmation"]
    asks(story)
    assert story.kinds("anna") == ["confirmation", "confirm"]
    after(story, days=11, hours=23)
    assert story.states() == {"Anna": "registered"}
    assert story.kinds("anna") == ["confirmation", "confirm", "confirm"]
    after(story, days=12)
    assert story.states() == {"Anna": "unconfirmed"}


def test_the_deadline_tells_nobody_that_they_take_part_before_they_confirm(story: Story) -> None:
    asks(story)
    story.world.set_clock(datetime.fromisoformat("2023-04-14T12:00:00+02:00"))
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    acts(story, "anna", "confirm")
    story.world.set_clock(datetime.fromisoformat("2023-04-15T07:00:00+02:00"))
    story.world.check()
    assert story.states() == {"Anna": "admitted", "Bram": "registered"}
    acts(story, "bram", "confirm")
    story.world.set_clock(datetime.fromisoformat("2023-04-16T07:00:00+02:00"))
    story.world.check()
    assert story.states() == {"Anna": "admitted", "Bram": "admitted"}


def test_the_report_counts_who_has_not_confirmed(pair: Story) -> None:
    acts(pair, "anna", "confirm")
    pair.world.next_day()
    report = words(pair.mails("report")[-1])
    assert "1 persoon heeft het e-mailadres niet bevestigd" in report
    after(pair, days=3)
    pair.world.next_day()
    report = words(pair.mails("report")[-1])
    assert "niet bevestigd. Daarvan telt er 1 niet mee" in report
    assert "1 Niet bevestigd" in report


def test_where_a_network_does_not_ask_nothing_changes(story: Story) -> None:
    asks(story, 'confirm = "full"')  # without a limit of places
    story.registers("Anna Bos")
    assert "Bevestig" not in words(story.mails(to="anna")[0])
    after(story, days=9)
    assert story.states() == {"Anna": "registered"}
    assert story.kinds("anna") == ["confirmation"]
    assert acts(story, "anna", "confirm").status == 422
