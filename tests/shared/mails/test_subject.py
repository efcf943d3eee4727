"""A subject: at most 60 characters, what matters first, and no "nog" after the deadline."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.domain.network.network import Network
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.report.report import Report
from shared.mails.report import report
from shared.mails.subject import MOST, fitted, report_subject
from tests.shared.mails.people import ENGLISH, LATE, NOOR, PAGES, PIET, PLG, mails, report_closed

LONG = "Leernetwerk voor schoolleiders die samen willen werken aan onderwijs op hun eigen school"
TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=120)
# What can be sent after the deadline.
AFTER = (
    *("confirmation", "invited", "admitted", "moved", "upcoming", "held", "declined", "late", "cancelled"),
    *("deadline-past", "already", "links", "data", "unreachable", "readdressed"),
)
NETWORKS = pytest.mark.parametrize("network", [PLG, ENGLISH], ids=["nl", "en"])


def named(network: Network, title: str) -> Network:
    return network.model_copy(update={"title": title})


@NETWORKS
def test_every_subject_fits_with_a_title_of_more_than_80_characters(network: Network) -> None:
    assert len(LONG) > 80
    made = mails(network=named(network, LONG))
    too_long = {name: mail.subject for name, mail in made.items() if len(mail.subject) > MOST}
    assert not too_long


@NETWORKS
def test_no_subject_loses_what_matters_to_a_long_title(network: Network) -> None:
    short, long = mails(network=named(network, "Ons")), mails(network=named(network, LONG))
    for name, mail in short.items():
        news = mail.subject.removesuffix(": Ons")
        assert long[name].subject in (f"{news}: PLG", f"{news}: {LONG}", news)
        assert news != mail.subject


@pytest.mark.slow
@NETWORKS
@given(title=TITLES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_subject_fits_with_any_title(network: Network, title: str) -> None:
    assert all(len(mail.subject) <= MOST for mail in mails(network=named(network, title)).values())


@given(subject=st.text(max_size=200), title=TITLES)
def test_any_subject_fits(subject: str, title: str) -> None:
    assert len(fitted(f"{subject}: {title}", named(PLG, title))) <= MOST


def test_a_title_that_fits_is_kept() -> None:
    assert fitted(f"Je doet mee: {PLG.title}", PLG) == f"Je doet mee: {PLG.title}"


def test_news_that_is_too_long_by_itself_is_cut_at_a_word() -> None:
    news = "Je staat op de wachtlijst en je school wacht ook op een nieuwe plek"
    assert fitted(news, PLG) == "Je staat op de wachtlijst en je school wacht ook op een…"


@pytest.mark.parametrize("counts", [(12, 5, 2, 2), (112, 45, 112, 222), (9999, 9999, 9999, 9999)])
def test_the_reports_subject_fits_with_any_counts(counts: tuple[int, int, int, int]) -> None:
    subject = report_subject(PLG, counted(*counts))
    assert len(subject) <= MOST
    complete, short, _, questions = counts
    assert subject.startswith(f"PLG: {complete} ")
    assert f"{short} te kort" in subject
    assert f"{questions} besluiten" in subject


def test_the_reports_subject_is_as_the_design_has_it() -> None:
    assert report_subject(PLG, counted(12, 5, 0, 2)) == (
        "PLG: 12 scholen compleet, 5 te kort, 2 besluiten, 7 dagen"
    )


def test_after_the_deadline_no_mail_says_that_there_is_still_time() -> None:
    noor, piet = entered_late(NOOR), entered_late(PIET)
    made = {name: mail for name, mail in mails(noor, piet).items() if name.startswith(AFTER)}
    said = {name: f"{mail.subject} {mail.text}".casefold().split() for name, mail in made.items()}
    said["report"] = report(PLG, report_closed(), PAGES).subject.casefold().split()
    assert len(said) > 20
    assert [name for name, words in said.items() if "nog" in words] == []


def entered_late(person: Registration) -> Registration:
    """Return this person as registered by an organiser on the day after the deadline."""
    change = Change(LATE, State.REGISTERED, "sanne@x.example")
    return replace(person, received_at=LATE, history=(change,))


class Counted(NamedTuple):
    """A report that only counts: complete, short and waiting schools, and questions."""

    counts: Mapping[str, int]
    questions: Sequence[None]
    at: datetime = datetime(2023, 4, 7, 5, tzinfo=UTC)

    def standing(self, value: str) -> Sequence[int]:
        """As many schools as it counts."""
        return range(self.counts[value])


def counted(complete: int, short: int, waiting: int, questions: int) -> Report:
    """A report that counts so, seven days before the deadline."""
    counts = {"complete": complete, "short": short, "waiting": waiting}
    return cast("Report", Counted(counts, [None] * questions))
