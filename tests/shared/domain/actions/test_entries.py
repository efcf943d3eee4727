from datetime import datetime, timedelta

from shared.domain.actions.entries import PostSource, entries
from shared.domain.form.submission import check
from shared.domain.network.network import Network
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Registration, State
from tests.drafts import json_draft
from tests.functions.submit.posts import JAN, LAST, OPEN, TOO_LATE

PAIR = JAN | {
    "place": "Utrecht",
    "remarks": "graag vega",
    "dieet": "vega",
    "participants": [{"name": "Ann Bos", "email": "ann@berg.example", "role": "docent"}],
}


def entered(
    network: Network, at: datetime = OPEN, via: str = "", suspicion: ReasonCode | None = None
) -> tuple[Registration, ...]:
    post = check(json_draft(PAIR))
    return entries(post, network, PostSource(at, "request-1", via), suspicion)


def test_a_registrant_brings_colleagues_of_the_same_school(network: Network) -> None:
    jan, ann = entered(network)
    assert (jan.name, jan.school, jan.place, jan.invited_by) == ("Jan de Vries", "Bergcollege", "Utrecht", "")
    assert (ann.name, ann.school, ann.place, ann.role) == ("Ann Bos", "Bergcollege", "Utrecht", "docent")
    assert ann.invited_by == jan.reference != ann.reference
    assert (jan.remarks, jan.extra, ann.remarks, ann.extra) == ("graag vega", {"dieet": "vega"}, "", {})


def test_the_same_seed_gives_the_same_references(network: Network) -> None:
    assert [r.reference for r in entered(network)] == [r.reference for r in entered(network)]
    assert all(r.reference.startswith("PLG-") for r in entered(network))


def test_the_last_instant_counts_and_the_next_is_late(network: Network) -> None:
    assert {r.state for r in entered(network, LAST)} == {State.REGISTERED}
    assert {r.state for r in entered(network, TOO_LATE - timedelta(milliseconds=1))} == {State.REGISTERED}
    assert {r.state for r in entered(network, TOO_LATE)} == {State.LATE}


def test_what_looks_like_a_robots_is_put_aside_with_everyone_in_the_post(network: Network) -> None:
    assert {r.state for r in entered(network, suspicion=ReasonCode.HONEYPOT)} == {State.QUARANTINED}


def test_the_history_starts_with_who_did_it_and_why(network: Network) -> None:
    whys = [(r.history[0].by, r.history[0].reason) for r in entered(network)]
    own, brought = Reason(ReasonCode.REGISTERED), Reason(ReasonCode.REGISTERED_BY_COLLEAGUE)
    assert whys == [("person", own), ("person", brought)]
    assert entered(network, TOO_LATE)[0].history[0].reason == Reason(ReasonCode.AFTER_DEADLINE)
    robot = entered(network, suspicion=ReasonCode.HONEYPOT)
    assert {r.history[0].reason for r in robot} == {Reason(ReasonCode.HONEYPOT)}


def test_everyone_in_a_post_behind_a_forwarded_link_belongs_to_the_colleague_who_sent_it(
    network: Network,
) -> None:
    assert {r.via for r in entered(network, via="PLG-1")} == {"PLG-1"}
