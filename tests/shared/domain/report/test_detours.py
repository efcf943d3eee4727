from dataclasses import replace
from datetime import timedelta

from shared.domain.network.network import Network
from shared.domain.network.sessions import session_entries
from shared.domain.network.version_history import NetworkVersion, closing
from shared.domain.outbox import MailRecord, MailState
from shared.domain.report.detours import Detour, detours, passing
from tests.people import AT

MAIL = MailRecord("plg-2023", "PLG-1-moved-2", "moved", "PLG-1", MailState.DELIVERED, AT)


def version(network: Network, days: int) -> NetworkVersion:
    return NetworkVersion(AT + timedelta(days=days), network.closes_at, session_entries(network))


def test_sessions_that_were_other_between_two_reports_are_told_if_people_read_of_them(
    network: Network,
) -> None:
    fewer = network.model_copy(update={"sessions": network.sessions[:1]})
    passed = passing([version(fewer, 0), version(network, 0)], network, network)
    assert (passed.deadlines, passed.sessions) == ([], [session_entries(fewer)])
    read = replace(MAIL, sessions=session_entries(fewer))
    assert detours(passed, [read, read, MAIL], AT) == (Detour(1),)
    assert detours(passed, [replace(read, state=MailState.PENDING)], AT) == ()
    assert detours(passed, [read], AT + timedelta(hours=1)) == ()


def test_what_the_file_had_at_either_report_is_no_detour(network: Network) -> None:
    later = closing(network, network.closes_at + timedelta(days=7))
    assert not any(passing([version(later, 0)], network, later))
    assert not any(passing([], network, later))
