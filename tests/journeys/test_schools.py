"""A school is recognised however it is typed, and what an organiser says of it is remembered."""

import json
from datetime import datetime, timedelta
from typing import Any

from shared.domain.decision import Decision, Kind
from shared.domain.schools.matching import Typed, alias_key
from tests.journeys.conftest import Story


def hoeksteen(story: Story) -> tuple[str, str]:
    """Have two people register whose schools are alike, but not surely one."""
    return (
        story.registers("Carla Smit", "De Hoeksteen", plaats="Urk", email="carla@x.example"),
        story.registers("Dirk Mol", "de hoeksteen locatie Haven", plaats="", email="dirk@y.example"),
    )


def rule_on(story: Story, kind: Kind, *schools: tuple[str, str]) -> Decision:
    about, value = (alias_key(Typed(*school)) for school in schools)
    word = Decision("plg-2023", f"{kind}-1", kind, about, "Els", "gebeld", story.world.now, value=value)
    story.world.table.save_decision(word)
    return word


def report(story: Story) -> dict[str, Any]:
    story.world.next_day()
    return story.mails("report")[-1]


def test_two_spellings_of_one_school_make_it_complete(story: Story) -> None:
    story.registers("Anna Bos", "Willem Lodewijk Gymnasium", plaats="Groningen", email="anna@gmail.com")
    story.registers("Bram Kuipers", "WLG", plaats="groningen", email="bram@wlg.nl")
    assert story.kinds("anna") == ["confirmation", "complete"]
    assert "je school is compleet" in story.mails("confirmation", "bram")[0]["text"].lower()


def test_who_writes_it_otherwise_reads_how_we_read_it_and_nobody_else_does(story: Story) -> None:
    story.registers("Anna Bos", "WLG", plaats="Groningen", email="anna@gmail.com")
    story.registers("Bram Kuipers", "Willem Lodewijkgymnasium", plaats="Groningen", email="bram@gmail.com")
    story.registers("Carla Smit", "Ichthus", plaats="", email="carla@gmail.com")
    read = "Wij lezen je school als Willem Lodewijkgymnasium in Groningen"
    texts = {m["to"][0]: " ".join(m["text"].split()) for m in story.mails("confirmation")}
    assert read in texts["anna@gmail.com"]
    assert "Wij lezen" not in texts["bram@gmail.com"]
    assert "Wij lezen" not in texts["carla@gmail.com"]


def test_what_is_not_sure_is_asked_and_the_answer_completes_the_school(story: Story) -> None:
    hoeksteen(story)
    first_report = report(story)
    assert "Is dit één school?" in first_report["text"]
    rule_on(story, Kind.SAME, ("De Hoeksteen", "Urk"), ("de hoeksteen locatie Haven", ""))
    answered = report(story)
    assert answered["subject"].startswith("PLG: 1 school compleet")
    assert "Is dit één school?" not in answered["text"]


def test_an_answer_that_is_undone_takes_nobodys_decided_place(story: Story) -> None:
    hoeksteen(story)
    word = rule_on(story, Kind.SAME, ("De Hoeksteen", "Urk"), ("de hoeksteen locatie Haven", ""))
    story.world.set_clock(datetime.fromisoformat("2023-04-14T12:00:00+02:00"))
    story.world.next_day()
    assert set(story.states().values()) == {"admitted"}
    story.world.table.undo_decision(word, story.world.now)
    for days in (0, 1, 7):  # a repair window that nobody has would end in the last of these
        story.world.set_clock(story.world.now + timedelta(days=days))
        story.world.next_day()
    assert set(story.states().values()) == {"admitted"}


def test_who_is_typing_gets_schools_suggested(story: Story) -> None:
    answer = story.world.http("GET", "/schools?q=willem+lodewyk")
    assert answer.status == 200
    assert json.loads(answer.body)[0] == {
        "brin": "02CR", "vestiging": "00", "name": "Willem Lodewijkgymnasium", "place": "Groningen",
    }  # fmt: skip
