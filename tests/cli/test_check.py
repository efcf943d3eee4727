import json

from shared.aws.table import Table
from shared.domain.network.network import Network
from tests.cli.test_main import tweetal
from tests.people import someone

PETRA = someone("Petra Bos", "petra@berg.example")


def test_a_dry_run_of_the_check_shows_each_act_and_does_none(table: Table, plg: Network) -> None:
    table.register([PETRA])
    acts = json.loads(tweetal("check", "plg-2023", "--dry-run", "--at", "2023-03-31T07:00", "--json"))
    assert acts == [
        {"act": "remind", "reference": PETRA.reference, "school": PETRA.school},
        {"act": "report of 2023-03-31", "reference": "", "school": ""},
    ]
    (closed, *_) = json.loads(tweetal("check", "plg-2023", "--dry-run", "--at", "2023-04-15T07:00", "--json"))
    assert closed["act"] == "held"
    assert [r.reminded for r in table.registrations("plg-2023")] == [None]


def test_a_check_by_hand_does_what_the_schedule_would(table: Table, plg: Network) -> None:
    table.register([PETRA])
    assert "forgotten" in tweetal("check", "plg-2023")  # that season is long over
    assert table.registrations("plg-2023") == ()
    assert "there was nothing to do" in tweetal("check", "plg-2023")


def test_a_check_at_another_time_is_only_shown(table: Table, plg: Network) -> None:
    assert "--at goes with --dry-run" in tweetal("check", "plg-2023", "--at", "2023-03-31T07:00")
