"""First mails at one moment, on an engine that judges writes one by one: each bound is exact."""

from datetime import timedelta
from functools import partial

import pytest

from shared.aws.first_mails import FirstMails, record_bounce
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.first_mails import AT_ONCE, FEW
from shared.domain.outbox import FROM_ONE_PLACE, MANY_BOUNCE
from tests.at_once import at_once
from tests.engines import SERVERS
from tests.people import AT

pytestmark = pytest.mark.parametrize("engine", SERVERS, indirect=True)

MANY = 24
N, PLACES = "plg-2023", ("c0001", "d0001")


def counts(limit: int, places: tuple[str, ...], reason: str = "") -> int:
    """Count mails of many batches at one moment, and return how many may go."""
    batches = [FirstMails(Store("tweetal")) for _ in range(MANY)]
    return sum(at_once(*(partial(batch.count, N, limit, places, reason, AT) for batch in batches)))


def test_of_one_place_twenty_go_at_once_whoever_counts_at_the_same_moment(table: Table) -> None:
    assert counts(2000, PLACES) == AT_ONCE
    assert counts(2000, ("c0001", "d0002")) == 0
    assert counts(2000, ("c0002", "d0003"), MANY_BOUNCE) == FEW
    assert counts(2000, PLACES, FROM_ONE_PLACE) == MANY
    assert FirstMails(Store("tweetal")).mails_in_hour(N, AT) == AT_ONCE + FEW + MANY


def test_a_networks_limit_is_exact_and_its_first_half_is_for_everybody(table: Table) -> None:
    assert counts(16, PLACES) == 8
    assert counts(16, ()) == 8
    assert counts(16, ("c0009",)) == 0
    assert counts(1, ("c0009",)) == 0


def test_each_bounce_counts_once_however_many_are_told_at_the_same_moment(table: Table) -> None:
    store = Store("tweetal")
    first_mails = FirstMails(store)
    assert first_mails.count(N, 2000, PLACES, "", AT)
    twice = [partial(record_bounce, store, "c0001-d0001", f"PLG-{i % 12}", AT) for i in range(MANY)]
    at_once(*twice)
    held = FirstMails(store).held_back(AT + timedelta(minutes=1))
    assert held.holds(PLACES)
    (hour,) = store.query("FIRST")
    assert (hour["sent"], len(hour["bounced"])) == (1, 12)
