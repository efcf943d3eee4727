from dataclasses import replace
from datetime import timedelta

import pytest

from functions.mail.owed import Change, Letter, Scene, owed
from shared.domain.amend import asks_links, cancelled, invites, restored
from shared.domain.erasure import erased
from shared.domain.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration import Change as Entry
from shared.domain.registration import Registration, State, replaced
from shared.domain.school import schools
from shared.mails.mail import Personal
from tests.people import AT, colleagues, someone

ANNA, BRAM = colleagues("Bergcollege", "Anna Bram")


def told(person: Registration, kind: str, missing: int) -> MailRecord:
    return MailRecord(
        "plg-2023", f"{person.reference}-{kind}-1", kind, person.reference, MailState.SENT, AT, missing
    )


def letters(
    network: Network,
    before: Registration | None,
    after: Registration,
    *others: Registration,
    **known: MailRecord,
) -> list[Letter]:
    (school,) = schools([after, *others])
    records = {record.reference: [record] for record in known.values()}
    links = Personal("https://x.example/me/1", "https://x.example/join/1")
    return list(owed(Change(before, after), Scene(network, school, records, lambda _: links)))


def kinds(found: list[Letter]) -> list[tuple[str, str]]:
    return [(letter.to, letter.mail.kind) for letter in found]


def test_a_new_registration_is_confirmed_and_the_record_says_what_was_told(network: Network) -> None:
    (letter,) = letters(network, None, ANNA)
    assert (letter.to, letter.mail.kind) == (ANNA.email, "confirmation")
    assert letter.record.id == f"{ANNA.reference}-confirmation-1"
    assert (letter.record.state, letter.record.missing) == (MailState.SENDING, 1)


def test_the_second_of_a_school_completes_it_and_the_first_is_told(network: Network) -> None:
    found = letters(network, None, BRAM, ANNA, anna=told(ANNA, "confirmation", 1))
    assert kinds(found) == [(BRAM.email, "confirmation"), (ANNA.email, "complete")]
    assert found[1].record.id == f"{ANNA.reference}-complete-2"


def test_who_was_told_that_the_school_is_complete_is_not_told_again(network: Network) -> None:
    assert kinds(letters(network, None, BRAM, ANNA, anna=told(ANNA, "confirmation", 0))) == [
        (BRAM.email, "confirmation")
    ]
    assert kinds(letters(network, None, BRAM, ANNA)) == [(BRAM.email, "confirmation")]


def test_a_colleague_in_the_same_post_is_invited(network: Network) -> None:
    bram = replace(BRAM, invited_by=ANNA.reference)
    assert kinds(letters(network, None, bram, ANNA)) == [(BRAM.email, "invited")]


@pytest.mark.parametrize(
    ("state", "kind"),
    [(State.LATE, "late"), (State.ADMITTED, "admitted"), (State.HELD, "held"), (State.DECLINED, "declined")],
)
def test_each_decision_has_its_mail(network: Network, state: State, kind: str) -> None:
    before = replace(ANNA, state=State.QUARANTINED if state is State.LATE else State.REGISTERED)
    after = before.become(state, AT + timedelta(days=30), "check", "")
    (letter,) = letters(network, before, after, BRAM)
    assert (letter.mail.kind, letter.record.id) == (kind, f"{ANNA.reference}-{kind}-2")


def test_suspected_spam_is_never_mailed(network: Network) -> None:
    assert letters(network, None, replace(ANNA, state=State.QUARANTINED)) == []


def test_the_colleague_left_behind_is_told_that_the_school_is_short(network: Network) -> None:
    gone = BRAM.become(State.CANCELLED, AT + timedelta(days=1), "person", "")
    found = letters(network, BRAM, gone, ANNA, anna=told(ANNA, "complete", 0))
    assert kinds(found) == [(BRAM.email, "cancelled"), (ANNA.email, "changed")]
    assert (found[1].record.id, found[1].record.missing) == (f"{ANNA.reference}-changed-2", 1)
    assert "vrijdag 14 april 2023" in " ".join(found[1].mail.text.split())
    assert "Bram" not in found[1].mail.text + found[1].mail.html
    assert kinds(letters(network, BRAM, gone, ANNA, anna=told(ANNA, "reminder", 1))) == [
        (BRAM.email, "cancelled")
    ]


def test_after_the_deadline_the_mail_names_the_end_of_the_repair_window(network: Network) -> None:
    admitted = [p.become(State.ADMITTED, AT + timedelta(days=26), "check", "") for p in (ANNA, BRAM)]
    gone = admitted[1].become(State.CANCELLED, AT + timedelta(days=31), "person", "")
    found = letters(network, admitted[1], gone, admitted[0], anna=told(ANNA, "admitted", 0))
    assert "donderdag 27 april 2023" in " ".join(found[1].mail.text.split())


def test_a_rejected_post_of_suspected_spam_is_not_answered(network: Network) -> None:
    spam = replace(ANNA, state=State.QUARANTINED)
    assert letters(network, spam, spam.become(State.CANCELLED, AT, "organiser", "")) == []


def test_a_reminder_follows_only_when_the_school_is_still_short(network: Network) -> None:
    after = replace(ANNA, reminded=7, reminded_at=AT + timedelta(days=18))
    (letter,) = letters(network, ANNA, after)
    assert letter.record.id == f"{ANNA.reference}-reminder-7"
    assert letters(network, ANNA, after, BRAM) == []
    assert letters(network, after, after) == []


def test_other_data_of_the_same_person_is_answered_once(network: Network) -> None:
    after = replace(ANNA, again={"role": "rector"}, again_at=AT + timedelta(minutes=2))
    (letter,) = letters(network, ANNA, after)
    assert letter.mail.kind == "already"
    assert "rector" not in letter.mail.text + letter.mail.html
    later = replace(after, again={"role": "docent"})
    assert letters(network, after, later) == []


def test_who_comes_back_is_confirmed_again_with_a_mail_of_its_own(network: Network) -> None:
    gone = ANNA.become(State.CANCELLED, AT + timedelta(days=1), "person", "")
    back = gone.become(State.REGISTERED, AT + timedelta(days=2), "person", "")
    (letter,) = letters(network, gone, back)
    assert letter.record.id == f"{ANNA.reference}-confirmation-3"


def test_who_asks_for_their_links_is_mailed_them(network: Network) -> None:
    after = asks_links(ANNA, AT + timedelta(minutes=1))
    (letter,) = letters(network, ANNA, after)
    assert (letter.to, letter.mail.kind) == (ANNA.email, "links")
    assert letters(network, after, after) == []


def test_each_colleague_who_is_invited_is_mailed_once(network: Network) -> None:
    one = invites(ANNA, "carla@x.example", AT)
    two = invites(one, "dirk@x.example", AT)
    (letter,) = letters(network, one, two)
    assert (letter.to, letter.mail.kind) == ("dirk@x.example", "invitation")
    assert letter.record.id == f"{ANNA.reference}-invitation-2"
    assert "anna@" not in letter.mail.text + letter.mail.html


def test_who_is_forgotten_is_not_mailed_and_the_colleague_left_behind_is(network: Network) -> None:
    gone = erased(BRAM, AT + timedelta(days=1))
    assert kinds(letters(network, BRAM, gone, ANNA, anna=told(ANNA, "complete", 0))) == [
        (ANNA.email, "changed")
    ]


def test_who_gets_a_colleagues_place_reads_who_gave_us_their_data(network: Network) -> None:
    admitted = ANNA.become(State.ADMITTED, AT + timedelta(days=26), "check", "")
    why = Entry(AT + timedelta(days=30), State.ADMITTED, "person")
    left, came = replaced(admitted, "Carla Smit", "carla@x.example", "seed", why)
    found = kinds(letters(network, None, came, left))
    assert found == [("carla@x.example", "invited"), ("carla@x.example", "admitted")]


def test_who_was_registered_by_a_colleague_and_comes_back_is_confirmed_like_anybody(network: Network) -> None:
    gone = cancelled(replace(BRAM, invited_by=ANNA.reference), AT + timedelta(days=1))
    back = restored(gone, State.REGISTERED, AT + timedelta(days=2))
    assert kinds(letters(network, gone, back, ANNA)) == [(BRAM.email, "confirmation")]


def test_ids_of_mails_fit_sess_tags(network: Network) -> None:
    everyone = letters(network, None, someone(), BRAM, bram=told(BRAM, "confirmation", 1))
    for letter in everyone:
        assert letter.record.id.replace("-", "").replace("_", "").isalnum()
        assert letter.record.id.isascii()
        assert len(letter.record.id) <= 256
