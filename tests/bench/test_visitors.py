"""What is computed of visitors and crowds, and that docs/scale.md says the same."""

from pathlib import Path

import pytest

from bench.visitors import LIMITS, Bucket, Environments, cold_share, crowd

SCALE = (Path(__file__).parents[2] / "docs/scale.md").read_text()


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("number", [300, 3_000])
def test_the_page_says_what_a_crowd_meets(name: str, number: int) -> None:
    fares = crowd(number, LIMITS[name])
    assert f"| {number:,} | {name} | {fares.at_first:,} | {fares.seconds:.1f} s |" in SCALE


def test_the_page_says_how_many_meet_a_cold_start() -> None:
    few, many = (round(100 * cold_share(visitors, is_kept_warm=False)) for visitors in (20, 200))
    assert f"who come by chance, {few} % meet a cold start; of two hundred {many} %" in SCALE
    assert cold_share(20, is_kept_warm=True, days=20) < 0.01


def test_a_bucket_lets_through_what_it_has_and_what_came_since() -> None:
    bucket = Bucket(2, 1)
    assert [bucket.take(at) for at in (0, 0, 0, 1, 1.5, 9, 9, 9)] == [True] * 2 + [
        False,
        True,
        False,
        True,
        True,
        False,
    ]


def test_an_environment_serves_one_at_a_time_and_is_gone_after_ten_minutes() -> None:
    environments = Environments(1)
    assert environments.serve(0) == (1.0, True)
    assert environments.serve(0.5) is None
    assert environments.serve(2) == (2.02, False)
    assert environments.serve(700) == (701.0, True)
