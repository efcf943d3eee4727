"""A network whose report goes weekly once everything is decided."""

from datetime import datetime, timedelta

from tests.journeys.conftest import Story


def report_days(story: Story, until: str) -> list[str]:
    """Let the check run each morning up to a day, and return the days of the reports so far."""
    while story.world.now < datetime.fromisoformat(f"{until}T07:00:00+02:00"):
        tomorrow = story.world.now.date() + timedelta(days=1)
        story.world.set_clock(datetime.fromisoformat(f"{tomorrow}T07:00:00+02:00"))
        story.world.check()
    return [mail["sent_at"][:10] for mail in story.mails("report")]


def test_the_last_daily_report_says_that_the_next_come_weekly(story: Story) -> None:
    toml = story.world.table.networks()["plg-2023"]
    story.world.apply_network(toml.replace("[organiser]", 'report = "weekly"\n[organiser]', 1))
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    story.world.set_clock(datetime.fromisoformat("2023-04-13T09:00:00+02:00"))
    days = ["2023-04-14", "2023-04-15"]
    assert report_days(story, "2023-04-21") == days
    daily, last = story.mails("report")
    assert "elke ochtend" in daily["text"]
    words = " ".join(last["text"].split())
    assert "Dit is het laatste dagelijkse rapport." in words
    assert "elke zaterdag en op de dag voor een bijeenkomst" in words
    assert report_days(story, "2023-04-23") == [*days, "2023-04-22"]
    story.registers("Carla Smit", "Dalcollege", email="carla@dal.example")  # late: to be decided
    assert report_days(story, "2023-04-24") == [*days, "2023-04-22", "2023-04-24"]
