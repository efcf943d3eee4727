"""A season that is played before it happens: of made-up people, or of last year's."""

import csv
import io
import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest

from local import rehearse as command
from local.rehearsal import _Season
from local.season_posts import UnreadablePostsError, earlier_posts, made_up_posts
from local.world import World
from shared.domain.network.network import read_network
from tests.conftest import PLG

TOML = PLG.read_text()
QUESTIONS = """
[[form.questions]]
id = "diet"
label = "Dieet"
kind = "choice"
choices = ["vega", "alles"]
required = true
"""


def sheet(*rows: tuple[str, ...]) -> str:
    """Return an organiser's CSV with these people: name, address, school, and when they came."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([("Naam", "E-mail", "School", "Ontvangen", "Status"), *rows])
    return f"\ufeff{file.getvalue()}"


def test_one_seed_always_makes_up_the_same_people_in_the_order_of_their_posts() -> None:
    network = read_network(TOML, "plg")
    posts = made_up_posts(network, 12, 1)
    assert posts == made_up_posts(network, 12, 1)
    assert posts != made_up_posts(network, 12, 2)
    assert [post.at for post in posts] == sorted(post.at for post in posts)
    assert len({post.answers["school"] for post in posts}) == 12
    assert all(post.answers["email"].endswith(".example") for post in posts)


def test_made_up_people_answer_what_a_network_asks() -> None:
    posts = made_up_posts(read_network(TOML + QUESTIONS, "plg"), 3, 1)
    assert {post.answers["Dieet"] for post in posts} <= {"vega", "alles"}


def test_last_seasons_people_come_as_long_before_the_deadline_as_they_did() -> None:
    rows = [
        ("Jan", "jan@berg.example", "'=Berg", "08-04-2022 09:00", "doet mee"),
        ("", "", "", "01-04-2022 09:00", "gewist"),
        ("Petra", "petra@berg.example", "\u20072018", "07-04-2022 10:30", "afgemeld"),
    ]
    petra, jan = earlier_posts(read_network(TOML, "plg"), sheet(*rows), date(2022, 4, 8))
    assert f"{jan.at:%Y-%m-%d %H:%M}" == "2023-04-14 09:00"
    assert jan.answers == {"name": "Jan", "email": "jan@berg.example", "school": "=Berg"}
    assert (petra.answers["school"], f"{petra.at:%d %H:%M}") == ("2018", "13 10:30")


def test_a_file_without_these_columns_is_refused_in_words() -> None:
    network = read_network(TOML, "plg")
    with pytest.raises(UnreadablePostsError, match="lacks E-mail, School, Ontvangen"):
        earlier_posts(network, "Naam;Iets\nJan;x\n", None)
    with pytest.raises(UnreadablePostsError, match="Ontvangen"):
        earlier_posts(network, sheet(("Jan", "jan@berg.example", "Berg", "gisteren", "")), None)


def test_who_gets_a_place_because_others_are_too_many_is_mailed_on_that_day(tmp_path: Path) -> None:
    toml = TOML.replace('late = "keep"', 'late = "keep"\nmax_participants = 2\nconfirm = "never"')
    people = [("Jan", "Berg", "01"), ("Wim", "Dal", "02"), ("Petra", "Berg", "03"), ("Els", "Berg", "07")]
    rows = [(name, f"{name}@x.example", school, f"{day}-03-2023 09:00", "") for name, school, day in people]
    network = read_network(toml, "plg")
    with World(networks_dir=tmp_path) as world:
        world.now = network.opens_at - timedelta(days=1)
        world.apply_network(toml)
        season = _Season(world, network, 3)
        for post in earlier_posts(network, sheet(*rows), None):
            season._go_on(post.at)
            season._send(post)
        season._go_on(world.now + timedelta(days=2))
        (place,) = (mail for mail in world.mailbox.sent if mail.tags["kind"] == "place")
    assert (place.to, f"{place.at:%Y-%m-%d}") == (["Wim@x.example"], "2023-03-07")


# The whole season of one school and somebody who is alone, and no day on which nothing happens.
def test_a_season_is_played_from_the_first_post_to_the_day_on_which_everything_is_deleted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people = sheet(
        ("Jan", "jan@berg.example", "Berg", "01-03-2023 09:00", ""),
        ("Petra", "petra@berg.example", "Berg", "01-03-2023 10:00", ""),
        ("Wim", "wim@dal.example", "Dal", "13-04-2023 10:00", ""),
        ("Els", "els@dal.example", "Dal", "13-04-2022 10:00", ""),
    )
    confirms = TOML.replace('late = "keep"', 'late = "keep"\nconfirm = "always"')
    order = {"toml": confirms, "posts": people, "deadline": "", "minimum": 3, "schools": 1, "seed": 1}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(order)))
    command.main()
    shown = capsys.readouterr().out
    played = json.loads(shown)
    assert (played["posts"], played["refused"]) == (4, 1)
    sent = [(mail["date"], mail["kind"], mail["people"]) for mail in played["mails"]]
    assert sent == [
        ("2023-03-01", "confirmation", 2),
        ("2023-03-01", "complete", 1),
        ("2023-04-13", "confirmation", 1),
        ("2023-04-15", "admitted", 2),
        ("2023-04-15", "held", 1),
    ]
    assert played["decided"] == {"date": "2023-04-15", "people": {"admitted": 2, "held": 1}}
    assert played["minimum"] == {"minimum": 3, "dropped": ["Berg"], "stayed": []}
    assert (played["reports"]["first"], played["reports"]["last"]) == ("2023-02-01", "2023-11-21")
    assert played["deleted"] == "2024-02-22"
    assert "@" not in shown
