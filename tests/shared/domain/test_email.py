"""An address is read out of what people type, or its mistake is named."""

import pytest
from email_validator import SPECIAL_USE_DOMAIN_NAMES, validate_email
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.domain.email import PLAIN, EmailError, EmailMistake, email_address


@pytest.mark.parametrize(
    "typed",
    [
        "Jan de Vries <jan@berg.example>",
        '"Vries, Jan de" <jan@berg.example> ',
        "<jan@berg.example>",
        "mailto:jan@berg.example",
        "Jan <mailto:jan@berg.example>",
        " jan@BERG.example ",
        "Jan de Vries <jan@berg.example>;",
        "“jan@berg.example”",
        "'jan@berg.example'",
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


LOCAL = st.from_regex(r"[a-z0-9_.+-]{1,66}", fullmatch=True)
DOMAIN = st.from_regex(r"([a-z0-9][a-z0-9-]{0,61}\.){1,3}[a-z]{2,25}", fullmatch=True)


@given(LOCAL, DOMAIN)
def test_a_plain_address_is_one_that_the_library_accepts_unchanged(local: str, domain: str) -> None:
    typed = f"{local}@{domain}"
    assume(PLAIN.fullmatch(typed))
    checked = validate_email(typed, strict=True, allow_smtputf8=False, check_deliverability=False)
    assert (checked.ascii_email, checked.normalized) == (typed, typed)


@pytest.mark.parametrize(
    "longest",
    [
        f"{'a' * 64}@berg.example",
        f"jan@{'b' * 31}.{'c' * 31}.{'d' * 24}",
        f"jan@{'b' * 31}.{'-c' * 15}.example",
        f"jan@{'b-' * 30}b.example",
    ],
)
def test_the_bounds_of_a_plain_address_lie_within_those_of_the_library(longest: str) -> None:
    if PLAIN.fullmatch(longest):
        assert validate_email(longest, strict=True, check_deliverability=False).ascii_email == longest
    assert not PLAIN.fullmatch("a" * 65 + "@berg.example")


@pytest.mark.parametrize("name", SPECIAL_USE_DOMAIN_NAMES)
def test_a_domain_that_exists_nowhere_is_refused(name: str) -> None:
    with pytest.raises(EmailError):
        email_address(f"jan@berg.{name}")
