"""An address is read out of what people type, or its mistake is named."""

import pytest

from shared.domain.email import EmailError, EmailMistake, email_address


@pytest.mark.parametrize(
    "typed",
    [
        "Jan de Vries <jan@berg.example>",
        '"Vries, Jan de" <jan@berg.example> ',
        "<jan@berg.example>",
        "mailto:jan@berg.example",
        "Jan <mailto:jan@berg.example>",
        " jan@BERG.example ",
    ],
)
def test_an_address_is_read_out_of_what_a_mail_program_copies(typed: str) -> None:
    assert email_address(typed) == "jan@berg.example"


def test_a_domain_with_an_accent_goes_out_as_punycode() -> None:
    assert email_address("jan@bérg.example") == "jan@xn--brg-bma.example"


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ("jan@berg.example, bo@berg.example", EmailMistake.SEVERAL),
        ("jan@berg.example; bo@berg.example;", EmailMistake.SEVERAL),
        ("jan@berg.example en bo@berg.example", EmailMistake.SEVERAL),
        ("jan@berg.example/bo@berg.example", EmailMistake.SEVERAL),
        ("Jan <jan@berg.example>, Bo <bo@berg.example>", EmailMistake.SEVERAL),
        ("jan@berg.example.", EmailMistake.SIGN_AT_END),
        ("jan@berg.example,", EmailMistake.SIGN_AT_END),
        ("jan@berg.example>", EmailMistake.SIGN_AT_END),
        ("josé@berg.example", EmailMistake.ACCENT),
        ("jan@bеrg.example", EmailMistake.LOOKALIKE),  # with a Cyrillic e
        ("jаn@berg.example", EmailMistake.LOOKALIKE),  # with a Cyrillic a
        ("jan@βerg.example", EmailMistake.LOOKALIKE),
        ("jan@berg", EmailMistake.OTHER),
        ("jan@", EmailMistake.OTHER),
        ("jan@berg.", EmailMistake.OTHER),
        ("jan", EmailMistake.OTHER),
        ("jan@@berg.example", EmailMistake.OTHER),
        ("", EmailMistake.OTHER),
    ],
)
def test_each_mistake_in_an_address_has_its_name(typed: str, mistake: EmailMistake) -> None:
    with pytest.raises(EmailError) as wrong:
        email_address(typed)
    assert wrong.value.mistake is mistake
    assert typed not in str(wrong.value) or not typed
