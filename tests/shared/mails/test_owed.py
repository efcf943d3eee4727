import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest
from icalendar import Calendar

from shared.domain.actions.registrant import add_invitation, cancelled, request_data, request_links, restored
from shared.domain.decision import Decision, Kind
from shared.domain.mail import PersonalLinks
from shared.domain.network.network import Network
from shared.domain.network.version_history import SETTLES, VersionHistory, closing
from shared.domain.outbox import TEN_ALREADY, MailRecord, MailState
from shared.domain.registration.address import request_address, with_address
from shared.domain.registration.bounces import bounce_of, last_bounces
from shared.domain.registration.colleague import replaced
from shared.domain.registration.erasure import erased, scrub_address
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import COLLEAGUE, Change, Registration, State
from shared.domain.rule.reminder import reminded
from shared.domain.rule.waiting_list import standings_of
from shared.domain.schools.school import schools
from shared.mails.owed import owed
from shared.mails.owed.context import MailContext, OwedMail, by_reference
from shared.mails.owed.deadline import of_deadline
from shared.mails.registrant import confirmation
from tests.people import AT, colleagues, someone
from tests.shared.mails.people import MESSAGE

ANNA, BRAM = colleagues("Bergcollege", "Anna Bram")
AFTER = datetime(2023, 4, 15, 5, tzinfo=UTC)
WAIVER = Decision("plg-2023", "d1", Kind.WAIVE, ANNA.reference, "sanne@x.example", "", AT)
LINKS = PersonalLinks("https://x.example/me/1", "https://x.example/join/1")


def in_language(network: Network, dutch: str, english: str) -> str:
    """What a mail of this network says, of the two."""
    return {"nl": dutch, "en": english}[network.language]


def record(
    person: Registration,
    name: str,
    missing: int = 0,
    state: MailState = MailState.SENT,
    at: datetime = AT,
) -> MailRecord:
    kind = name.rpartition("-")[0]
    return MailRecord("plg-2023", f"{person.reference}-{name}", kind, person.reference, state, at, missing)


def letters(
    network: Network,
    people: list[Registration],
    *mails: MailRecord,
    at: datetime = AT,
    decisions: tuple[Decision, ...] = (),
) -> list[OwedMail]:
    """Return what is still owed to these people of one school, who were sent these mails."""
    ((school, *_),) = standings_of(network, schools(people), decisions, at)
    school_of = dict.fromkeys([r.person_key for r in people], school)
    versions = VersionHistory(sessions_since=at - SETTLES)
    sent, bounces = by_reference(mails), last_bounces(people, mails)
    context = MailContext(network, at, school_of, sent, bounces, lambda _: LINKS, versions)
    records = {mail.id: mail for mail in mails}
    mails_owed = [letter for person in people for letter in owed(person, context)]
    return [x for x in mails_owed if x.record.id not in records or records[x.record.id].is_due(at)]


def kinds(mails_owed: list[OwedMail]) -> list[tuple[str, str]]:
    return [(letter.to, letter.record.kind) for letter in mails_owed]


def text(letter: OwedMail) -> str:
    mail = letter.write()
    return " ".join((mail.text + mail.html).split())


def bounced(person: Registration, name: str, at: datetime | None = AT) -> MailRecord:
    return replace(record(person, name, state=MailState.BOUNCED), bounced_at=at)


def test_whoever_brought_a_colleague_is_told_once_that_the_address_bounced(network: Network) -> None:
    bram = replace(BRAM, invited_by=ANNA.reference)
    told = record(ANNA, "confirmation-1"), bounced(bram, "invited-1")
    (mail,) = letters(network, [ANNA, bram], *told)
    assert (mail.to, mail.record.kind, mail.from_strangers) == (ANNA.email, "unreachable", True)
    assert letters(network, [ANNA, bram], *told, replace(mail.record, state=MailState.SENT)) == []


def test_a_bounce_of_before_the_release_mails_nobody(network: Network) -> None:
    bram = replace(BRAM, invited_by=ANNA.reference)
    assert (
        letters(network, [ANNA, bram], record(ANNA, "confirmation-1"), bounced(bram, "invited-1", None)) == []
    )


def test_of_a_mailbox_that_others_share_a_release_mails_nobody_either(network: Network) -> None:
    bram = replace(BRAM, invited_by=ANNA.reference)
    carla = someone("Carla Smit", BRAM.email, person_key=f"{BRAM.person_key}#carla")
    sent = record(ANNA, "confirmation-1"), bounced(carla, "confirmation-1")
    people = [ANNA, bram, carla]
    assert kinds(letters(network, people, *sent)) == [(ANNA.email, "unreachable")]
    assert letters(network, people, *sent, at=AT + timedelta(days=1)) == []
    new = replace(bram, received_at=AT + timedelta(days=2))  # whom somebody brings since
    assert letters(network, [ANNA, new, carla], *sent, at=AT + timedelta(days=2)) != []


def test_who_gets_a_right_address_hears_then_of_the_dead_mailbox_of_a_colleague(network: Network) -> None:
    corrected = AT + timedelta(days=4)
    anna = with_address(ANNA, "anna@x.example", corrected, "sanne@x.example", tells_former=False)
    bram = replace(BRAM, email=ANNA.email, person_key=f"{ANNA.person_key}#bram", invited_by=ANNA.reference)
    sent = bounced(ANNA, "confirmation-1"), record(anna, "confirmation-1-1680519600", at=anna.resent_at or AT)
    told = letters(network, [anna, bram], *sent, at=corrected + timedelta(minutes=1))
    (mail,) = [each for each in told if each.record.kind == "unreachable"]
    assert mail.to == "anna@x.example"
    # It arrived at her address of now, and says nothing of the dead one.
    arrived = replace(mail.record, state=MailState.DELIVERED)
    assert bounce_of(bram, last_bounces([anna, bram], [*sent, arrived])) == sent[0]


def test_nobody_is_told_of_an_address_that_others_corrected_since(network: Network) -> None:
    bram = with_address(
        replace(BRAM, invited_by=ANNA.reference), "b@x.example", AT, "sanne@x.example", tells_former=False
    )
    late = replace(bounced(bram, "invited-1"), at=AT + timedelta(hours=1))
    assert kinds(letters(network, [ANNA, bram], record(ANNA, "confirmation-1"), late)) == []


def test_a_dead_address_gets_no_mail_and_the_next_one_only_that_of_the_present_state(
    network: Network,
) -> None:
    gone = request_links(ANNA.become(State.ADMITTED, AT, "check"), AT)
    dead = bounced(gone, "confirmation-1")
    assert letters(network, [gone], dead) == []
    mended = with_address(gone, "a@x.example", AT + timedelta(days=1), "sanne@x.example", tells_former=False)
    assert kinds(letters(network, [mended], dead)) == [("a@x.example", "admitted")]


def test_who_is_mailed_again_at_a_dead_address_gets_no_answer_to_what_was_asked_there(
    network: Network,
) -> None:
    asks = replace(request_links(ANNA, AT + timedelta(days=3)), again_at=AT + timedelta(days=2))
    dead, resent_at = bounced(ANNA, "confirmation-1"), AT + timedelta(days=9)
    resent = replace(asks, resent_at=resent_at)
    assert letters(network, [asks], dead) == []
    assert kinds(letters(network, [resent], dead)) == [(ANNA.email, "confirmation")]
    arrived = replace(dead, state=MailState.DELIVERED)
    waits = letters(network, [resent], arrived)
    assert kinds(waits) == [(ANNA.email, kind) for kind in ("confirmation", "already", "links")]
    later = request_links(resent, resent_at + timedelta(minutes=1))
    assert kinds(letters(network, [later], dead))[1:] == [(ANNA.email, "links")]


def test_who_takes_part_does_not_read_that_it_is_still_to_be_decided(network: Network) -> None:
    word = in_language(network, "Je krijgt bericht of je meedoet", "We let you know whether you take part")
    gone, bram = ANNA.become(State.CANCELLED, AT, "person"), replace(BRAM, invited_by=ANNA.reference)
    for admits, is_promised in ((True, False), (False, True)):
        here = bram.become(State.ADMITTED, AFTER, "sanne@x.example") if admits else bram
        later = AFTER + timedelta(days=1)
        mended = with_address(here, "b@x.example", later, "sanne@x.example", tells_former=False)
        _, invited, *_ = letters(network, [gone, mended], bounced(here, "invited-1"), at=later)
        assert (invited.record.kind, word in text(invited)) == ("invited", is_promised)


def test_who_is_mailed_again_that_they_are_held_reads_of_the_deadline_as_it_is_then(network: Network) -> None:
    held = ANNA.become(State.HELD, AFTER, "check", reason=Reason(ReasonCode.SHORT, people=1))
    again = replace(held, resent_at=AFTER + timedelta(days=5))
    for days, is_open in ((0, False), (21, True)):
        moved = closing(network, network.closes_at + timedelta(days=days))
        (mail,) = letters(moved, [again], record(held, "held-2", 1), at=AFTER + timedelta(days=5))
        assert (in_language(network, "Dat kan", "They can register") in text(mail)) is is_open
        late = in_language(network, "komt na de deadline", "comes after the deadline")
        was = in_language(network, "Aanmelden kon", "Registration was open")
        assert (late in text(mail), was in text(mail)) == (not is_open, not is_open)


def test_who_is_mailed_again_that_they_are_held_reads_that_the_school_became_complete(
    network: Network,
) -> None:
    held = ANNA.become(State.HELD, AFTER, "check", reason=Reason(ReasonCode.SHORT, people=1))
    again = replace(held, resent_at=AFTER + timedelta(days=5))
    admitted = BRAM.become(State.ADMITTED, AFTER, "sanne@x.example")
    enough = in_language(network, "nu genoeg mensen aangemeld", "Enough people from your school")
    decides = in_language(network, "of je toch mee kunt doen", "whether you can take part after all")
    for others, is_complete in (((), False), ((admitted,), True)):
        mail, *_ = letters(network, [again, *others], record(held, "held-2", 1), at=AFTER + timedelta(days=5))
        assert (mail.record.reference, mail.record.kind) == (ANNA.reference, "held")
        assert (enough in text(mail), decides in text(mail)) == (is_complete, not is_complete)
        assert (in_language(network, "niet compleet", "not complete") in text(mail)) is not is_complete


def test_a_mail_to_an_address_that_a_colleague_typed_counts_as_one_that_strangers_cause(
    network: Network,
) -> None:
    for by, from_strangers in ((COLLEAGUE, True), ("sanne@x.example", False)):
        mended = with_address(ANNA, "a@x.example", AT, by, tells_former=False)
        (mail,) = letters(network, [mended], bounced(ANNA, "confirmation-1"))
        assert (mail.to, mail.from_strangers) == ("a@x.example", from_strangers)


def test_who_asks_for_two_addresses_in_one_second_is_mailed_at_both(network: Network) -> None:
    first = request_address(ANNA, "a@x.example", AT)
    second = request_address(first, "b@x.example", AT + timedelta(milliseconds=5))
    mails = [
        mail for me in (first, second) for mail in letters(network, [me], record(ANNA, "confirmation-1", 1))
    ]
    assert [mail.to for mail in mails] == ["a@x.example", "b@x.example"]
    assert len({mail.record.id for mail in mails}) == 2


def test_a_withheld_mail_to_a_corrected_address_is_followed_by_no_other(network: Network) -> None:
    mended = with_address(ANNA, "a@x.example", AT, COLLEAGUE, tells_former=False)
    (mail,) = letters(network, [mended], bounced(ANNA, "confirmation-1"))
    withheld = replace(mail.record, state=MailState.WITHHELD)
    asks = replace(mended, reminded=7, reminded_at=AT + timedelta(days=1))
    assert letters(network, [asks], bounced(ANNA, "confirmation-1"), withheld) == []


def test_a_new_registration_is_confirmed_and_the_record_says_what_was_told(network: Network) -> None:
    (letter,) = letters(network, [ANNA])
    assert (letter.to, letter.write().kind) == (ANNA.email, "confirmation")
    assert letter.record.id == f"{ANNA.reference}-confirmation-1"
    assert (letter.record.state, letter.record.missing) == (MailState.SENDING, 1)


def test_a_confirmation_that_goes_later_says_what_is_so_then(network: Network) -> None:
    resent = replace(ANNA, resent_at=AT + timedelta(days=12))
    (late,) = letters(network, [resent], record(ANNA, "confirmation-1", 1), at=AT + timedelta(days=12))
    (first,) = letters(network, [ANNA])
    reminder = in_language(network, "Dan krijg je een herinnering", "Then we send you a reminder")
    assert in_language(network, "31 maart", "31 March") in text(first)
    assert in_language(network, "31 maart", "31 March") not in text(late)
    assert in_language(network, "Aanmelden kan", "You can register") in text(first)
    (after,) = letters(network, [ANNA], at=AFTER)
    assert reminder not in text(after)
    assert in_language(network, "tot en met vrijdag 14 april", "up to and including Friday 14") not in text(
        after
    )


@pytest.mark.parametrize("by", ["check", "info@x.example"])
def test_nobody_is_promised_a_decision_that_was_made(network: Network, by: str) -> None:
    admitted = BRAM.become(State.ADMITTED, AT, "info@x.example")
    held = ANNA.become(State.HELD, AT, by)
    sent = [record(admitted, "admitted-2", 1), record(held, "held-2", 1), record(held, "confirmation-1", 1)]
    texts = {x.record.reference: text(x) for x in letters(network, [admitted, held], *sent)}
    promise = in_language(network, "Wat gebeurt er nu?", "What happens next?")
    assert promise not in texts[admitted.reference]
    assert (promise in texts[held.reference]) is (by == "check")


def test_who_was_sent_everything_is_owed_nothing(network: Network) -> None:
    assert letters(network, [ANNA], record(ANNA, "confirmation-1", 1)) == []


def test_the_second_of_a_school_completes_it_and_the_first_is_told(network: Network) -> None:
    mails_owed = letters(network, [ANNA, BRAM], record(ANNA, "confirmation-1", 1))
    assert kinds(mails_owed) == [(ANNA.email, "complete"), (BRAM.email, "confirmation")]
    assert mails_owed[0].record.id == f"{ANNA.reference}-complete-2"


def test_who_was_told_that_the_school_is_complete_is_not_told_again(network: Network) -> None:
    both = [ANNA, BRAM]
    assert kinds(letters(network, both, record(ANNA, "confirmation-1", 0))) == [(BRAM.email, "confirmation")]
    assert letters(network, both, record(ANNA, "confirmation-1"), record(BRAM, "confirmation-1")) == []


def in_places(network: Network, most: int) -> Network:
    window = network.registration.model_copy(update={"max_participants": most})
    return network.model_copy(update={"registration": window})


def test_who_has_no_place_is_told_so_and_who_gets_one_too(network: Network) -> None:
    both = record(ANNA, "confirmation-1"), record(BRAM, "confirmation-1")
    had = [replace(mail, waits=False) for mail in both]
    waited = [replace(mail, waits=True) for mail in both]
    full = in_places(network, 1)
    assert [x.record.kind for x in letters(full, [ANNA, BRAM], *had)] == ["waiting", "waiting"]
    assert [x.record.kind for x in letters(network, [ANNA, BRAM], *waited)] == ["place", "place"]
    assert letters(full, [ANNA, BRAM], *waited) == letters(network, [ANNA, BRAM], *had) == []
    assert [x.record.waits for x in letters(full, [ANNA, BRAM], *had)] == [True, True]


def test_a_mail_of_an_earlier_release_said_nothing_of_places_that_must_be_mended(network: Network) -> None:
    both = record(ANNA, "confirmation-1"), record(BRAM, "confirmation-1")
    assert letters(in_places(network, 1), [ANNA, BRAM], *both) == letters(network, [ANNA, BRAM], *both) == []


def test_a_school_with_an_exception_reads_that_its_people_take_part(network: Network) -> None:
    promise = in_language(network, "Je krijgt bericht dat je meedoet", "We let you know that you are in")
    for until, is_promised in ((None, True), (AT + timedelta(days=2), False)):
        ended = replace(WAIVER, until=until)
        ((school, *_),) = standings_of(network, schools([ANNA]), [ended], AT)
        reads = " ".join(confirmation(network, ANNA, school, LINKS, date(2023, 3, 31)).text.split())
        assert (promise in reads) is is_promised
        assert (in_language(network, "Dan krijg je een herinnering", "reminder") in reads) is not is_promised


def test_a_school_that_is_complete_and_waits_reads_no_good_news(network: Network) -> None:
    short = replace(record(ANNA, "confirmation-1", 1), waits=True)
    complete, confirmation = letters(in_places(network, 1), [ANNA, BRAM], short)
    assert (complete.record.kind, complete.record.waits) == ("complete", True)
    for mail in (complete, confirmation):
        assert "wachtlijst" in text(mail)
        assert not any(
            words in text(mail) for words in ("Goed nieuws", "niets te doen", "bericht dat je mee")
        )


@pytest.mark.parametrize("state", [State.HELD, State.ADMITTED])
def test_after_the_deadline_what_is_decided_tells_of_places(network: Network, state: State) -> None:
    decided = [r.become(state, AFTER, "check") for r in (ANNA, BRAM)]
    told = [replace(record(r, "confirmation-1"), waits=True) for r in decided]
    told += [record(r, f"{state}-2", at=AFTER) for r in decided]
    assert letters(network, decided, *told, at=AFTER + timedelta(days=1)) == []


@pytest.mark.parametrize("state", [MailState.PENDING, MailState.SENDING])
def test_nobody_is_told_more_before_it_is_sure_what_they_were_told(
    network: Network, state: MailState
) -> None:
    mails_owed = letters(network, [ANNA, BRAM], record(ANNA, "confirmation-1", 1, state))
    assert kinds(mails_owed) == [(BRAM.email, "confirmation")]


@pytest.mark.parametrize("state", [MailState.PENDING, MailState.SENDING])
def test_who_comes_back_is_not_told_of_the_school_beside_the_mail_that_says_so(
    network: Network, state: MailState
) -> None:
    back = restored(cancelled(ANNA, AT), State.REGISTERED, AT)
    before = record(ANNA, "confirmation-1", 1), record(ANNA, "cancelled-2"), record(BRAM, "confirmation-1", 0)
    under_way = record(ANNA, "confirmation-3", 0, state)
    assert letters(network, [back, BRAM], *before, under_way) == []


def test_an_answer_comes_after_what_it_answers_also_where_the_streams_clock_is_behind(
    network: Network,
) -> None:
    first, second = record(ANNA, "confirmation-1", 1), record(BRAM, "confirmation-1")
    behind = AT - timedelta(minutes=10)  # of two in one second too: a stream tells whole seconds
    (word,) = letters(network, [ANNA, BRAM], first, second, at=behind)
    assert (word.record.kind, word.record.at > first.at) == ("complete", True)


def test_who_is_taken_in_at_the_second_of_a_mail_that_the_deadline_moved_reads_once_that_it_is_complete(
    network: Network,
) -> None:
    late = replace(ANNA, state=State.LATE, history=(Change(AT, State.LATE, "person"),))
    moment = AT + timedelta(days=1)
    anna = late.become(State.REGISTERED, moment, "organiser", "")
    before = record(anna, "late-1"), record(anna, "deadline-2", 1, at=moment), record(BRAM, "confirmation-1")
    (welcome,) = letters(network, [anna, BRAM], *before, at=moment)
    assert welcome.record.kind == "confirmation"
    mailed = replace(welcome.record, state=MailState.SENT)
    by_id = (mailed, *before)
    assert letters(network, [anna, BRAM], *by_id, at=moment + timedelta(hours=1)) == []


def test_word_of_a_complete_school_is_owed_until_it_has_gone_out(network: Network) -> None:
    first, bram_confirmed = record(ANNA, "confirmation-1", 1), record(BRAM, "confirmation-1")
    waits = replace(record(ANNA, "complete-2", 0, MailState.PENDING), due=AT)
    (again,) = letters(network, [ANNA, BRAM], first, bram_confirmed, waits)
    assert again.record.id == waits.id
    assert letters(network, [ANNA, BRAM], first, bram_confirmed, replace(waits, state=MailState.FAILED)) == []


def test_a_colleague_in_the_same_post_is_invited(network: Network) -> None:
    bram = replace(BRAM, invited_by=ANNA.reference)
    assert kinds(letters(network, [ANNA, bram])) == [(ANNA.email, "confirmation"), (BRAM.email, "invited")]


@pytest.mark.parametrize(
    ("state", "kind"),
    [(State.LATE, "late"), (State.ADMITTED, "admitted"), (State.HELD, "held"), (State.DECLINED, "declined")],
)
def test_each_decision_has_its_mail(network: Network, state: State, kind: str) -> None:
    before = replace(ANNA, state=State.QUARANTINED if state is State.LATE else State.REGISTERED)
    after = before.become(state, AT + timedelta(days=30), "check", "")
    (letter,) = letters(network, [after])
    assert (letter.write().kind, letter.record.id) == (kind, f"{ANNA.reference}-{kind}-2")


def test_whoever_corrects_their_own_data_is_not_mailed_again(network: Network) -> None:
    noted = replace(ANNA, history=(*ANNA.history, Change(AT, State.REGISTERED, "person", "functie")))
    assert letters(network, [noted], record(ANNA, "confirmation-1", 1)) == []


def test_only_the_last_of_many_changes_is_mailed(network: Network) -> None:
    gone = ANNA.become(State.CANCELLED, AT + timedelta(hours=1), "person", "")
    assert kinds(letters(network, [gone])) == [(ANNA.email, "cancelled")]


def test_who_an_organiser_has_mailed_again_reads_where_they_stand(network: Network) -> None:
    when = AT + timedelta(days=1)
    again = replace(ANNA, resent_at=when)
    (letter,) = letters(network, [again], record(ANNA, "confirmation-1", 1))
    assert letter.write().kind == "confirmation"
    assert letter.record.id == f"{ANNA.reference}-confirmation-1-{int(when.timestamp())}"


def test_suspected_spam_is_never_mailed(network: Network) -> None:
    spam = replace(ANNA, state=State.QUARANTINED, history=(Change(AT, State.QUARANTINED, "person"),))
    assert letters(network, [spam]) == []
    assert letters(network, [spam.become(State.CANCELLED, AT, "organiser", "")]) == []


def test_the_colleague_left_behind_is_told_that_the_school_is_short(network: Network) -> None:
    gone = BRAM.become(State.CANCELLED, AT + timedelta(days=1), "person", "")
    changed, cancelled_mail = letters(network, [ANNA, gone], record(ANNA, "confirmation-1", 0))
    assert kinds([changed, cancelled_mail]) == [(ANNA.email, "changed"), (BRAM.email, "cancelled")]
    assert (changed.record.id, changed.record.missing) == (f"{ANNA.reference}-changed-2", 1)
    assert "vrijdag 14 april 2023" in text(changed)
    assert "Bram" not in text(changed)
    assert "Een collega van je school doet niet meer mee." in text(changed)
    knew = record(ANNA, "confirmation-1", 1)
    assert kinds(letters(network, [ANNA, gone], knew)) == [(BRAM.email, "cancelled")]


def test_a_school_that_the_rule_made_short_lost_nobody(network: Network) -> None:
    rule = network.rule.model_copy(update={"min_per_school": 3})
    stricter = network.model_copy(update={"rule": rule})
    people = [ANNA, BRAM]
    both = [record(person, "confirmation-1") for person in people]
    for letter in letters(stricter, people, *both, at=AT + timedelta(days=1)):
        assert letter.record.kind == "changed"
        assert "doet niet meer mee" not in text(letter)
        assert "Van jouw school zijn er nu te weinig mensen aangemeld." in text(letter)


def test_who_left_before_the_last_mail_is_not_its_cause(network: Network) -> None:
    carla = someone("Carla", school="Bergcollege")
    gone = replace(
        carla, history=(*carla.history, Change(AT, State.CANCELLED, "person")), state=State.CANCELLED
    )
    later = AT + timedelta(days=1)
    mails = [record(person, "confirmation-1", at=later) for person in (ANNA, BRAM)]
    rule = network.rule.model_copy(update={"min_per_school": 3})
    stricter = network.model_copy(update={"rule": rule})
    changed = letters(stricter, [ANNA, BRAM, gone], *mails, at=later + timedelta(days=1))
    assert [letter.record.kind for letter in changed][:2] == ["changed", "changed"]
    assert "doet niet meer mee" not in text(changed[0])


def test_after_the_deadline_the_mail_names_the_end_of_the_repair_window(network: Network) -> None:
    anna, bram = (p.become(State.ADMITTED, AT + timedelta(days=26), "check", "") for p in (ANNA, BRAM))
    gone = bram.become(State.CANCELLED, AT + timedelta(days=31), "person", "")
    mails = [record(ANNA, "admitted-2"), record(BRAM, "cancelled-3")]
    (changed,) = letters(network, [anna, gone], *mails, at=AT + timedelta(days=31))
    assert "donderdag 27 april 2023" in text(changed)
    (later,) = letters(network, [anna, gone], *mails, at=AT + timedelta(days=39))
    assert "27 april" not in text(later).casefold()
    assert "Jij doet mee. Verandert dat?" in text(later)
    assert letters(network, [anna, gone], *mails, at=AT + timedelta(days=400)) == []


def test_a_reminder_that_was_ordered_before_the_first_mail_went_says_nothing_more(network: Network) -> None:
    noon, evening = AT + timedelta(hours=3), AT + timedelta(hours=8)
    anna = reminded(network, ANNA, 25, noon)
    went = record(ANNA, "confirmation-1", 1)
    assert kinds(letters(network, [anna], went, at=evening)) == [(ANNA.email, "reminder")]
    waits = replace(record(ANNA, "confirmation-1", 1, MailState.PENDING), due=evening)
    (first,) = letters(network, [anna], waits, at=evening)
    assert first.record.kind == "confirmation"
    assert letters(network, [anna], replace(first.record, state=MailState.SENT), at=evening) == []


def test_a_reminder_is_owed_only_while_it_is_true_and_new(
    network: Network,
) -> None:
    when, confirmed = AT + timedelta(days=18), record(ANNA, "confirmation-1", 1)
    after = replace(ANNA, reminded=7, reminded_at=when)
    (letter,) = letters(network, [after], confirmed, at=when)
    assert letter.record.id == f"{ANNA.reference}-reminder-7"
    bram = record(BRAM, "confirmation-1")
    assert kinds(letters(network, [after, BRAM], confirmed, bram, at=when)) == [(ANNA.email, "complete")]
    complete = record(ANNA, "complete-2", 0, at=when - timedelta(days=1))
    assert kinds(letters(network, [after], confirmed, complete, at=when)) == [(ANNA.email, "reminder")]
    later = [
        record(ANNA, "complete-2", 0, at=when),
        record(ANNA, "changed-3", 1, at=when + timedelta(days=1)),
    ]
    assert letters(network, [after], confirmed, *later, at=when + timedelta(days=1)) == []
    assert letters(network, [after], confirmed, at=network.closes_at) == []
    assert letters(network, [after], confirmed, at=when, decisions=(WAIVER,)) == []


def test_whose_mail_with_the_old_deadline_came_back_does_not_read_that_it_moved(network: Network) -> None:
    told = replace(record(ANNA, "confirmation-1"), deadline=network.closes_at - timedelta(days=3))
    back = replace(told, state=MailState.BOUNCED)
    (school,) = schools([ANNA, BRAM])
    moved = VersionHistory(deadline_since=AT - SETTLES)

    def of_anna(mail: MailRecord) -> list[OwedMail]:
        mails, school_of = by_reference([mail]), {ANNA.person_key: school}
        return list(of_deadline(ANNA, MailContext(network, AT, school_of, mails, {}, lambda _: LINKS, moved)))

    assert (kinds(of_anna(told)), of_anna(back)) == ([(ANNA.email, "deadline")], [])


@pytest.mark.parametrize(("days", "says"), [(-1, "after the earlier deadline"), (1, "after the deadline.")])
def test_who_was_late_for_an_earlier_deadline_reads_what_to_do_now(
    network: Network, days: int, says: str
) -> None:
    at = network.closes_at + timedelta(days=days)
    late = replace(ANNA, state=State.LATE, history=(Change(AT, State.LATE, "person"),))
    (letter,) = letters(network.model_copy(update={"language": "en"}), [late], at=at)
    assert says in text(letter)
    assert ("Register again" in text(letter)) is (days < 0)


def test_other_data_of_the_same_person_is_answered_once(network: Network) -> None:
    after = replace(ANNA, again={"role": "rector"}, again_at=AT + timedelta(minutes=2))
    confirmed = record(ANNA, "confirmation-1", 1)
    (letter,) = letters(network, [after], confirmed)
    assert letter.write().kind == "already"
    assert "rector" not in text(letter)
    later = replace(after, again={"role": "docent"})
    assert letters(network, [later], confirmed, replace(letter.record, state=MailState.SENT)) == []


def test_who_comes_back_is_confirmed_again_with_a_mail_of_its_own(network: Network) -> None:
    gone = ANNA.become(State.CANCELLED, AT + timedelta(days=1), "person", "")
    back = gone.become(State.REGISTERED, AT + timedelta(days=2), "person", "")
    (letter,) = letters(network, [back], record(ANNA, "confirmation-1", 1), record(ANNA, "cancelled-2"))
    assert letter.record.id == f"{ANNA.reference}-confirmation-3"


def test_who_asks_for_their_data_is_mailed_all_of_it_and_of_nobody_else(network: Network) -> None:
    anna = request_data(replace(ANNA, remarks="graag vega"), AT + timedelta(minutes=1))
    sent = record(anna, "confirmation-1"), record(BRAM, "confirmation-1")
    (letter,) = letters(network, [anna, BRAM], *sent)
    mail = letter.write()
    assert (letter.to, letter.record.id) == (ANNA.email, f"{ANNA.reference}-data-{_seconds(anna.data_at)}")
    (file,) = mail.attachments
    assert (file.filename, file.content_type) == (f"{ANNA.reference}.json", "application/json")
    data = json.loads(file.content)
    assert (data["opmerkingen"], len(data["mails"])) == ("graag vega", 1)
    assert BRAM.email not in file.content.decode()


def _seconds(at: datetime | None) -> int:
    assert at
    return int(at.timestamp())


def test_who_asks_for_their_links_is_mailed_them(network: Network) -> None:
    after = request_links(ANNA, AT + timedelta(minutes=1))
    (letter,) = letters(network, [after], record(ANNA, "confirmation-1", 1))
    assert (letter.to, letter.write().kind) == (ANNA.email, "links")


def test_each_colleague_who_is_invited_is_mailed_once(network: Network) -> None:
    two = add_invitation(add_invitation(ANNA, "carla@x.example", AT), "dirk@x.example", AT)
    (letter,) = letters(network, [two], record(ANNA, "confirmation-1", 1), record(ANNA, "invitation-1"))
    assert (letter.to, letter.write().kind) == ("dirk@x.example", "invitation")
    assert letter.record.id == f"{ANNA.reference}-invitation-2"


def test_an_invitation_that_goes_after_the_deadline_does_not_say_that_registration_is_open(
    network: Network,
) -> None:
    one = add_invitation(ANNA, "carla@x.example", AT)
    says = in_language(network, "Aanmelden kan", "Registration is open")
    for at, number in ((AT, 3), (AFTER, 0)):  # beside the subject; and in both texts
        (letter,) = letters(network, [one], record(ANNA, "confirmation-1", 1), at=at)
        assert text(letter).count(says) == number


def test_an_invitation_whose_address_was_erased_goes_to_nobody_and_keeps_its_number(network: Network) -> None:
    two = add_invitation(add_invitation(ANNA, "carla@x.example", AT), "dirk@x.example", AT)
    left = scrub_address(two, "carla@x.example", AT)
    (letter,) = letters(network, [left], record(ANNA, "confirmation-1", 1))
    assert (letter.to, letter.record.id) == ("dirk@x.example", f"{ANNA.reference}-invitation-2")
    assert "anna@" not in text(letter)


def test_who_is_forgotten_is_not_mailed_and_the_colleague_left_behind_is(network: Network) -> None:
    gone = erased(BRAM, AT + timedelta(days=1))
    mails_owed = letters(
        network, [ANNA, gone], record(ANNA, "confirmation-1", 0), record(BRAM, "confirmation-1", 0)
    )
    assert kinds(mails_owed) == [(ANNA.email, "changed")]


def test_who_gets_a_colleagues_place_reads_who_gave_us_their_data(network: Network) -> None:
    admitted = ANNA.become(State.ADMITTED, AT + timedelta(days=26), "check", "")
    why = Change(AT + timedelta(days=30), State.ADMITTED, "person")
    left, came = replaced(admitted, "Carla Smit", "carla@x.example", "seed", why)
    mails_owed = [x for x in letters(network, [left, came]) if x.to == "carla@x.example"]
    assert [letter.write().kind for letter in mails_owed] == ["invited", "admitted"]


def test_who_was_registered_by_a_colleague_and_comes_back_is_confirmed_like_anybody(network: Network) -> None:
    gone = cancelled(replace(BRAM, invited_by=ANNA.reference), AT + timedelta(days=1))
    back = restored(gone, State.REGISTERED, AT + timedelta(days=2))
    mails_owed = letters(network, [ANNA, back], record(ANNA, "confirmation-1", 0))
    assert kinds(mails_owed) == [(BRAM.email, "confirmation")]


def test_who_is_released_from_quarantine_reads_who_registered_them(network: Network) -> None:
    spam = replace(BRAM, invited_by=ANNA.reference, history=(Change(AT, State.QUARANTINED, "person"),))
    bram = replace(spam, state=State.QUARANTINED).become(State.REGISTERED, AT, "organiser", "")
    assert kinds(letters(network, [ANNA, bram], record(ANNA, "confirmation-1"))) == [(BRAM.email, "invited")]


ADMITTED = ANNA.become(State.ADMITTED, AT + timedelta(days=26), "check", "")


def put_in_agenda(network: Network) -> MailRecord:
    (letter,) = letters(network, [ADMITTED])
    return replace(letter.record, state=MailState.SENT)


def moved_to(network: Network, number: int, day: date) -> Network:
    sessions = list(network.sessions)
    sessions[number - 1] = sessions[number - 1].model_copy(update={"date": day})
    return network.model_copy(update={"sessions": tuple(sessions)})


def calendar(letter: OwedMail, file: int = 0) -> str:
    return letter.write().attachments[file].content.decode()


def test_who_takes_part_is_told_once_which_sessions_moved(network: Network) -> None:
    had, changed = put_in_agenda(network), moved_to(network, 2, date(2023, 7, 3))
    assert letters(network, [ADMITTED], had) == []
    (letter,) = letters(changed, [ADMITTED], had, at=AT + timedelta(days=60))
    assert letter.record.kind == "moved"
    assert "donderdag 29 juni 2023" in text(letter)
    assert "maandag 3 juli 2023" in text(letter)
    assert "SEQUENCE:1\r\n" in calendar(letter)
    moved_record = replace(letter.record, state=MailState.SENT)
    assert letters(changed, [ADMITTED], had, moved_record, at=AT + timedelta(days=60)) == []


def test_sessions_that_move_twice_and_a_place_that_is_given_up_have_later_files(network: Network) -> None:
    had = put_in_agenda(network)
    at = AT + timedelta(days=60)
    (first,) = letters(moved_to(network, 2, date(2023, 7, 3)), [ADMITTED], had, at=at)
    once = replace(first.record, state=MailState.SENT)
    twice = moved_to(network, 2, date(2023, 7, 4))
    (second,) = letters(twice, [ADMITTED], had, once, at=at)
    assert "SEQUENCE:2\r\n" in calendar(second)
    gone = ADMITTED.become(State.CANCELLED, at, "person", "")
    again = replace(second.record, state=MailState.SENT)
    (left,) = letters(twice, [gone], had, once, again, at=at)
    assert "SEQUENCE:3\r\n" in calendar(left)


def test_a_session_that_does_not_take_place_leaves_the_agenda(network: Network) -> None:
    had, fewer = put_in_agenda(network), network.model_copy(update={"sessions": network.sessions[:3]})
    (letter,) = letters(fewer, [ADMITTED], had, at=AT + timedelta(days=60))
    assert "gaat niet door" in text(letter)
    assert calendar(letter).count("BEGIN:VEVENT") == 3
    assert "METHOD:CANCEL" in calendar(letter, 1)
    assert "DTSTART;TZID=Europe/Amsterdam:20231121T120000" in calendar(letter, 1)


def test_where_the_first_is_dropped_the_mail_says_nothing_of_those_behind_it(network: Network) -> None:
    had, fewer = put_in_agenda(network), network.model_copy(update={"sessions": network.sessions[1:]})
    (letter,) = letters(fewer, [ADMITTED], had, at=AT)
    head = text(letter).partition("De bijeenkomsten")[0]
    assert "Bijeenkomst van woensdag 10 mei" in head
    assert "29 juni" not in head
    assert calendar(letter).count("BEGIN:VEVENT") == 3
    assert "METHOD:CANCEL" in calendar(letter, 1)
    assert letters(fewer, [ADMITTED], had, at=AT + timedelta(days=60)) == []  # it was over by then


def test_a_session_of_the_past_that_is_corrected_troubles_nobody(network: Network) -> None:
    had, corrected = put_in_agenda(network), moved_to(network, 1, date(2023, 5, 11))
    assert letters(corrected, [ADMITTED], had, at=AT + timedelta(days=60)) == []


def test_who_takes_part_is_reminded_of_a_session_until_its_day(network: Network) -> None:
    had, session = put_in_agenda(network), date(2023, 6, 29)
    reminded = replace(ADMITTED, session_reminded=session)
    at = datetime(2023, 6, 22, 5, tzinfo=UTC)
    (letter,) = letters(network, [reminded], had, at=at)
    assert (letter.record.kind, letter.record.id[-9:]) == ("upcoming", "-20230629")
    assert "donderdag 29 juni 2023" in text(letter)
    assert letters(network, [reminded], had, at=at + timedelta(days=8)) == []
    assert letters(moved_to(network, 2, date(2023, 7, 3)), [reminded], had, at=at)[0].record.kind == "moved"


def test_ids_of_mails_fit_sess_tags(network: Network) -> None:
    for letter in letters(network, [someone(), replace(BRAM, resent_at=AT)]):
        assert letter.record.id.replace("-", "").replace("_", "").isalnum()
        assert letter.record.id.isascii()
        assert len(letter.record.id) <= 256


def withheld(person: Registration, reason: str) -> MailRecord:
    return replace(record(person, "confirmation-1", 1, MailState.WITHHELD), reason=reason)


def test_who_was_never_mailed_hears_what_is_decided_and_no_more(network: Network) -> None:
    first = withheld(ANNA, TEN_ALREADY)
    reminded = replace(ANNA, reminded=14, reminded_at=AT)
    assert letters(network, [reminded], first) == []
    held = ANNA.become(State.HELD, AT, "check", "")
    assert kinds(letters(network, [held], first)) == [(ANNA.email, "held")]


def test_a_new_release_mails_nobody_whom_the_last_one_kept_silent(network: Network) -> None:
    held = ANNA.become(State.HELD, AT, "check", "")
    assert letters(network, [held], withheld(ANNA, "too many")) == []


def test_what_was_withheld_has_told_nobody_that_the_school_is_complete(network: Network) -> None:
    first = record(ANNA, "confirmation-1", 1)
    told = replace(record(ANNA, "complete-2", 0, MailState.WITHHELD), reason=TEN_ALREADY)
    of_bram = record(BRAM, "confirmation-1", 0)
    assert letters(network, [ANNA, BRAM], first, told, of_bram) == []  # it is not tried again
    assert letters(network, [ANNA], first, told) == []  # and nothing that they know has changed


def test_others_can_cause_the_lost_links_and_not_those_of_ones_own_page(network: Network) -> None:
    for by_owner in (False, True):
        asks = request_links(ANNA, AT, by_owner=by_owner)
        (letter,) = letters(network, [asks], record(ANNA, "confirmation-1", 1))
        assert (letter.record.kind, letter.from_strangers) == ("links", not by_owner)


def uids(letter: OwedMail) -> set[str]:
    calendars = [Calendar.from_ical(file.content) for file in letter.write().attachments]
    return {str(event["UID"]) for calendar in calendars for event in calendar.events}


def test_two_people_have_sessions_of_their_own(network: Network) -> None:
    people = [person.become(State.ADMITTED, AT, "check", "") for person in (ANNA, BRAM)]
    of_anna, of_bram = letters(network, people)
    assert (len(uids(of_anna)), uids(of_anna) & uids(of_bram)) == (4, set())
    assert of_anna.record.has_own_uids


def test_who_cancels_takes_out_the_sessions_that_their_own_file_put_in(network: Network) -> None:
    admitted = ANNA.become(State.ADMITTED, AT, "check", "")
    (file,) = letters(network, [admitted])
    gone = admitted.become(State.CANCELLED, AT + timedelta(days=1), "person", "")
    (goodbye,) = letters(network, [gone], replace(file.record, state=MailState.SENT))
    assert uids(goodbye) == uids(file)


def test_who_got_a_file_of_an_earlier_release_keeps_its_uids(network: Network) -> None:
    admitted = ANNA.become(State.ADMITTED, AT, "check", "")
    (file,) = letters(network, [admitted])
    earlier = replace(file.record, state=MailState.SENT, has_own_uids=False)
    gone = admitted.become(State.CANCELLED, AT + timedelta(days=1), "person", "")
    (goodbye,) = letters(network, [gone], earlier)
    shared = {str(uuid5(NAMESPACE_URL, f"tweetal:plg-2023:{number}")) for number in range(1, 5)}
    assert uids(goodbye) == shared
    later = network.model_copy(update={"sessions": network.sessions[:3]})
    (moved,) = letters(later, [admitted], earlier)
    assert (moved.record.kind, uids(moved), moved.record.has_own_uids) == ("moved", shared, False)


def written(network: Network, person: Registration, *mails: MailRecord, at: datetime = AT) -> list[str]:
    """Return the mails of messages that are owed to somebody for whom one was written."""
    ((school, *_),) = standings_of(network, schools([person]), (), AT)
    message = replace(MESSAGE, at=AT, day=AT.date(), people=(person.reference,))
    sent, bounces = by_reference(mails), last_bounces([person], mails)
    around = MailContext(network, at, {person.person_key: school}, sent, bounces, lambda _: LINKS)
    letters_owed = owed(person, around._replace(messages=(message, replace(message, people=("PLG-0",)))))
    return [x.record.id for x in letters_owed if x.record.kind == "message" and "Neem mee" in text(x)]


def test_what_an_organiser_wrote_is_owed_to_whoever_it_was_for_for_two_days(network: Network) -> None:
    assert written(network, ANNA) == [f"{ANNA.reference}-message-202303201"]
    assert written(network, BRAM) == [f"{BRAM.reference}-message-202303201"]
    assert written(network, ANNA, at=AT + timedelta(days=2)) == []


def test_no_message_goes_to_who_left_or_to_an_address_that_takes_or_wants_no_mail(network: Network) -> None:
    assert written(network, ANNA.become(State.CANCELLED, AT, "person")) == []
    assert written(network, ANNA, bounced(ANNA, "confirmation-1")) == []
    complained = record(ANNA, "confirmation-1", state=MailState.WITHHELD)
    assert written(network, ANNA, complained) == []
    assert written(network, ANNA, replace(complained, reason=TEN_ALREADY)) == []
    arrived = record(ANNA, "already-2", state=MailState.DELIVERED)
    assert written(network, ANNA, replace(complained, reason=TEN_ALREADY), arrived) != []
