from dataclasses import replace
from datetime import datetime

import pytest

from shared.domain.actions.organiser import order_of_path
from shared.domain.actions.organiser.order import Order, OrderContext, Wish
from shared.domain.decision import Decision, Kind
from shared.domain.network.network import Network
from shared.domain.registration.registration import State
from shared.mails.order_preview import preview_order
from shared.pages.organiser.undo_texts import undo_text
from tests.people import someone

BEFORE, AFTER = (datetime.fromisoformat(f"2023-{day}T10:00:00+02:00") for day in ("04-03", "04-16"))
NEXT_MORNING = "maandag 17 april 2023 om 7.00 uur"


def until(network: Network, path: str, now: datetime, **person: object) -> str:
    anna = replace(someone("Anna Bos"), **person)  # type: ignore[arg-type] # fields of a registration
    hold = Decision(network.id, "hold", Kind.HOLD_CLOSING, "", "sanne@leren.example", "", BEFORE)
    decisions = (hold,) if "release" in path else ()
    context = OrderContext(network, (anna,), decisions, now, "sanne@leren.example")
    order = order_of_path(context, path.format(anna.reference), Wish("omdat"))
    assert isinstance(order, Order)
    return undo_text(context, order, preview_order(context, order, lambda _: ()))


@pytest.mark.parametrize("act", ["admit", "decline"])
def test_what_is_decided_about_a_person_can_be_changed_while_we_have_their_name(
    network: Network, act: str
) -> None:
    text = until(network, "person/{}/" + act, AFTER, state=State.LATE)
    assert (
        text == "Je kunt dit veranderen tot en met woensdag 21 februari 2024. Daarna wissen we de gegevens."
    )


def test_an_exception_mails_nobody_before_the_morning_on_which_it_works(network: Network) -> None:
    text = until(network, "school/{}/waive", AFTER, state=State.HELD)
    assert text == f"Trek je dit in voor {NEXT_MORNING}? Dan krijgt niemand er een mail over."


def test_a_decision_that_was_released_can_be_held_until_the_deadline_has_decided(network: Network) -> None:
    text = until(network, "closing/release", BEFORE)
    assert text == "Opnieuw vasthouden kan tot zaterdag 15 april 2023 om 7.00 uur."
    assert until(network, "closing/release", AFTER) == f"Opnieuw vasthouden kan tot {NEXT_MORNING}."


def test_spam_can_be_put_back_until_a_report_has_named_it(network: Network) -> None:
    text = until(network, "person/{}/reject", AFTER, state=State.QUARANTINED)
    assert text == "Terugzetten kan tot dinsdag 18 april 2023 om 7.00 uur."
    later = datetime.fromisoformat("2023-11-22T10:00:00+01:00")
    text = until(network, "person/{}/reject", later, state=State.QUARANTINED)
    assert text == "Terugzetten kan tot donderdag 23 november 2023 om 7.00 uur."


@pytest.mark.parametrize(("path", "now"), [("person/{}/resend", AFTER), ("school/{}/remind", BEFORE)])
def test_a_mail_that_is_ordered_does_not_come_back(network: Network, path: str, now: datetime) -> None:
    assert until(network, path, now) == ""
