"""Whole seasons, a few in each run of the tests; `make seasons` plays as many as you like."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from multiprocessing import get_context

import pytest

from shared.aws.kept_posts import KeptPosts
from shared.aws.table import Table
from shared.domain.registration import confirming
from shared.domain.rule import plan
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.mails import owed
from tests.seasons import shrink
from tests.seasons.cast import DEAD, Person, Typing
from tests.seasons.play import Outcome, play, played
from tests.seasons.rules import ZONE, Rules
from tests.seasons.script import Act, Season, kept, season
from tests.seasons.story import story

_SMALL = 60  # acts
_BROKE = [seed for seed in kept() if len(season(seed).acts) <= _SMALL]
_QUICK = {3}  # the others take long, and are of the slow tests
_SEEDS = [
    seed if seed in _QUICK else pytest.param(seed, marks=pytest.mark.slow)
    for seed in sorted({*_BROKE, *_QUICK, 2, 4, 5, 6, 7, 8, 9})
]


@pytest.mark.parametrize("seed", _SEEDS)
def test_a_season_loses_nobody_and_tells_everybody_once(seed: int) -> None:
    assert played(seed).broken == ""


def test_one_seed_is_one_season() -> None:
    assert season(7) == season(7)
    assert season(7).acts != season(8).acts


def test_one_seed_is_one_season_in_any_process() -> None:
    """Sets of words and of dates have another order in each; 31103 moves its deadline twice."""
    with get_context("spawn").Pool(1) as other:
        assert other.apply(season, (31103,)) == season(31103)


def pair(chance: int = 0) -> Season:
    """Two people of one school, who are admitted when the deadline has passed."""
    rules = Rules(date(2023, 4, 14), 2, "hold", "keep", 7, (7,))
    people = (
        Person(0, "Anna Bos", "anna@berg.example", "Berg"),
        Person(1, "Bram Smit", "bram@berg.example", "Berg"),
    )
    typing = Typing("Berg", "Bergcollege", "Utrecht")

    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE)

    acts = (
        Act(at("2023-03-21T10:00"), "register", 0, typing),
        Act(at("2023-03-22T10:00"), "register", 1, typing, luck=chance),
        Act(at("2023-04-15T07:00"), "check"),
    )
    return Season(0, rules, people, acts)


def test_who_is_not_decided_about_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert play(pair()).broken == ""
    monkeypatch.setattr(plan, "decide_closing", lambda *_: ())
    broken = play(pair()).broken
    assert "Anna Bos" in broken
    assert "('admitted', 'check')" in broken


def test_who_is_not_forgotten_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = datetime.combine(pair().rules.kept_until, time(7), ZONE)
    after = (Act(kept, "check"), Act(kept + timedelta(days=1), "check"))
    longer = pair()._replace(acts=(*pair().acts, *after))
    assert play(longer).broken == ""
    monkeypatch.setattr(Table, "delete_people", lambda *_: 0)
    assert "Anna Bos <anna@berg.example> is not forgotten" in play(longer).broken


def test_who_is_not_told_that_the_session_moves_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    move = Act(datetime(2023, 4, 20, 12, tzinfo=ZONE), "move", others=(7,))
    moved = pair()._replace(acts=(*pair().acts, move))
    assert play(moved).broken == ""
    monkeypatch.setattr(owed, "of_sessions", lambda *_: iter(()))
    assert "'moved', 'anna@berg.example') came 0 times, and must come 1 times" in play(moved).broken


def test_who_is_not_told_that_the_deadline_moves_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    move = Act(datetime(2023, 4, 5, 12, tzinfo=ZONE), "deadline", others=(7, 0))
    first, second, closing = pair().acts
    checks = [closing._replace(at=closing.at + timedelta(days=days)) for days in (0, 7)]
    moved = pair()._replace(acts=(first, second, move, *checks))
    assert play(moved).broken == ""
    monkeypatch.setattr(owed, "of_deadline", lambda *_: iter(()))
    assert "Anna Bos waits, and last read of the deadline 2023-04-14" in play(moved).broken


def test_who_brought_somebody_whom_no_mail_reaches_hears_it_or_that_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, _, closing = pair().acts
    anna, bram = pair().people
    dead = pair()._replace(
        people=(anna, bram._replace(email=f"{DEAD}{bram.email}")),
        acts=(first._replace(others=(1,)), Act(first.at + timedelta(days=2), "correct", 1), closing),
    )
    assert play(dead).broken == ""
    monkeypatch.setattr(owed, "of_unreachable", lambda *_: iter(()))
    assert "Anna Bos heard of 0 dead addresses, of 1" in play(dead).broken


def test_who_posts_a_form_that_was_changed_is_released_or_that_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, *others = pair().acts
    changed = Act(first.at - timedelta(hours=1), "form_changes")
    mended = Act(first.at + timedelta(hours=1), "form_mended")
    released = pair()._replace(acts=(changed, first, mended, *others))
    assert play(released).broken == ""
    monkeypatch.setattr(KeptPosts, "unexpired", lambda *_: ())
    assert "Anna Bos posted a form that was changed, and was not released" in play(released).broken


def test_what_an_organiser_rules_about_schools_is_so_or_that_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second, closing = pair().acts
    assert second.typing
    otherwise = second._replace(typing=second.typing._replace(name="De Linde", sure=False))
    report, ruled = (first.at + timedelta(days=days) for days in (1.9, 2))
    acts = (first, otherwise, Act(report, "check"), Act(ruled, "same", 0, others=(1,)), closing)
    assert play(pair()._replace(acts=acts)).broken == ""
    monkeypatch.setattr(SchoolKnowledge, "pair_rulings", {})
    assert "these were ruled same" in play(pair()._replace(acts=acts)).broken


def test_another_address_and_the_former_are_mailed_or_it_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, closing = pair().acts
    address = Act(second.at + timedelta(hours=1), "address", 0, others=(0,))
    confirmed = Act(address.at + timedelta(days=6), "confirm", 0)
    readdressed = pair()._replace(acts=(first, second, address, confirmed, closing))
    assert play(readdressed).broken == ""
    monkeypatch.setattr(owed, "last_correction", lambda _: None)
    assert "'readdressed', 'anna@berg.example') came 0 times, and must come 1" in play(readdressed).broken


def test_who_does_not_confirm_an_address_counts_no_longer_or_that_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second, closing = pair().acts
    own = Act(first.at + timedelta(hours=1), "confirm_own", 0)
    asks = pair()._replace(rules=pair().rules._replace(confirms=True), acts=(first, own, second, closing))
    assert play(asks).broken == ""
    monkeypatch.setattr(confirming, "_is_mailed", lambda *_: False)
    assert "'unconfirmed': 1}" in play(asks).broken


def test_a_season_that_breaks_is_told_by_the_acts_that_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    none = Counter[str]()

    def breaks(shorter: Season, reads: bool) -> Outcome:
        assert not reads
        verbs = [act.verb for act in shorter.acts]
        wrong = "it breaks" if {"cancel", "check"} <= set(verbs) else ""
        return Outcome(wrong, None, len(verbs), 0, 0, none)

    monkeypatch.setattr(shrink, "play", breaks)
    whole = season(1)
    small = shrink.shrunk(whole, "it breaks")
    assert [act.verb for act in small.acts if act.luck] == []
    assert sorted(act.verb for act in small.acts) == ["cancel", "check"]
    assert any("cancels" in line for line in story(small))
