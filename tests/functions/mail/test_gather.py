"""Who hears of somebody who says that they are of another school."""

from dataclasses import replace
from typing import Any

import pytest

from functions.mail.copies import Copies
from functions.mail.gather import Batch
from shared.access.links import Links
from shared.aws.schools import Schools
from shared.aws.store import Store
from shared.aws.stream_reader import StreamReader
from shared.aws.table import Table
from shared.domain.actions.registrant import corrected
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.registration import Registration, State
from shared.mails.owed import owed
from tests.engines import Engine, Send
from tests.faults.answers import operation
from tests.people import AT, colleagues

ANNA, BRAM = colleagues("Bergcollege", "Anna Bram")
(CARLA,) = colleagues("Dalcollege", "Carla")


def batch_of(table: Table) -> Batch:
    schools = Schools(table)
    copies = Copies(table, schools, StreamReader(Store("tweetal"), "this"))
    return Batch(table, Links(["key"], "https://tweetal.example"), schools, copies)


def moved(table: Table, network: Network, to: str) -> list[tuple[str, str]]:
    fields = {"name": ANNA.name, "role": "", "phone": "", "school": to, "place": ""}
    before = table.registration(network.id, ANNA.person_key)
    assert before
    changed = corrected(before, fields, table.registrations(network.id), AT)
    assert table.save(*changed)
    batch = batch_of(table)
    people = batch.affected_people(network, before, changed[0], AT)
    scene = batch.mail_context(network, AT, people)
    sent = {record.id for record in scene.records}
    owes = [letter for person in people for letter in owed(person, scene)]
    return [(letter.to, letter.record.kind) for letter in owes if letter.record.id not in sent]


def heard(table: Table, person: Registration, missing: int) -> None:
    kind = "invited" if person.invited_by else "confirmation"
    table.claim_mail(
        MailRecord(
            "plg-2023", f"{person.reference}-{kind}-1", kind, person.reference, MailState.SENT, AT, missing
        ),
        AT,
    )


def test_both_schools_hear_that_they_are_complete_or_short_now(table: Table, plg: Network) -> None:
    table.register([ANNA, BRAM])
    table.register([CARLA])
    for person, missing in ((ANNA, 0), (BRAM, 0), (CARLA, 1)):
        heard(table, person, missing)
    assert sorted(moved(table, plg, "Dalcollege")) == [(BRAM.email, "changed"), (CARLA.email, "complete")]


def test_who_moves_from_a_complete_school_hears_that_the_new_one_is_short(table: Table, plg: Network) -> None:
    table.register([ANNA])
    heard(table, ANNA, 0)
    assert moved(table, plg, "Zeecollege") == [(ANNA.email, "changed")]


def test_a_typing_error_that_is_mended_for_all_who_were_registered_tells_nobody(
    table: Table, plg: Network
) -> None:
    bram = replace(BRAM, invited_by=ANNA.reference)
    table.register([ANNA, bram])
    for person in (ANNA, bram):
        heard(table, person, 0)
    assert moved(table, plg, "Bergcollege Zuid") == []


def test_who_filled_in_the_form_is_mailed_before_who_they_brought(table: Table, plg: Network) -> None:
    brought = [replace(person, invited_by=ANNA.reference) for person in colleagues("Bergcollege", "Bram Cas")]
    table.register([ANNA, *brought])
    batch = batch_of(table)
    assert batch.affected_people(plg, None, ANNA, AT)[0].person_key == ANNA.person_key
    assert batch.snapshot(plg, AT).registrations[0].person_key == ANNA.person_key


@pytest.mark.parametrize(("rows", "queries"), [(2, 4), (33, 3), (300, 3)])
def test_a_crowd_at_one_school_costs_a_mail_one_query_and_not_one_each(
    table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch, rows: int, queries: int
) -> None:
    people = colleagues("Bergcollege", " ".join(f"Naam{number}" for number in range(rows - 1)))
    for person in (ANNA, *people):
        table.register([person])
    heard(table, people[0], 0)
    batch = batch_of(table)
    batch.snapshot(plg, AT)  # one Query of the people and one of the rulings, whatever their number
    asked: list[str] = []  # one of the decisions, and the others

    def note(send: Send, request: Any) -> Any:
        asked.append(operation(request))
        return send(request)

    Engine().around(monkeypatch, note)
    affected = batch.affected_people(plg, None, ANNA, AT)
    context = batch.mail_context(plg, AT, affected)
    assert len(affected) == rows
    assert [record.reference for record in context.records] == [people[0].reference]
    assert len(asked) <= queries


def test_who_is_aside_is_in_nobodys_mail_but_of_who_they_registered(table: Table, plg: Network) -> None:
    (aside, inviter) = colleagues("Bergcollege", "Dirk Eva", state=State.QUARANTINED)
    table.register([ANNA, aside])
    table.register([inviter, replace(BRAM, invited_by=inviter.reference)])
    batch = batch_of(table)
    people = batch.affected_people(plg, None, ANNA, AT)
    assert {person.name for person in people} == {"Anna", "Bram", "Eva"}
    assert batch.affected_people(plg, None, aside, AT) == ()
    scene = batch.mail_context(plg, AT, people)
    owes = {letter.to: letter.record.kind for person in people for letter in owed(person, scene)}
    assert owes == {ANNA.email: "confirmation", BRAM.email: "invited"}
