from shared.domain.actions.organiser.order import OrganiserAction
from shared.pages.organiser import order_texts


def test_every_order_has_a_text_and_a_button() -> None:
    assert set(order_texts.ORDER_BUTTONS) == set(OrganiserAction)
    texts = (*order_texts._PERSON_TEXTS, *order_texts._WRITERS)
    assert sorted(texts) == sorted(OrganiserAction)
