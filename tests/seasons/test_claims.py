"""The reader of claims reads every mail, and notices what is not so."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.mails import report as tiles
from shared.mails import report_lines
from shared.mails.morning import NextDay
from shared.phrases import dutch
from tests.seasons.claims import claims
from tests.seasons.play import play
from tests.seasons.rules import ZONE
from tests.seasons.script import Act, Season
from tests.seasons.test_seasons import pair
from tests.seasons.texts import paragraphs

_GOLDEN = Path(__file__).parents[1] / "shared" / "mails" / "golden" / "nl"


# A message says what an organiser wrote.
_OURS = [path for path in sorted(_GOLDEN.glob("*.txt")) if not path.stem.startswith("message")]


@pytest.mark.parametrize("path", _OURS, ids=lambda path: path.stem)
def test_every_claim_of_every_mail_is_read(path: Path) -> None:
    _, unread = claims(paragraphs(path.read_text(encoding="utf-8")))
    assert unread == []


def test_a_sentence_is_read_as_what_it_claims() -> None:
    read, _ = claims(["Vraag dus nog 2 collega’s om mee te doen. Dat kan tot en met vrijdag 14 april 2023."])
    assert {claim.what: str(claim.value) for claim in read} == {"missing": "2", "until": "2023-04-14"}


def test_a_weekday_of_another_date_is_no_date() -> None:
    with pytest.raises(ValueError, match="vrijdag"):
        claims(["Aanmelden kan tot en met donderdag 14 april 2023."])


def _looked_at() -> Season:
    """A season in which the organiser gets a report, signs in and admits somebody, before the deadline."""
    first, second, last = pair().acts
    check = Act(datetime(2023, 3, 22, 7, tzinfo=ZONE), "check")
    admits = Act(check.at + timedelta(hours=1), "admit", 0)
    return pair()._replace(acts=(first, check, admits, second, last))


def _one_more(people: int, minimum: int) -> str:
    return f"{people + 1} van {minimum} aangemeld"


def _a_day_later(day: Any) -> str:
    later = day + timedelta(1)
    return f"{dutch.day(later)} {later.year}"


def _one_too_many(present: int, minimum: int) -> str:
    return f"{present + 1} van {minimum}"


def _reworded(*_: Any) -> str:
    return "er mist iemand: 1"


def test_a_season_in_which_all_is_so_is_read_from_beginning_to_end() -> None:
    outcome = play(_looked_at(), reads=True)
    assert outcome.broken == ""
    assert set(outcome.read) == {"claims", "texts", "pages", "reports", "overviews"}


@pytest.mark.parametrize(
    ("place", "name", "instead", "noticed"),
    [
        (dutch, "present", _one_more, "count is 1"),
        (dutch, "full_day", _a_day_later, "deadline is 2023-04-14"),
        (dutch, "hours", lambda *_: "13.00-18.00 uur", "cannot be read"),
        (dutch, "needed", _reworded, "cannot be read"),
        (report_lines, "tally", _one_too_many, "is listed, and is not so"),
        (tiles, "next_day", lambda *_: NextDay("3", "dagen nog", "3 dagen"), "days is 23"),
    ],
    ids=["a number", "a date", "an hour", "other words", "a report's number", "a report's days"],
)
def test_what_is_not_so_is_noticed(
    place: Any, name: str, instead: Any, noticed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, name, instead)
    assert noticed in play(_looked_at(), reads=True).broken
