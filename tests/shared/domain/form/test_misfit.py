from dataclasses import replace

import pytest

from shared.domain.form.misfit import (
    KeptPost,
    is_misfit,
    missing_fields,
    unanswered_misfits,
    unknown_field_names,
)
from tests.people import AT, someone

RENAMED = (("naam", "Jan de Vries"), ("mailadres", "jan@berg.example"), ("school", "Bergcollege"))


def kept(*sent: tuple[str, object]) -> KeptPost:
    return KeptPost("plg-2023", sent or RENAMED, AT)


@pytest.mark.parametrize("lost", ["naam", "school", "e-mail"])
def test_a_required_field_under_a_name_that_nobody_knows_is_a_changed_form(lost: str) -> None:
    form = {"naam": "Jan", "e-mail": "jan@berg.example", "school": "Berg"}
    sent = [("veld_7" if name == lost else name, value) for name, value in form.items()]
    assert is_misfit(sent, {})
    assert not is_misfit(sent, {"veld7": lost.replace("naam", "name").replace("e-mail", "email")})


@pytest.mark.parametrize(
    "sent",
    [
        (("naam", ""), ("email", ""), ("school", "")),  # a visitor who filled in nothing
        (("voornaam", "Jan"), ("email", ""), ("school", "Berg"), ("dieet", "vega")),
        (("naam", "Jan"), ("school", "Berg")),  # nothing came instead of the address
        (("naam", "Jan"), ("school", "Berg"), ("mailadres", "")),
        (("naam", "Jan"), ("school", "Berg"), ("participants", ["x"])),
        (),
    ],
)
def test_what_a_visitor_left_out_is_no_changed_form(sent: tuple[tuple[str, object], ...]) -> None:
    assert not is_misfit(sent, {})


def test_what_is_lacking_and_what_came_instead_is_told_by_name_only() -> None:
    sent = (*RENAMED, ("nieuws\u202e", "ja"), ("nieuws", "nee"))
    assert missing_fields(sent, {}) == ("email",)
    assert unknown_field_names(sent, {}) == ("mailadres", "nieuws")


def test_the_same_post_is_one_and_another_network_or_word_makes_it_another() -> None:
    assert kept().id == kept().id
    assert len({kept().id, replace(kept(), network="x").id, kept(*RENAMED[1:]).id}) == 3


def test_who_registered_after_all_is_not_out_any_longer() -> None:
    colleague = someone("Fatima Aydin", "jan@berg.example")
    assert unanswered_misfits([kept()], [someone()]) == ()
    assert unanswered_misfits([kept()], [colleague, someone(email="ander@berg.example")]) == (kept(),)
    assert unanswered_misfits([kept()], [someone(email="")]) == (kept(),)
    parts = kept(("v", "Jan"), ("a", "de VRIES"), ("m", " Jan@Berg.example "))
    assert unanswered_misfits([parts], [someone()]) == ()
