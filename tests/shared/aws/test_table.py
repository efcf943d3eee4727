from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.decision import Decision, Kind
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.colleague import replaced
from shared.domain.registration.registration import Change, Registration, State
from tests.people import AT as NOW
from tests.people import someone


def stored(table: Table) -> list[str]:
    return sorted(r.name for r in table.registrations("plg-2023"))


def references(registrations: Sequence[Registration]) -> list[str]:
    return [r.reference for r in registrations]


def test_a_registration_comes_back_as_it_was_stored(table: Table) -> None:
    jan = someone(
        place="Utrecht",
        extra={"kleur": "blauw"},
        invited_by="PLG-00000000",
        reminded=7,
        reminded_at=NOW,
        resent_at=NOW,
    )
    table.register([jan])
    assert table.registration("plg-2023", jan.person_key) == replace(jan, revision=1)
    assert table.registration("plg-2023", "nobody") is None


def test_the_same_person_again_keeps_the_first_reference(table: Table) -> None:
    first = table.register([someone()])
    again = table.register([someone(name="J. de Vries", at=NOW + timedelta(minutes=5))])
    assert references(again) == references(first)
    assert stored(table) == ["Jan de Vries"]


def test_two_names_on_one_school_mailbox_are_two_people_however_often_they_post(table: Table) -> None:
    mailbox = "info@berg.example"
    for _ in range(2):
        table.register([someone("Anna Bos", mailbox)])
        table.register([someone("Bram Kuipers", mailbox)])
        table.register([someone("Carla Smit", mailbox)])
    assert stored(table) == ["Anna Bos", "Bram Kuipers", "Carla Smit"]


def test_a_registrant_and_a_colleague_are_stored_together(table: Table) -> None:
    both = [someone(), someone("Petra Bos", "petra@berg.example")]
    assert references(table.register(both)) == references(both)
    assert stored(table) == ["Jan de Vries", "Petra Bos"]


def test_a_colleague_who_is_there_already_does_not_stop_the_registrant(table: Table) -> None:
    petra = someone("Petra Bos", "petra@berg.example")
    table.register([petra])
    answer = table.register([someone(), replace(petra, reference="PLG-NEW00000")])
    assert answer[1].reference == petra.reference
    assert stored(table) == ["Jan de Vries", "Petra Bos"]


def test_a_person_who_is_twice_in_one_post_is_stored_once(table: Table) -> None:
    one, two = table.register([someone(), someone(name="J. de Vries")])
    assert one == two
    assert stored(table) == ["Jan de Vries"]


def test_two_people_with_one_mailbox_in_one_post_are_both_stored(table: Table) -> None:
    table.register([someone("Anna Bos"), someone("Bram Kuipers")])
    assert stored(table) == ["Anna Bos", "Bram Kuipers"]


def test_other_data_is_kept_beside_the_first(table: Table) -> None:
    first = someone(role="docent")
    table.register([first])
    at = NOW + timedelta(minutes=1)
    table.register([someone(role="teamleider", at=at)])
    now = table.registration("plg-2023", first.person_key)
    assert now is not None
    assert (now.role, now.again, now.again_at) == ("docent", {"role": "teamleider"}, at)


def test_who_left_comes_back_with_the_same_reference_and_the_new_data(table: Table) -> None:
    first = someone(role="docent")
    table.register([first])
    kept = table.registration("plg-2023", first.person_key)
    assert kept is not None
    assert table.save(kept.become(State.CANCELLED, NOW, "person", "kan toch niet"))
    table.register([someone(role="teamleider", at=NOW + timedelta(days=1))])
    back = table.registration("plg-2023", first.person_key)
    assert back is not None
    assert (back.state, back.role, back.reference) == (State.REGISTERED, "teamleider", first.reference)
    assert [change.state for change in back.history] == [State.REGISTERED, State.CANCELLED, State.REGISTERED]


def test_a_change_of_what_somebody_else_changed_meanwhile_is_not_stored(table: Table) -> None:
    table.register([someone()])
    seen = table.registration("plg-2023", someone().person_key)
    assert seen is not None
    assert table.save(seen.become(State.ADMITTED, NOW, "check", "compleet"))
    assert not table.save(seen.become(State.CANCELLED, NOW, "person", "toch niet"))


def test_a_mail_is_claimed_once_and_marked_only_when_known(table: Table) -> None:
    record = MailRecord(
        "plg-2023", "PLG-1-confirmation-1", "confirmation", "PLG-1", MailState.SENDING, NOW, 1
    )
    assert table.claim_mail(record, NOW)
    assert not table.claim_mail(record, NOW)
    assert table.set_mail_state("plg-2023", record.id, MailState.BOUNCED, "Permanent")
    assert table.mails("plg-2023", "PLG-1-") == (
        replace(record, state=MailState.BOUNCED, reason="Permanent"),
    )
    assert not table.set_mail_state("plg-2023", "unknown", MailState.SENT)


def test_a_mail_that_waits_is_claimed_again_only_when_it_is_due(table: Table) -> None:
    record = MailRecord("plg-2023", "PLG-1-complete-2", "complete", "PLG-1", MailState.SENDING, NOW)
    later = NOW + timedelta(minutes=5)
    assert table.claim_mail(record, NOW)
    assert table.postpone_mail(replace(record, state=MailState.PENDING), later, "TooManyRequestsException")
    assert not table.claim_mail(record, later - timedelta(seconds=1))
    assert table.claim_mail(record, later)
    assert table.mails("plg-2023") == (record,)
    pending = replace(record, state=MailState.PENDING)
    assert not table.delete_open_mail(pending)
    table.postpone_mail(pending, later)
    assert not table.delete_open_mail(record)
    assert table.delete_open_mail(pending)
    assert table.mails("plg-2023") == ()


def test_a_report_is_owed_once_a_day(table: Table) -> None:
    assert table.last_report_at("plg-2023") is None
    assert table.request_report("plg-2023", "2023-03-20", NOW)
    assert not table.request_report("plg-2023", "2023-03-20", NOW + timedelta(hours=1))
    assert table.last_report_at("plg-2023") == NOW


def test_what_is_forgotten_leaves_only_the_counts_of_the_first_time(table: Table) -> None:
    table.register([someone()])
    table.request_report("plg-2023", "2023-03-20", NOW)
    table.save_decision(
        Decision("plg-2023", "1", Kind.WAIVE, "PLG-1", "sanne@x.example", "kleine school", NOW)
    )
    assert table.delete_people("plg-2023", {"registered": 1}, NOW) == 3
    table.register([someone("Kim Smit", "kim@berg.example")])
    assert table.delete_people("plg-2023", {"registered": 99}, NOW + timedelta(days=1)) == 1
    assert (table.registrations("plg-2023"), table.decisions("plg-2023")) == ((), ())
    counts = Store("tweetal").get("COUNTS#plg-2023", "COUNTS")
    assert counts is not None
    assert counts["registered"] == 1


def test_who_leaves_and_who_comes_in_their_place_are_stored_together_or_not_at_all(table: Table) -> None:
    table.register([someone()])
    jan = table.registration("plg-2023", someone().person_key)
    assert jan is not None
    table.register([someone("Petra Bos", "petra@berg.example")])
    change = Change(NOW, jan.state, "organiser", "")
    left, petra = replaced(jan, "Petra Bos", "petra@berg.example", "seed", change)
    assert not table.save(left, petra)
    assert table.registration("plg-2023", jan.person_key) == jan
    left, kim = replaced(jan, "Kim Smit", "kim@berg.example", "seed", change)
    assert table.save(left, kim)
    assert [r.state.value for r in table.registrations("plg-2023") if r.name != "Petra Bos"] in (
        ["cancelled", "registered"], ["registered", "cancelled"],
    )  # fmt: skip


def test_who_was_changed_a_thousand_times_can_still_register_again(table: Table) -> None:
    longest = Change(NOW, State.CANCELLED, "organisatie@leernetwerken.example", "x" * 200)
    table.register([replace(someone(), state=State.CANCELLED, history=(longest,) * 1000)])
    table.register([someone(role="rector", at=NOW + timedelta(days=1))])
    (back,) = table.registrations("plg-2023")
    assert (back.state, back.role, len(back.history)) == (State.REGISTERED, "rector", 1001)


def test_the_mails_that_did_not_arrive_come_with_all_mails_to_a_mailbox_that_one_bounced_from(
    table: Table,
) -> None:
    jan, petra, els = someone(), someone("Petra Bos", "petra@x.example"), someone("Els Vos", "els@x.example")
    kim = someone("Kim Pol", jan.email, person_key=f"{jan.person_key}#kim")
    sent = [
        (jan, "confirmation-1", MailState.BOUNCED),
        (jan, "reminder-7", MailState.DELIVERED),
        (petra, "confirmation-1", MailState.DELIVERED),
        (els, "confirmation-1", MailState.FAILED),
        (kim, "confirmation-1", MailState.DELIVERED),
    ]
    records = [
        MailRecord("plg-2023", f"{r.reference}-{id_}", id_.split("-")[0], r.reference, state, NOW)
        for r, id_, state in sent
    ]
    report = MailRecord("plg-2023", "report-2023-03-20-1", "report", "", MailState.BOUNCED, NOW)
    for record in (*records, report):
        table.claim_mail(record, NOW)
    lost = {mail.id for mail in table.undelivered_mails("plg-2023", [jan, petra, els, kim])}
    assert lost == {*(records[n].id for n in (0, 1, 3, 4)), report.id}
