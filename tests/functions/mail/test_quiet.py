"""The sweep leaves a network alone where nothing can be owed, and reads it after what may change that."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from functions.delivery import handler as delivery
from functions.mail import handler as mail
from shared.aws import keys
from shared.aws.quiet_networks import QuietNetworks
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from tests.functions.delivery.test_handler import happens
from tests.functions.mail.test_handler import connect, handle, inserted, record, sweep
from tests.people import AT, someone

N, QUARTER = "plg-2023", timedelta(minutes=15)
JAN = someone()


@pytest.fixture
def reads(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Jan was mailed, and the networks that sweeps read from then on."""
    connect(monkeypatch)
    mail.services.cache_clear()
    delivery.services.cache_clear()
    table.register([JAN])
    handle(inserted(JAN))
    noted: list[str] = []
    whole = Table.everybody_but_aside

    def note(self: Table, network: str) -> Any:
        noted.append(network)
        return whole(self, network)

    monkeypatch.setattr(Table, "everybody_but_aside", note)
    yield noted
    mail.services.cache_clear()
    delivery.services.cache_clear()


def sweeps(reads: list[str], *quarters: int) -> list[int]:
    """Sweep at these quarters of an hour, and return at which of them the network was read."""
    done = []
    for quarter in quarters:
        reads.clear()
        sweep(AT + quarter * QUARTER)
        done += [quarter] if reads else []
    return done


def test_a_network_where_nothing_changes_is_read_each_four_hours(reads: list[str]) -> None:
    assert sweeps(reads, *range(1, 5), 11, 12, 13, 27, 28, 29) == [
        1,
        2,
        12,
        28,
    ]  # two looks, noon and four o'clock


def test_a_sweep_that_comes_twice_vouches_for_no_more(reads: list[str]) -> None:
    assert sweeps(reads, 1, 1, 1, 2, 2, 3) == [1, 2]


def changed(pk: str) -> Any:
    return record({"pk": pk, "sk": "1", "v": 1})


def bounces() -> None:
    (confirmation,) = mail.services().table.mails(N)
    happens("Bounce", confirmation.id, bounce={"bounceType": "Permanent"})


@pytest.mark.parametrize(
    "change",
    [
        lambda: handle(inserted(JAN)),
        lambda: handle(changed(keys.decisions_of(N))),
        lambda: handle(changed(keys.SCHOOL_RULINGS)),
        lambda: handle(changed(keys.reports_of(N))),
        bounces,
    ],
)
def test_what_may_make_a_mail_owed_ends_it(reads: list[str], change: Callable[[], object]) -> None:
    assert sweeps(reads, 1, 2, 3) == [1, 2]
    change()
    assert sweeps(reads, 4) == [4]


def test_a_change_of_another_network_does_not(reads: list[str]) -> None:
    assert sweeps(reads, 1, 2) == [1, 2]
    handle(changed(keys.decisions_of("else-2023")))
    assert sweeps(reads, 3) == []


def test_a_change_while_a_sweep_reads_is_not_overlooked(
    reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sweeps(reads, 1)
    kept = QuietNetworks.keep

    def keep(self: QuietNetworks, *what: Any) -> None:
        handle(inserted(JAN))  # between what it read and what it stores
        kept(self, *what)

    with monkeypatch.context() as patch:
        patch.setattr(QuietNetworks, "keep", keep)
        sweeps(reads, 2)
    assert sweeps(reads, 3) == [3]


def test_a_mail_that_waits_is_looked_at_until_it_has_gone(reads: list[str], table: Table) -> None:
    waits = MailRecord(N, f"{JAN.reference}-links-1", "links", JAN.reference, MailState.SENDING, AT)
    table.claim_mail(waits, AT)
    table.postpone_mail(replace(waits, state=MailState.PENDING), AT + timedelta(hours=9), "later")
    before = table.mails(N)
    assert sweeps(reads, 1) == [1]
    assert len(table.mails(N)) == len(before) - 1  # nobody is owed it
    assert sweeps(reads, 2, 3, 4) == [2, 3]


def test_reports_are_looked_for_until_none_is_missing(reads: list[str], table: Table) -> None:
    looks: list[str] = []
    mails = Table.mails

    def note(self: Table, network: str, prefix: str = "") -> Any:
        looks.append(prefix)
        return mails(self, network, prefix)

    table.request_report(N, "2023-03-20", AT - timedelta(hours=2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table, "mails", note)
        for quarter in range(5):
            looks.clear()
            sweep(AT + quarter * QUARTER)
            assert bool([look for look in looks if look.startswith("report-2023")]) is (quarter == 0)
    item = Store("tweetal").get(keys.STREAM, keys.STREAM)
    assert item
    assert item["reported"] == "2023-03-20T06:00:00.000Z"
