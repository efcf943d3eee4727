"""Whatever led to a person's state: their mail and their own page say that, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from shared.domain.mail import Mail
from shared.domain.network.network import Network
from shared.domain.registration.cause import FOR_PLACES, Actor, Cause, actor_of, cause_of
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.schools.school import School
from shared.mails import registrant
from shared.pages import own_page
from shared.pages.own import OwnPageView
from tests.shared.mails.people import DECIDED, ENGLISH, LINKS, NOOR, PIET, PLG, person, school, waiting
from tests.shared.mails.season import season

SANNE = "sanne@voortgezetleren.example"
# What each cause sounds like, in Dutch and English; a text with another one contradicts itself.
MARKS = {
    Cause.SCHOOL_SHORT: ("te weinig mensen", "too few people"),
    Cause.COLLEAGUE_LEFT: ("niet op tijd weer compleet", "not complete again in time"),
    Cause.NETWORK_FULL: ("meer mensen aangemeld dan er plaatsen zijn", "than there are places"),
    Cause.SCHOOL_FULL: ("het hoogste aantal mensen al mee", "already has its maximum number"),
    Cause.LATE: ("deadline binnen", "came in after the"),
    Cause.ORGANISER: ("heeft dit besloten", "has decided this"),
    Cause.TOOK_PLACE: ("nam een plek over", "took a place that was not certain"),
    Cause.GAVE_PLACE: ("heeft jouw plek overgenomen", "has taken your place"),
}


class Turn(NamedTuple):
    """A change that the code can make, from which state, and what it is for the person."""

    before: State | None
    state: State
    code: ReasonCode | None
    by: str
    cause: Cause = Cause.PLAIN


S, R, C = State, ReasonCode, Cause
OUTSIDE = (None, S.CANCELLED, S.QUARANTINED)
ASIDE = (R.HONEYPOT, R.TOO_FAST, R.NO_WORK, R.TOO_MANY, R.UNLISTED_SITE, R.FORM_CHANGED)
IN_TIME = (R.REGISTERED, R.REGISTERED_BY_COLLEAGUE, R.REPAIRS_SCHOOL, R.TOOK_PLACE)
LATER = (R.AFTER_DEADLINE, R.REGISTERED_BY_COLLEAGUE, R.TOOK_PLACE)
DECISIONS = (
    (S.ADMITTED, R.COMPLETE, C.PLAIN),
    (S.ADMITTED, R.WAIVED, C.PLAIN),
    (S.ADMITTED, R.SHORT, C.PLAIN),  # where short schools are admitted
    (S.HELD, R.SHORT, C.SCHOOL_SHORT),
    (S.HELD, R.REPAIR_ENDED, C.COLLEAGUE_LEFT),
    (S.HELD, R.NETWORK_FULL, C.NETWORK_FULL),
    (S.HELD, R.SCHOOL_FULL, C.SCHOOL_FULL),
    (S.DECLINED, R.SHORT, C.SCHOOL_SHORT),
    (S.DECLINED, R.REPAIR_ENDED, C.COLLEAGUE_LEFT),
)
ON_LIST = (S.REGISTERED, S.ADMITTED, S.HELD, S.LATE)


def arrivals() -> Iterator[Turn]:
    for before in OUTSIDE:
        yield from (Turn(before, S.REGISTERED, code, "person") for code in IN_TIME)
        yield from (Turn(before, S.LATE, code, "person") for code in LATER)
        yield from (Turn(before, state, None, SANNE) for state in (S.REGISTERED, S.ADMITTED))
        yield Turn(before, S.ADMITTED, R.TOOK_PLACE, "person")
        yield Turn(before, S.HELD, R.TOOK_PLACE, "person", C.TOOK_PLACE)
        yield Turn(before, S.HELD, R.TOOK_PLACE, SANNE, C.TOOK_PLACE)
    yield from (Turn(None, S.QUARANTINED, code, "person") for code in ASIDE)
    for state in (S.REGISTERED, S.LATE):
        yield from (Turn(S.QUARANTINED, state, code, SANNE) for code in (R.RELEASED, R.FORM_MENDED))
        yield Turn(S.CANCELLED, state, R.RESTORED, SANNE)
        yield Turn(S.CANCELLED, state, R.CAME_BACK, "person")


def decisions() -> Iterator[Turn]:
    for state, code, cause in DECISIONS:
        yield Turn(S.REGISTERED, state, code, "check", cause)
        if state is S.ADMITTED:
            yield Turn(S.HELD, state, code, "check", cause)
        elif code is R.REPAIR_ENDED:
            yield Turn(S.ADMITTED, state, code, "check", cause)
    yield Turn(S.ADMITTED, S.HELD, R.SHORT, "check", C.COLLEAGUE_LEFT)  # by an earlier release
    for before in (S.REGISTERED, S.HELD, S.LATE, S.DECLINED):
        yield Turn(before, S.ADMITTED, None, SANNE)
    for before in (S.REGISTERED, S.ADMITTED):
        yield Turn(before, S.HELD, None, SANNE, C.ORGANISER)
    for before in (S.REGISTERED, S.ADMITTED, S.HELD):
        yield Turn(before, S.DECLINED, None, SANNE, C.ORGANISER)
    yield Turn(S.LATE, S.DECLINED, None, SANNE, C.LATE)


def departures() -> Iterator[Turn]:
    for before in ON_LIST:
        yield Turn(before, S.CANCELLED, R.CANCELLED, "person")
        yield Turn(before, S.CANCELLED, R.ERASED, "person")
        yield Turn(before, S.CANCELLED, R.GAVE_PLACE, "person", C.GAVE_PLACE)
        yield Turn(before, S.CANCELLED, R.GAVE_PLACE, SANNE, C.GAVE_PLACE)
        yield Turn(before, S.CANCELLED, None, SANNE, C.ORGANISER)
    yield Turn(S.QUARANTINED, S.CANCELLED, R.REJECTED, SANNE, C.ORGANISER)


def unconfirmed() -> Iterator[Turn]:
    for before in (S.REGISTERED, S.ADMITTED, S.HELD):
        yield Turn(before, S.UNCONFIRMED, R.UNCONFIRMED, "check")
    yield Turn(S.UNCONFIRMED, S.REGISTERED, R.CONFIRMED, "person")
    for state, cause in ((S.ADMITTED, C.PLAIN), (S.DECLINED, C.ORGANISER)):
        yield Turn(S.UNCONFIRMED, state, None, SANNE, cause)
    yield Turn(S.UNCONFIRMED, S.CANCELLED, R.CANCELLED, "person")


TURNS = (*arrivals(), *decisions(), *departures(), *unconfirmed())


def someone_after(turn: Turn) -> Registration:
    day = date(2023, 5, 3) if turn.code is R.REPAIR_ENDED else None
    until = date(2023, 5, 10) if turn.code is R.REPAIR_ENDED else None
    reason = Reason(turn.code, PIET.reference, people=1, day=day, until=until) if turn.code else None
    before = [Change(NOOR.received_at, turn.before, "person")] if turn.before else []
    history = (*before, Change(DECIDED, turn.state, turn.by, reason=reason))
    return replace(NOOR, state=turn.state, history=history)


def school_of(me: Registration) -> School:
    """Their school, in which they wait for a place if that is why they are held."""
    return waiting(school(me)) if cause_of(me) in FOR_PLACES else school(me)


def mail_of(network: Network, me: Registration) -> Mail | None:
    alone = school_of(me)
    match me.state:
        case S.REGISTERED:
            return registrant.confirmation(network, me, alone, LINKS, None)
        case S.LATE:
            return registrant.late(network, me, LINKS)
        case S.ADMITTED:
            return registrant.admitted(network, me, LINKS, DECIDED)
        case S.HELD:
            return registrant.held(network, me, alone, LINKS)
        case S.DECLINED:
            return registrant.declined(network, me, alone, LINKS)
        case S.UNCONFIRMED:
            return registrant.unconfirmed(network, me, alone, LINKS)
        case S.CANCELLED:
            return registrant.cancelled(network, me, alone, LINKS)
    return None


def causes_in(text: str, network: Network) -> set[Cause]:
    language, words = ("nl", "en").index(network.language), " ".join(text.split())
    return {cause for cause, marks in MARKS.items() if marks[language] in words}


@pytest.mark.parametrize("network", [PLG, ENGLISH], ids=["nl", "en"])
@pytest.mark.parametrize("turn", TURNS, ids=lambda t: f"{t.before}-{t.state}-{t.code}-{t.by[:6]}")
def test_mail_and_page_say_the_cause_and_no_other(network: Network, turn: Turn) -> None:
    me = someone_after(turn)
    told = {turn.cause} - {Cause.PLAIN}
    page = own_page(OwnPageView(network, me, school_of(me), DECIDED, "token", "https://x.example/join"))
    assert cause_of(me) is turn.cause
    assert causes_in(page, network) == told
    mail = mail_of(network, me)
    if mail:
        assert causes_in(mail.text, network) == causes_in(mail.html, network) == told


@pytest.mark.parametrize("network", [PLG, ENGLISH], ids=["nl", "en"])
@pytest.mark.parametrize("code", [R.NETWORK_FULL, R.SCHOOL_FULL])
def test_who_is_held_for_a_place_and_no_longer_waits_reads_of_no_waiting_list(
    network: Network, code: ReasonCode
) -> None:
    me = someone_after(Turn(S.REGISTERED, S.HELD, code, "check"))
    page = own_page(OwnPageView(network, me, school(me), DECIDED, "token", "https://x.example/join"))
    mail = registrant.held(network, me, school(me), LINKS)
    assert causes_in(page, network) == causes_in(mail.text, network) == set()
    assert {"nl": "wachtlijst", "en": "waiting list"}[network.language] not in mail.text + mail.html


def test_every_change_of_a_whole_season_is_among_these(plg: Network) -> None:
    known = {(t.before, t.state, t.code, t.by == "person") for t in TURNS}
    made = {
        (before, change.state, change.reason.code if change.reason else None, change.by == "person")
        for r in season(plg).people.values()
        for before, change in zip([None, *(c.state for c in r.history)], r.history, strict=False)
        if change.state is not before  # what keeps the state explains nothing
    }
    assert made <= known


@pytest.mark.parametrize(
    ("code", "by", "invited_by", "actor"),
    [
        (R.REGISTERED, "person", "", Actor.FORM),
        (R.AFTER_DEADLINE, "person", "", Actor.FORM),
        (R.AFTER_DEADLINE, "person", PIET.reference, Actor.COLLEAGUE),
        (R.REGISTERED_BY_COLLEAGUE, "person", PIET.reference, Actor.COLLEAGUE),
        (R.MOVED_WITH_COLLEAGUE, "person", PIET.reference, Actor.COLLEAGUE),
        (R.TOOK_PLACE, "person", PIET.reference, Actor.COLLEAGUE),
        (R.CANCELLED, "person", PIET.reference, Actor.PERSON),
        (R.HONEYPOT, "person", "", Actor.FORM),
        (R.SHORT, "check", "", Actor.CHECK),
        (R.RELEASED, SANNE, "", Actor.ORGANISER),
    ],
)
def test_a_history_says_who_made_each_change(
    code: ReasonCode, by: str, invited_by: str, actor: Actor
) -> None:
    change = Change(DECIDED, State.REGISTERED, by, reason=Reason(code))
    assert actor_of(replace(NOOR, invited_by=invited_by, history=(change,)), change) is actor


@pytest.mark.parametrize(("colleagues", "is_offered"), [(1, True), (0, False)])
def test_days_to_replace_somebody_are_told_of_only_where_the_school_would_have_them(
    colleagues: int, is_offered: bool
) -> None:
    rule = PLG.rule.model_copy(update={"min_per_school": 3})
    people = [r.become(State.ADMITTED, DECIDED, "check") for r in (NOOR, PIET, person("Anna Visser"))]
    network, me = PLG.model_copy(update={"rule": rule}), people[0]
    at = DECIDED + timedelta(days=1)
    page = own_page(
        OwnPageView(network, me, school(*people[: 2 + colleagues]), at, "token", "https://x.example/join")
    )
    assert ("een nieuwe collega vragen" in page) is is_offered
