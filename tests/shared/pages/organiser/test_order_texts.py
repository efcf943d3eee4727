import re
from datetime import timedelta

import pytest

from shared.domain.actions.organiser import order_of_path
from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction, Wish
from shared.domain.network.network import Network
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.registration import State
from shared.mails.order_preview import preview_order
from shared.pages.organiser import Desk, order_page, order_texts
from tests.people import AT, someone


def test_every_order_has_a_text_and_a_button() -> None:
    assert set(order_texts.ORDER_BUTTONS) == set(OrganiserAction)
    texts = (*order_texts._PERSON_TEXTS, *order_texts._WRITERS)
    assert sorted(texts) == sorted(OrganiserAction)


@pytest.mark.parametrize(("state", "sentence"), [(MailState.BOUNCED, True), (MailState.DELIVERED, False)])
def test_who_hears_nothing_of_a_decision_is_named_before_it(
    network: Network, state: MailState, sentence: bool
) -> None:
    anna = someone("Anna Bos", state=State.LATE)
    mail = MailRecord(network.id, f"{anna.reference}-late-1", "late", anna.reference, state, AT)
    context = OrderContext(network, (anna,), (), AT + timedelta(weeks=8), "sanne@leren.example")
    order = order_of_path(context, f"person/{anna.reference}/admit", Wish())
    assert isinstance(order, Order)
    desk = Desk(network, "sanne@leren.example", "/o/t", "/o/t", "form", context.now)
    html = order_page(desk, context, order, preview_order(context, order, lambda _: (mail,)), Wish())
    said = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert ("1 persoon krijgt geen mail , want mails aan dat adres komen terug: Anna Bos" in said) is sentence
    assert ("Er gaat 1 mail uit" in said) is not sentence
