from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import pytest

from shared.domain.actions import registrant as amend
from shared.domain.network.network import Network
from shared.domain.registration.erasure import (
    after_leaving,
    erased,
    scrub_address,
    undo_until,
    without_sensitive_answers,
)
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import ERASED, ImpossibleChangeError, Registration, State
from tests.asking import asking
from tests.people import AT, colleagues

ANNA, BRAM = colleagues("Bergcollege", "Anna Bram")
TOLD = amend.add_invitation(
    replace(ANNA, role="rector", phone="06-1234", remarks="x", extra={"a": "b"}, again={"role": "y"}),
    "kim@berg.example",
    AT,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2023-{text}+02:00")


LEFT = at("04-03T15:00")  # a Monday; the report of Tuesday morning tells it
GONE = amend.cancelled(TOLD, LEFT)


def holds_nobody(left: Registration) -> bool:
    bare = replace(left, email="", history=())
    return not any(word in repr(bare).casefold() for word in ("anna", "@", "06-1234", "rector", "'x'", "'y'"))


def test_an_address_goes_wherever_others_left_it_and_nothing_like_it_does() -> None:
    bram = amend.add_invitation(
        replace(BRAM, remarks=f"met {ANNA.email}!", extra={"cc": "Hanna@11.example"}), ANNA.email, AT
    )
    bram = replace(bram, questions={"wie": ANNA.email}, without_address=(ANNA.email,))
    bram = bram.become(State.DECLINED, LEFT, ANNA.email, f"op verzoek van {ANNA.email.upper()}")
    left = scrub_address(bram, ANNA.email, LEFT)
    assert (left.name, left.email, left.remarks) == ("Bram", BRAM.email, "met (gewist)!")
    assert left.extra == {"cc": "Hanna@11.example"}
    assert left.questions == {"wie": ERASED}
    assert left.without_address == (ERASED,)
    assert [sent.email for sent in left.invitations] == [""]
    assert (left.history[-1].by, left.history[-1].note) == (ERASED, "op verzoek van (gewist)")
    assert scrub_address(BRAM, ANNA.email, LEFT) == BRAM
    assert scrub_address(ANNA, ANNA.email.upper(), LEFT) == erased(ANNA, LEFT)


def test_an_organiser_is_erased_from_the_reasons_that_name_them() -> None:
    reason = Reason(ReasonCode.WAIVED, by=ANNA.email, day=LEFT.date())
    bram = BRAM.become(State.ADMITTED, LEFT, "check", "klein", reason)
    assert scrub_address(bram, ANNA.email, LEFT).history[-1].reason == replace(reason, by=ERASED)


def test_who_asks_to_be_forgotten_leaves_only_enough_to_count() -> None:
    gone = erased(TOLD, LEFT)
    assert gone.state is State.CANCELLED
    assert (gone.reference, gone.school, gone.email) == (ANNA.reference, "Bergcollege", "")
    assert holds_nobody(gone)
    assert len(erased(GONE, LEFT).history) == 2


# What counts a person, says when things happened to them, or says where their item is.
LEFT_OF_SOMEBODY = {
    "network", "person_key", "reference", "state", "name", "school", "place", "brin", "received_at",
    "invited_by", "via", "reminded", "reminded_at", "reminded_of", "session_reminded", "again_at", "links_at",
    "data_at", "resent_at", "links_version", "links_by_owner", "invitations", "history",
    "earlier_typings", "unjudged", "revision", "mail_domain", "unconfirmed_since", "confirmed_at",
}  # fmt: skip


def test_whatever_else_is_stored_of_somebody_goes_when_they_are_erased() -> None:
    told = {field.name for field in fields(Registration)} - LEFT_OF_SOMEBODY
    full: dict[str, Any] = dict.fromkeys(told, "x")
    full |= {name: {"naam": "x"} for name in ("extra", "again", "questions", "consents")}
    gone = erased(replace(ANNA, **{**full, "without_address": ("Bo",)}), LEFT)
    assert {name for name in told if getattr(gone, name)} == set()


def test_an_organisers_own_words_about_somebody_go_along_and_the_decision_stays() -> None:
    decided = TOLD.become(State.DECLINED, LEFT, "els@leren.example", "Anna is op reis")
    *_, declined, cancelled = erased(decided, LEFT).history
    assert (declined.state, declined.by, declined.note) == (State.DECLINED, "els@leren.example", "")
    assert cancelled.reason
    assert cancelled.reason.code is ReasonCode.ERASED


def test_the_name_of_who_left_goes_at_the_check_after_the_report_that_told_it(network: Network) -> None:
    assert after_leaving(network, GONE, at("04-04T07:00"), at("04-03T07:00")) is GONE
    left = after_leaving(network, GONE, at("04-05T07:00"), at("04-04T07:00"))
    assert (left.name, left.email) == (ERASED, ANNA.email)
    assert holds_nobody(left)
    assert left.history == GONE.history
    assert len(left.invitations) == 1


def test_a_check_that_runs_again_after_its_own_report_erases_no_more_than_before(network: Network) -> None:
    assert after_leaving(network, GONE, at("04-04T07:00"), at("04-04T07:00")) is GONE
    left = after_leaving(network, GONE, at("04-05T07:00"), at("04-04T07:00"))
    assert after_leaving(network, left, at("04-06T07:00"), at("04-05T07:00")) == left


def test_a_report_that_was_missed_is_waited_for(network: Network) -> None:
    assert after_leaving(network, GONE, at("04-06T07:00"), at("04-03T07:00")) is GONE
    assert after_leaving(network, GONE, at("04-03T07:00"), None) is GONE


def test_the_address_stays_while_one_can_come_back_and_then_goes_too(network: Network) -> None:
    assert undo_until(network, GONE) == at("04-15T00:00")
    assert after_leaving(network, GONE, at("04-14T07:00"), at("04-13T07:00")).email == ANNA.email
    assert after_leaving(network, GONE, at("04-15T07:00"), at("04-14T07:00")).email == ""


def test_after_the_deadline_one_can_come_back_as_long_as_one_can_be_replaced(network: Network) -> None:
    gone = amend.cancelled(TOLD, at("04-20T15:00"))
    assert undo_until(network, gone) == at("04-28T00:00")
    assert after_leaving(network, gone, at("04-27T07:00"), at("04-26T07:00")).email == ANNA.email
    assert after_leaving(network, gone, at("04-28T07:00"), at("04-27T07:00")).email == ""


def test_who_an_organiser_took_off_the_list_or_called_spam_keeps_no_address(network: Network) -> None:
    for state in (State.REGISTERED, State.QUARANTINED):
        off = replace(TOLD, state=state).become(State.CANCELLED, LEFT, "els@leren.example", "kan niet")
        assert after_leaving(network, off, at("04-05T07:00"), at("04-04T07:00")).email == ""


def test_after_the_last_session_there_is_no_report_to_wait_for(network: Network) -> None:
    gone = amend.cancelled(TOLD, at("11-21T15:00"))
    assert after_leaving(network, gone, at("11-21T23:00"), at("11-21T07:00")) is gone
    assert after_leaving(network, gone, at("11-22T07:00"), at("11-21T07:00")).is_erased


@pytest.mark.parametrize("state", [state for state in State if state is not State.CANCELLED])
def test_nobody_else_is_erased_by_a_check(network: Network, state: State) -> None:
    anna = replace(TOLD, state=state)
    assert after_leaving(network, anna, at("11-22T07:00"), None) is anna


def test_nobody_comes_back_without_a_name(network: Network) -> None:
    left = after_leaving(network, GONE, at("04-05T07:00"), at("04-04T07:00"))
    with pytest.raises(ImpossibleChangeError):
        left.become(State.REGISTERED, LEFT, "operator", "")
    back = amend.restored(left, State.REGISTERED, LEFT, "Anna Bos")
    assert (back.name, back.state) == ("Anna Bos", State.REGISTERED)


def test_sensitive_answers_go_also_those_that_did_not_fit_and_all_others_stay(network: Network) -> None:
    anna = replace(ANNA, questions={"dieet": "noten", "eten": "yes"}, extra={"dieet": "x", "kleur": "rood"})
    left = without_sensitive_answers(asking(network), anna)
    assert (left.questions, left.extra) == ({"eten": "yes"}, {"kleur": "rood"})
    assert without_sensitive_answers(network, anna) == anna
