from datetime import timedelta

import pytest

from shared.aws import misfits
from shared.aws.table import Table
from shared.domain.form.misfit import KEPT, Misfit
from tests.people import AT


def post(*sent: tuple[str, object], network: str = "plg-2023") -> Misfit:
    return Misfit(network, sent or (("naam", "Jan"), ("mail", "jan@berg.example")), AT)


def test_a_post_is_kept_as_it_came_for_two_weeks(table: Table) -> None:
    deep = post(("naam\u0000", "\u202eJosé\n"), ("participants", [{"x": [None, "1.50"]}]))
    assert table.misfits.save(deep)
    assert table.misfits.unexpired("plg-2023", AT + KEPT - timedelta(seconds=1)) == (deep,)
    assert table.misfits.unexpired("plg-2023", AT + KEPT) == ()
    assert table.misfits.unexpired("other", AT) == ()


def test_the_same_post_again_is_kept_once(table: Table) -> None:
    assert table.misfits.save(post())
    assert table.misfits.save(post())
    assert len(table.misfits.unexpired("plg-2023", AT)) == 1


def test_what_a_robot_sends_is_kept_up_to_a_limit_a_day(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(misfits, "MOST_A_DAY", 3)
    kept = [table.misfits.save(post(("x", str(number)))) for number in range(5)]
    assert kept == [True, True, True, False, False]
    assert len(table.misfits.unexpired("plg-2023", AT)) == 3
    assert table.misfits.save(post(network="other"))
    tomorrow = Misfit("plg-2023", (("x", "morgen"),), AT + timedelta(days=1))
    assert table.misfits.save(tomorrow)


def test_what_escapes_make_too_long_is_not_kept(table: Table) -> None:
    assert table.misfits.save(post(("x", "\0" * 10_000)))
    assert not table.misfits.save(post(("x", "\0" * 11_000)))


def test_retention_takes_them_along(table: Table) -> None:
    table.misfits.save(post())
    assert table.delete_people("plg-2023", {}, AT) == 2  # with the count of its day
    assert table.misfits.unexpired("plg-2023", AT) == ()
