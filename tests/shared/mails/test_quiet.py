"""Until when time alone makes nobody owed a mail, judged by what is owed at each instant before that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.decision import Decision, Kind
from shared.domain.mail import PersonalLinks
from shared.domain.network.network import Network, read_network
from shared.domain.network.version_history import SETTLES, VersionHistory
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.confirming import confirmation_changes, mailed_to_confirm
from shared.domain.registration.registration import Registration, State
from shared.domain.rule.waiting_list import standings_of
from shared.domain.schools.school import School, schools
from shared.mails.owed import owed
from shared.mails.owed.context import MailContext, by_reference
from shared.mails.owed.quiet import next_look, quiet_until
from tests.conftest import PLG
from tests.people import AT, someone

NETWORK = read_network(PLG.read_text(), PLG.name)
LINKS = PersonalLinks("https://x.example/me/1", "https://x.example/join/1")
CLOSES = NETWORK.closes_at


@dataclass
class Story:
    """A network, whom it has, what was decided, and when its file last changed."""

    network: Network
    people: Sequence[Registration]
    decisions: Sequence[Decision] = ()
    moved: datetime = NETWORK.opens_at

    @cached_property
    def schools(self) -> tuple[School, ...]:
        return schools(self.people)

    def context(self, mails: Sequence[MailRecord], at: datetime) -> MailContext:
        standings = standings_of(self.network, self.schools, self.decisions, at)
        school_of = {r.person_key: s.school for s in standings for r in s.school.registrations}
        versions = VersionHistory(self.moved, self.moved) if at >= self.moved else VersionHistory()
        return MailContext(self.network, at, school_of, by_reference(mails), {}, lambda _: LINKS, versions)

    def new(self, mails: Sequence[MailRecord], at: datetime) -> list[MailRecord]:
        """Return what is owed at an instant, besides these mails."""
        context, ids = self.context(mails, at), {mail.id for mail in mails}
        letters = [letter.record for person in self.people for letter in owed(person, context)]
        return [record for record in letters if record.id not in ids]

    def sent(self, at: datetime, mails: Sequence[MailRecord] = ()) -> list[MailRecord]:
        """Return these mails with everything that is owed at an instant, and what that makes owed."""
        records = list(mails)
        while new := self.new(records, at):
            records += [replace(record, state=MailState.SENT) for record in new]
        return records

    def until(self, mails: Sequence[MailRecord], at: datetime) -> datetime:
        return quiet_until(self.context(mails, at), self.people, self.decisions)

    def changes(self, mails: Sequence[MailRecord], at: datetime) -> list[Registration]:
        return list(confirmation_changes(self.network, self.people, mailed_to_confirm(mails), at))


def with_window(**new: Any) -> Network:
    window = NETWORK.registration.model_copy(update=new)
    return NETWORK.model_copy(update={"registration": window})


INSTANTS = st.integers(-60_000, 30_000).map(lambda minutes: CLOSES + timedelta(minutes=minutes))
WINDOWS = st.builds(
    with_window, max_participants=st.sampled_from((None, 3)), confirm=st.sampled_from(("never", "always"))
)


@st.composite
def people(draw: st.DrawFn) -> list[Registration]:
    """Draw some people of two schools, with what they and the check did since."""
    made = []
    for number in range(draw(st.integers(1, 4))):
        at = draw(INSTANTS)
        person = someone(
            f"P{number} Smit", f"p{number}@x.example", at, school=draw(st.sampled_from("AB")) * 9
        )
        after = draw(st.sampled_from((None, State.ADMITTED, State.HELD, State.CANCELLED)))
        if after:
            by = "person" if after is State.CANCELLED else "check"
            person = person.become(after, at + timedelta(days=draw(st.integers(0, 9))), by)
        made.append(
            replace(
                person,
                unconfirmed_since=draw(st.sampled_from((None, at))),
                reminded=7,
                reminded_of=NETWORK.deadline_day,
                reminded_at=draw(st.sampled_from((None, at + timedelta(days=1)))),
                new_email=draw(st.sampled_from(("", "q@x.example"))),
                new_email_at=at + timedelta(days=2),
                session_reminded=draw(st.sampled_from((None, NETWORK.sessions[0].date))),
            )
        )
    return made


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw a story in which a school may be waived for some days."""
    some = draw(people())
    since, days = draw(INSTANTS), draw(st.integers(1, 9))
    waiver = Decision(
        "plg-2023", "waive-1", Kind.WAIVE, some[0].reference, "", "", since, since + timedelta(days=days)
    )
    return Story(draw(WINDOWS), some, draw(st.sampled_from(((), (waiver,)))), draw(INSTANTS))


@settings(max_examples=30)
@given(stories(), INSTANTS, INSTANTS)
def test_what_a_sweep_skips_is_nothing(story: Story, earlier: datetime, at: datetime) -> None:
    at = max([at, *(person.history[-1].at for person in story.people)])
    sent = story.sent(at, story.sent(min(earlier, at)))
    if story.changes(sent, at):  # the sweep had something to do
        return
    until = story.until(sent, at)
    assert at < until <= at + timedelta(hours=5)  # the night on which clocks go back has an hour more
    for instant in (at + (until - at) / 2, until - timedelta(milliseconds=1)):
        assert (story.new(sent, instant), story.changes(sent, instant)) == ([], [])


@pytest.mark.parametrize(
    ("person", "seconds"),
    [
        ({}, 4 * 3600),  # 09.00 in Amsterdam: the look of noon is three hours away, see below
        ({"unconfirmed_since": AT - timedelta(hours=71)}, 3600),
        ({"unconfirmed_since": AT - timedelta(hours=26)}, 3 * 3600),
    ],
)
def test_the_first_instant_at_which_something_can_become_owed_ends_it(
    person: dict[str, Any], seconds: int
) -> None:
    jan = someone(at=AT - timedelta(hours=80), **person)
    story = Story(with_window(confirm="always"), [jan])
    assert story.until([], AT) == min(AT + timedelta(seconds=seconds), AT + timedelta(hours=3))


def test_a_deadline_a_waiver_and_a_file_that_settles_end_it() -> None:
    before = CLOSES - timedelta(minutes=20)
    assert Story(NETWORK, [someone()]).until([], before) == CLOSES
    moved = AT - timedelta(minutes=10)
    assert Story(NETWORK, [someone()], moved=moved).until([], AT) == moved + SETTLES
    ends = AT + timedelta(minutes=50)
    waiver = Decision("plg-2023", "waive-1", Kind.WAIVE, someone().reference, "", "", moved, ends)
    assert Story(NETWORK, [someone()], [waiver]).until([], AT) == ends


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2023-03-20T08:00", "2023-03-20T11:00"),
        ("2023-03-20T11:00", "2023-03-20T15:00"),
        ("2023-03-20T22:59", "2023-03-20T23:00"),  # midnight in Amsterdam
        ("2023-03-25T23:30", "2023-03-26T02:00"),  # the night on which clocks go on, and there is no 02.00
    ],
)
def test_every_network_is_read_in_full_every_four_hours_and_at_midnight(now: str, then: str) -> None:
    at, look = (datetime.fromisoformat(f"{text}:00+00:00") for text in (now, then))
    assert next_look(NETWORK, at) == look
