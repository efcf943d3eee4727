"""What the store makes of a DynamoDB that fails: nothing lost, nothing twice, and no wait too long."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from shared.access.code_requests import CodeRequest, CodeRequests
from shared.access.sign_in import SignIn
from shared.access.sign_ins import SignIns
from shared.aws import patience as asking
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.decision import Decision, Kind
from shared.domain.registration.registration import Registration, State
from tests.engines import Around, Engine
from tests.faults.answers import Faults, answer_lost, fails_after, hangs, refused, says
from tests.people import AT, someone

pytestmark = pytest.mark.usefixtures("each_client")
Failing = Callable[..., Faults]
WAIVER = Decision("plg-2023", "waive-1", Kind.WAIVE, "PLG-1", "sanne@x.example", "kleine school", AT)
CONFLICT = [{"Code": "TransactionConflict", "Message": "on purpose"}, {"Code": "None"}]
MEETS = says("TransactionCanceledException", CancellationReasons=CONFLICT)
KINDS: dict[str, Around] = {
    "the answer is lost": answer_lost,
    "it hangs": hangs,
    "nobody listens": refused,
    "it fails after": fails_after,
    "it fails before": says("InternalServerError", 500),
    "throttled": says("ThrottlingException"),
    "too much": says("ProvisionedThroughputExceededException"),
    "over the limit": says("RequestLimitExceeded"),
    "in progress": says("TransactionInProgressException"),
}


@pytest.fixture
def sign_ins(table: Table) -> SignIns:
    """The codes in the table."""
    return SignIns(table._store)


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited before each retry, without waiting."""
    waited: list[float] = []
    for module in ("botocore.endpoint", "shared.aws.direct"):
        monkeypatch.setattr(f"{module}.time", SimpleNamespace(sleep=waited.append))
    return waited


@pytest.fixture
def failing(engine: Engine, table: Table, monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Have things happen to the next writes."""

    def plan(*planned: Around) -> Faults:
        faults = Faults(planned)
        engine.around(monkeypatch, faults)
        return faults

    return plan


def stored(table: Table) -> list[Registration]:
    return list(table.registrations("plg-2023"))


def one(table: Table) -> Registration:
    """Return the only registration, which must be there once."""
    (found,) = stored(table)
    return found


def kept(table: Table, registration: Registration) -> Registration:
    """Return a registration as it stands."""
    found = table.registration("plg-2023", registration.person_key)
    assert found is not None
    return found


EACH = [(f"jan-{number}@berg.example", kind) for number, kind in enumerate(KINDS)]


def test_one_person_is_registered_once(table: Table, failing: Failing) -> None:
    for email, kind in EACH:
        faults = failing(KINDS[kind], KINDS[kind])
        (answer,) = table.register([someone(email=email)])
        assert (faults.happened, kept(table, answer).reference) == (2, answer.reference), kind
        assert kept(table, answer).revision == 1, kind
    assert len(stored(table)) == len(KINDS)


def test_everybody_in_one_post_is_registered_once(table: Table, failing: Failing) -> None:
    for email, kind in EACH:
        failing(KINDS[kind], KINDS[kind])
        answers = table.register([someone(email=email), someone("Petra Bos", f"petra-{email}")])
        assert [kept(table, r).reference for r in answers] == [r.reference for r in answers], kind
        assert [kept(table, r).revision for r in answers] == [1, 1], kind
    assert len(stored(table)) == 2 * len(KINDS)


def test_a_change_is_stored_and_not_taken_for_somebody_elses(table: Table, failing: Failing) -> None:
    for email, kind in EACH:
        (jan,) = table.register([someone(email=email)])
        failing(KINDS[kind], KINDS[kind])
        assert table.save(kept(table, jan).become(State.ADMITTED, AT, "check", "compleet")), kind
        assert (kept(table, jan).state, kept(table, jan).revision) == (State.ADMITTED, 2), kind


def test_two_changes_together_are_stored_and_not_taken_for_somebody_elses(
    table: Table, failing: Failing
) -> None:
    for email, kind in EACH:
        both = table.register([someone(email=email), someone("Petra Bos", f"petra-{email}")])
        failing(KINDS[kind], KINDS[kind])
        assert table.save(*(kept(table, r).become(State.HELD, AT, "check", "te weinig") for r in both)), kind
        assert {(kept(table, r).state, kept(table, r).revision) for r in both} == {(State.HELD, 2)}, kind


def test_a_decision_is_kept(table: Table, failing: Failing) -> None:
    for kind in KINDS:
        failing(KINDS[kind], KINDS[kind])
        waiver = replace(WAIVER, id=kind)
        assert table.save_decision(waiver), kind
        assert not table.save_decision(waiver), kind
    assert len(table.decisions("plg-2023")) == len(KINDS)


def test_a_decision_is_undone_once(table: Table, failing: Failing) -> None:
    for kind in KINDS:
        waiver = replace(WAIVER, id=kind)
        assert table.save_decision(waiver), kind
        failing(KINDS[kind], KINDS[kind])
        assert table.undo_decision(waiver, AT), kind
        assert not table.undo_decision(waiver, AT + timedelta(minutes=1)), kind
    assert {decision.undone_at for decision in table.decisions("plg-2023")} == {AT}


def test_a_report_is_owed_once(table: Table, failing: Failing) -> None:
    for kind in KINDS:
        failing(KINDS[kind], KINDS[kind])
        assert table.request_report("plg-2023", kind, AT), kind
        assert not table.request_report("plg-2023", kind, AT), kind


def test_a_requested_code_is_stored(sign_ins: SignIns, failing: Failing) -> None:
    for kind in KINDS:
        code = SignIn("plg-2023", "sanne", kind, AT)
        failing(KINDS[kind], KINDS[kind])
        assert sign_ins.save(code), kind
        assert sign_ins.get("plg-2023", "sanne", kind) == replace(code, revision=1), kind


def test_a_request_for_a_code_is_counted(sign_ins: SignIns, failing: Failing) -> None:
    for kind in KINDS:
        new = CodeRequests("plg-2023", kind).with_request(CodeRequest(AT, "2023-03-20", "2023-03-20T08-3f9a"))
        failing(KINDS[kind], KINDS[kind])
        assert sign_ins.save_requests(new), kind
        assert sign_ins.requests("plg-2023", kind) == replace(new, revision=1), kind


def test_two_requests_for_codes_at_the_same_moment_are_not_one(sign_ins: SignIns) -> None:
    first = sign_ins.requests("plg-2023", "sanne").with_request(CodeRequest(AT, "2023-03-20", ""))
    assert sign_ins.save_requests(first)
    assert not sign_ins.save_requests(first)
    second = sign_ins.requests("plg-2023", "sanne").with_request(CodeRequest(AT, "2023-03-20", ""))
    assert len(second.requests) == 2
    assert sign_ins.save_requests(second)
    assert not sign_ins.save_requests(second)


def test_two_tries_of_a_code_at_the_same_moment_are_not_one(sign_ins: SignIns, failing: Failing) -> None:
    first = SignIn("plg-2023", "sanne", "id", AT)
    sign_ins.save(first)
    tried = replace(first, revision=1).after_try(is_right=False)
    assert sign_ins.save(tried)
    assert not sign_ins.save(tried)


def test_a_change_by_somebody_else_stays_even_when_our_own_was_tried_again(
    table: Table, failing: Failing
) -> None:
    table.register([someone()])
    seen = one(table)
    assert table.save(seen.become(State.CANCELLED, AT, "person", "kan toch niet"))
    failing(hangs, says("ThrottlingException"))
    assert not table.save(seen.become(State.ADMITTED, AT, "check", "compleet"))
    assert one(table).state is State.CANCELLED


def test_a_transaction_that_meets_another_is_tried_again_after_a_little_while(
    table: Table, failing: Failing, waits: list[float]
) -> None:
    failing(MEETS, MEETS, MEETS)
    table.register([someone(), someone("Petra Bos", "petra@berg.example")])
    assert len(stored(table)) == 2
    assert len(waits) == 3
    assert all(wait < most for wait, most in zip(waits, asking.WAITS, strict=True))


def test_one_write_that_meets_a_transaction_is_tried_again(table: Table, failing: Failing) -> None:
    failing(says("TransactionConflictException"))
    table.register([someone()])
    assert len(stored(table)) == 1


def test_what_keeps_failing_is_one_clear_error_and_nothing_is_stored(table: Table, failing: Failing) -> None:
    tries = {hangs: 3, refused: 3, says("ThrottlingException"): 3, says("Whatever", 500): 3, MEETS: 4}
    for fault, often in tries.items():
        faults = failing(*[fault] * often)
        with pytest.raises(UnavailableError):
            table.register([someone(), someone("Petra Bos", "petra@berg.example")])
        assert faults.happened == often
    assert stored(table) == []


def test_a_visitor_hears_of_a_table_that_fails_before_their_function_is_cut_off(
    template: dict[str, Any],
) -> None:
    tries = max(asking.TRIES, len(asking.WAITS) + 1)
    slowest = 2 * asking.HASTE + tries * (asking.CONNECT + asking.READ) + sum(asking.WAITS)
    functions = [r for r in template["Resources"].values() if r["Type"] == "AWS::Serverless::Function"]
    visited = [f["Properties"] for f in functions if "HttpApi" in str(f["Properties"].get("Events"))]
    assert visited
    assert all(slowest < function["Timeout"] < 30 for function in visited)
