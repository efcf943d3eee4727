from datetime import timedelta

from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.report.readers import unreachable_readers
from tests.people import AT


def reading(network: Network, *readers: str) -> Network:
    return network.model_copy(
        update={"organiser": network.organiser.model_copy(update={"report_to": readers})}
    )


def mail(number: int, state: MailState, day: int = 0) -> MailRecord:
    at = AT + timedelta(days=day)
    return MailRecord("plg-2023", f"report-{at:%Y-%m-%d}-{number}", "report", "", state, at)


def test_the_others_read_whose_report_bounced(network: Network) -> None:
    both = reading(network, "sanne@leren.example", "els@leren.example")
    mails = [mail(1, MailState.DELIVERED), mail(2, MailState.BOUNCED)]
    assert unreachable_readers(both, both, mails) == ("els@leren.example",)


def test_who_got_a_later_report_is_reachable_again(network: Network) -> None:
    one = reading(network, "els@leren.example")
    mails = [mail(1, MailState.BOUNCED), mail(1, MailState.DELIVERED, day=1), mail(1, MailState.SENT, day=2)]
    assert unreachable_readers(one, one, mails) == ()


def test_a_corrected_address_is_not_called_wrong(network: Network) -> None:
    before, now = reading(network, "els@laren.example"), reading(network, "els@leren.example")
    assert unreachable_readers(now, before, [mail(1, MailState.BOUNCED)]) == ()
