"""The deadline moves: whoever was told another date is told the new one, once, and reminded of it anew."""

import json
from datetime import datetime

from tests.journeys.conftest import PATH, Story
from tests.journeys.season import acts
from tests.journeys.test_sites import Organiser


def at(story: Story, text: str) -> None:
    story.world.set_clock(datetime.fromisoformat(f"2023-{text}:00+02:00"))


def deadline(story: Story, day: str) -> None:
    """Have the operator apply the network's file with another deadline."""
    lines = story.world.table.networks()["plg-2023"].splitlines()
    story.world.apply_network(
        "\n".join(f"deadline = 2023-{day}" if line.startswith("deadline") else line for line in lines)
    )


def mornings(story: Story, *days: str) -> None:
    for day in days:
        at(story, f"{day}T07:00")
        story.world.check()


def words(mail: dict[str, str]) -> str:
    return " ".join(f"{mail['subject']} {mail['text']}".split())


def test_a_later_deadline_is_mailed_once_and_reminded_of_anew(story: Story) -> None:
    story.registers("Anna Bos")
    mornings(story, "03-31", "04-06", "04-12")
    at(story, "04-13T10:00")
    deadline(story, "05-05")
    at(story, "04-13T10:15")
    assert story.mails("deadline") == []
    at(story, "04-13T10:30")
    (mail,) = story.mails("deadline")
    assert mail["subject"].startswith("Aanmelden kan nu tot en met vrijdag 5 mei: ")
    assert "aanmelden kon tot en met vrijdag 14 april 2023" in words(mail)
    assert "1 van 2 aangemeld" in words(mail)
    mornings(story, "04-14")
    assert "De deadline is veranderd: was tot en met vrijdag 14 april 2023, is nu tot" in words(
        story.mails("report")[-1]
    )
    mornings(story, "04-15", "04-16", "04-21", "04-28", "05-03", "05-06")
    assert story.kinds("anna") == [
        *("confirmation", "reminder", "reminder", "reminder"),
        *("deadline", "reminder", "reminder", "reminder", "held"),
    ]
    assert len(story.mails("deadline")) == 1


def test_an_earlier_deadline_is_mailed_and_what_remains_is_reminded_of(story: Story) -> None:
    story.registers("Anna Bos")
    mornings(story, "03-31")
    at(story, "04-03T10:00")
    deadline(story, "04-11")
    at(story, "04-03T10:30")
    assert "aanmelden kan nu tot en met dinsdag 11 april 2023" in words(story.mails("deadline")[0])
    mornings(story, "04-04", "04-05", "04-11", "04-12")
    assert story.kinds("anna") == ["confirmation", "reminder", "deadline", "reminder", "reminder", "held"]


def test_a_typing_error_that_is_mended_within_half_an_hour_mails_nobody(story: Story) -> None:
    story.registers("Anna Bos")
    at(story, "04-03T10:00")
    deadline(story, "05-14")
    at(story, "04-03T10:29")
    deadline(story, "04-14")
    mornings(story, "04-04")
    assert story.kinds("anna") == ["confirmation"]


def test_of_three_moves_in_a_row_only_the_last_is_mailed(story: Story) -> None:
    story.registers("Anna Bos")
    for minute, day in (("00", "05-05"), ("20", "05-12"), ("40", "05-19")):
        at(story, f"04-03T10:{minute}")
        deadline(story, day)
    at(story, "04-03T11:09")
    assert story.mails("deadline") == []
    at(story, "04-03T11:10")
    (mail,) = story.mails("deadline")
    assert "vrijdag 19 mei 2023" in words(mail)


def test_each_of_three_moves_that_settled_is_mailed(story: Story) -> None:
    story.registers("Anna Bos")
    for day, new in (("04-03", "05-05"), ("04-04", "04-14"), ("04-05", "05-05")):
        at(story, f"{day}T10:00")
        deadline(story, new)
        at(story, f"{day}T11:00")
    assert [m["subject"].split("met ")[1][:13] for m in story.mails("deadline")] == [
        *("vrijdag 5 mei", "vrijdag 14 ap", "vrijdag 5 mei"),
    ]


def test_who_registers_after_the_move_was_told_the_new_date_already(story: Story) -> None:
    story.registers("Anna Bos")
    at(story, "04-03T10:00")
    deadline(story, "05-05")
    story.registers("Carla Smit", "Dalcollege")
    at(story, "04-03T11:00")
    assert [mail["to"] for mail in story.mails("deadline")] == [["anna@berg.example"]]


def test_who_was_never_told_a_deadline_is_not_told_that_it_moved(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    assert "14 april" not in words(story.mails("invited", "bram")[0])
    at(story, "04-03T10:00")
    deadline(story, "05-05")
    at(story, "04-03T11:00")
    assert [mail["to"] for mail in story.mails("deadline")] == [["anna@berg.example"]]


def test_a_mail_that_says_the_new_deadline_is_enough(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    at(story, "04-03T10:00")
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(toml.replace("min_per_school = 2", "min_per_school = 3"))
    at(story, "04-03T11:00")
    assert story.kinds("anna") == ["confirmation", "changed"]
    deadline(story, "05-05")
    toml = story.world.table.networks()["plg-2023"]
    at(story, "04-03T11:29")
    story.world.apply_network(toml.replace("min_per_school = 3", "min_per_school = 2"))
    at(story, "04-03T11:30")
    at(story, "04-03T12:30")
    assert story.kinds("anna") == ["confirmation", "changed", "complete"]
    assert "vrijdag 5 mei 2023" in words(story.mails("complete", "anna")[0])


def test_a_mail_about_a_place_says_the_deadline_too(story: Story) -> None:
    lines = story.world.table.networks()["plg-2023"]
    story.world.apply_network(lines.replace('late = "keep"', 'late = "keep"\nmax_participants = 1'))
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    at(story, "04-01T10:00")
    story.world.apply_network(lines)
    at(story, "04-01T11:00")
    assert "vrijdag 14 april" in words(story.mails("place", "bram")[0])
    at(story, "04-03T10:00")
    deadline(story, "05-05")
    at(story, "04-03T11:00")
    assert story.kinds("bram") == ["invited", "place", "deadline"]


def test_who_is_gone_is_not_told(story: Story) -> None:
    story.registers("Anna Bos")
    acts(story, "anna", "action=cancel&sure=yes")
    at(story, "04-03T10:00")
    deadline(story, "05-05")
    at(story, "04-03T11:00")
    assert story.mails("deadline") == []


def test_who_takes_part_hears_until_when_a_colleague_can_still_come(story: Story) -> None:
    story.registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example")
    mornings(story, "04-15")
    deadline(story, "05-05")
    at(story, "04-15T10:00")
    assert story.states() == {"Anna": "admitted", "Bram": "admitted"}
    (anna,) = story.mails("deadline")  # Bram, whose school was complete when he was registered, read no date
    assert "Je doet mee, en dat blijft zo." in words(anna)
    assert "tot en met vrijdag 5 mei 2023" in words(anna)


def reopened(story: Story) -> None:
    """Anna is held, Carla was too late, and on 20 April the deadline becomes 5 May."""
    story.registers("Anna Bos")
    mornings(story, "04-15")
    story.registers("Carla Smit", "Dalcollege")
    assert story.states() == {"Anna": "held", "Carla": "late"}
    at(story, "04-20T10:00")
    deadline(story, "05-05")
    at(story, "04-20T10:30")


def test_who_was_held_or_late_hears_that_the_window_is_open_again(story: Story) -> None:
    reopened(story)
    anna, carla = story.mails("deadline", "anna")[0], story.mails("deadline", "carla")[0]
    assert "Je school kan nog compleet worden" in words(anna)
    assert "Meld je opnieuw aan" in words(carla)
    assert "0 van 2 aangemeld" in words(carla)


def test_who_was_late_is_in_time_by_posting_again(story: Story) -> None:
    reopened(story)
    story.registers("Carla Smit", "Dalcollege")
    assert story.states() == {"Anna": "held", "Carla": "registered"}
    assert story.kinds("carla") == ["late", "deadline", "confirmation"]
    story.registers("Dirk Visser", "Dalcollege")
    assert "2 van 2 aangemeld" in words(story.mails("confirmation", "dirk")[0])
    mornings(story, "05-06")
    assert story.states() == {"Anna": "held", "Carla": "admitted", "Dirk": "admitted"}


def test_a_script_reads_that_who_was_late_is_registered(story: Story) -> None:
    reopened(story)
    body = '{"name": "Carla Smit", "email": "carla@berg.example", "school": "Dalcollege"}'
    answer = story.world.http("POST", PATH, {"content-type": "application/json"}, body)
    assert json.loads(answer.body)["status"] == "registered"


def test_a_held_school_is_reminded_again_and_completed(story: Story) -> None:
    reopened(story)
    mornings(story, "04-21")
    assert story.kinds("anna") == ["confirmation", "held", "deadline", "reminder"]
    story.registers("Bram Kuipers")
    assert story.kinds("anna")[-1] == "complete"
    mornings(story, "04-28", "05-06")
    assert story.kinds("anna")[4:] == ["complete", "admitted"]
    assert story.states() == {"Anna": "admitted", "Bram": "admitted", "Carla": "late"}


def test_a_held_school_that_stays_alone_stays_held(story: Story) -> None:
    reopened(story)
    mornings(story, "04-21", "04-28", "05-03", "05-06", "05-07")
    assert story.kinds("anna")[2:] == ["deadline", "reminder", "reminder", "reminder"]
    assert story.states()["Anna"] == "held"


def test_who_was_late_for_the_old_deadline_is_taken_in_with_one_decision(story: Story) -> None:
    story.registers("Eva Laat", "Eikcollege")
    at(story, "04-15T10:00")
    for name in ("Carla Smit", "Dirk Visser", "Fien Mulder"):
        story.registers(name, "Dalcollege")
    at(story, "04-20T10:00")
    deadline(story, "05-05")
    organiser = Organiser(story)
    question = "3 mensen meldden zich te laat aan voor de oude deadline: neem ze op"
    assert question in words(story.mails("report")[-1])
    assert question in organiser.reads()
    assert "Carla Smit (Dalcollege, Utrecht)" in organiser.reads("/late/in")
    organiser.orders("/late/in")
    assert set(story.states().values()) == {"registered"}
    assert story.kinds("carla") == ["late", "confirmation"]
    assert question not in organiser.reads()
    organiser.reads("/late/in", 409)


def test_a_report_tells_a_deadline_that_stood_only_between_two_reports_if_people_read_of_it(
    story: Story,
) -> None:
    story.registers("Anna Bos")
    mornings(story, "04-03")
    at(story, "04-03T10:00")
    deadline(story, "05-05")
    at(story, "04-03T10:30")
    deadline(story, "04-14")
    at(story, "04-03T11:00")
    assert story.kinds("anna")[-2:] == ["deadline", "deadline"]
    mornings(story, "04-04")
    report = words(story.mails("report")[-1])
    assert "Tussendoor was de deadline tot en met vrijdag 5 mei 2023." in report
    assert "Een mail daarover ging naar 1 persoon" in report
    at(story, "04-04T10:00")
    deadline(story, "05-12")
    at(story, "04-04T10:20")
    deadline(story, "04-14")  # a typing error, that nobody read
    at(story, "04-04T11:00")
    mornings(story, "04-05")
    assert "Er is niets veranderd" in words(story.mails("report")[-1])
