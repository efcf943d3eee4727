"""What becomes of an item before it is put back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.aws import items
from shared.aws.restored_items import erased_addresses, erased_person, is_forgotten, is_over, settled_mail
from shared.aws.versions import UnknownVersionError
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.registration import ERASED
from tests.conftest import PLG
from tests.people import AT, someone

JAN = someone(phone="06-1234")
PETRA = someone("Petra Bos", "petra@berg.example", remarks="met JAN@berg.example, niet met jan@berg.examples")
MAIL = MailRecord(
    "plg-2023", f"{JAN.reference}-links-1", "links", JAN.reference, MailState.PENDING, AT, due=AT
)


@pytest.mark.parametrize("state", [MailState.PENDING, MailState.SENDING])
def test_a_mail_that_may_have_gone_is_uncertain_and_never_due(state: MailState) -> None:
    settled = items.to_mail(settled_mail(items.from_mail(replace(MAIL, state=state))))
    assert (settled.state, settled.due, settled.reason) == (MailState.UNKNOWN, None, "restored")


def test_a_mail_with_an_outcome_stays_as_it_is() -> None:
    sent = items.from_mail(replace(MAIL, state=MailState.BOUNCED, reason="Permanent/General"))
    assert settled_mail(sent) == sent


def test_whoever_was_erased_is_erased_again_and_from_what_others_wrote() -> None:
    people = [items.from_registration(person) for person in (JAN, PETRA)]
    addresses = erased_addresses(people, {JAN.reference})
    jan, petra = (
        items.to_registration(erased_person(item, {JAN.reference}, addresses, AT)) for item in people
    )
    assert (jan.name, jan.email, jan.phone, jan.reference) == (ERASED, "", "", JAN.reference)
    assert (petra.name, petra.remarks) == ("Petra Bos", "met (gewist), niet met jan@berg.examples")


def test_a_colleague_on_the_same_mailbox_stays() -> None:
    shared = [items.from_registration(person) for person in (JAN, replace(PETRA, email="Jan@berg.example"))]
    assert erased_addresses(shared, {JAN.reference}) == frozenset()


def test_a_registration_of_a_later_release_is_put_back_as_it_is_or_not_at_all() -> None:
    later = {**items.from_registration(JAN), "v": 99}
    assert erased_person(later, (), (), AT) == later
    with pytest.raises(UnknownVersionError):
        erased_person(later, {JAN.reference}, (), AT)


def test_what_has_expired_and_networks_whose_data_is_deleted_do_not_come_back() -> None:
    now = datetime(2023, 12, 1, tzinfo=UTC)
    assert is_over({"expires": int(now.timestamp())}, now)
    assert not is_over({"expires": int((now + timedelta(1)).timestamp())}, now)
    file = {"pk": "NETWORKS", "sk": "plg-2023", "toml": PLG.read_text()}
    assert not is_forgotten(file, now)
    assert is_forgotten(file, now + timedelta(days=365))
    assert not is_forgotten({**file, "toml": "= ="}, now + timedelta(days=365))
    assert not is_forgotten({**file, "v": 99}, now + timedelta(days=365))
