from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.form.draft import ColleagueRow, Draft, draft
from shared.domain.network.fields import FIELDS, canonical, sent_as, squash
from shared.domain.text import clean


def drafted(*pairs: tuple[str, object], **field_map: str) -> Draft:
    return draft(pairs, {squash(theirs): ours for theirs, ours in field_map.items()})


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("naam", "name"),
        ("e-mail", "email"),
        ("E_Mail", "email"),
        ("emailadres", "email"),
        ("e-mailadres", "email"),
        ("E-mail adres", "email"),
        ("functie", "role"),
        ("telefoon", "phone"),
        ("telefoonnummer", "phone"),
        ("Telefoon-nummer", "phone"),
        ("school", "school"),
        ("schoolnaam", "school"),
        ("School naam", "school"),
        ("organisatie", "school"),
        ("plaats", "place"),
        ("schoolplaats", "place"),
        ("BRIN", "brin"),
        ("opmerkingen", "remarks"),
        ("opmerking", "remarks"),
        *((ours, ours) for ours in ("name", "email", "role", "phone", "school", "place", "brin", "remarks")),
    ],
)
def test_everyday_names_are_ours(theirs: str, ours: str) -> None:
    assert drafted((theirs, "x")).values[ours] == "x"


@pytest.mark.parametrize(
    "names", [("voornaam", "tussenvoegsel", "achternaam"), ("first_name", "infix", "Last-Name")]
)
def test_a_name_in_parts_is_one_name(names: tuple[str, str, str]) -> None:
    parts = zip(names, (" Jan", "de ", "Vries"), strict=True)
    assert drafted(*parts).values["name"] == "Jan de Vries"


def test_parts_beside_a_whole_name_are_kept_apart() -> None:
    both = drafted(("voornaam", "Jan"), ("naam", "de Vries"))
    assert both.values["name"] == "de Vries"
    assert both.extra == {"voornaam": "Jan"}


def test_a_network_calls_its_fields_what_it_wants() -> None:
    typed = drafted(
        ("your-school", "Bergcollege"), ("name", "x"), **{"your-school": "school", "name": "place"}
    )
    assert typed.values == {"school": "Bergcollege", "place": "x", "name": ""}


def test_of_two_fields_with_one_meaning_the_first_that_says_something_wins_and_nothing_is_lost() -> None:
    typed = drafted(("email", ""), ("e-mail", "jan@berg.example"), ("emailadres", "j@berg.example"))
    assert typed.values["email"] == "jan@berg.example"
    assert typed.extra == {"emailadres": "j@berg.example"}
    same = drafted(("email", "jan@berg.example"), ("e-mail", "jan@berg.example"))
    assert (same.extra, same.unknown) == ({}, 0)


def test_a_post_cannot_set_anything_that_is_not_asked() -> None:
    typed = drafted(
        ("status", "admitted"), ("pk", "NETWORKS"), ("colleagues", "x"), ("extra", "y"), ("leeg", "")
    )
    assert typed.values == {"name": ""}
    assert typed.extra == {"status": "admitted", "pk": "NETWORKS", "colleagues": "x", "extra": "y"}
    assert typed.unknown == 4


def test_unknown_fields_are_kept_as_text() -> None:
    typed = drafted(
        ("dieet", "vega"),
        ("dieet", "geen noten"),
        ("x", {"a": [1, "é"]}),
        ("\0z\u202e", "a\nb"),
        ("\0", True),
    )
    assert typed.extra == {"dieet": "vega, geen noten", "x": '{"a": [1, "é"]}', "z": "a b", "?": "true"}


def test_unknown_fields_are_bounded_and_all_counted() -> None:
    many = drafted(*((f"veld{i}", "x") for i in range(30)))
    assert (len(many.extra), many.unknown) == (20, 30)
    assert drafted(("k" * 100, "v" * 1000)).extra == {"k" * 64: "v" * 500}
    long = drafted(*((f"veld{i}", "v" * 500) for i in range(20)))
    assert sum(len(key) + len(value) for key, value in long.extra.items()) <= 4000
    assert long.unknown == 20


@pytest.mark.parametrize(
    ("name", "email", "role"),
    [
        ("colleague_name", "colleague_email", "colleague_role"),
        ("collega_naam", "collega_email", "collega_functie"),
        ("Collega naam[]", "collega-e-mail[]", "CollegaFunctie[]"),
    ],
)
def test_repeated_fields_of_colleagues_go_together_in_order(name: str, email: str, role: str) -> None:
    typed = drafted(
        (name, "Ann"), (email, "a@x.example"), (name, "Bo"), (email, "b@x.example"), (role, "docent")
    )
    assert typed.colleagues == (
        ColleagueRow("colleague_{}", {"name": "Ann", "email": "a@x.example", "role": "docent"}),
        ColleagueRow("colleague_{}.1", {"name": "Bo", "email": "b@x.example", "role": ""}),
    )


def test_an_empty_row_is_no_colleague() -> None:
    rows = [("collega_naam", " "), ("collega_email", ""), ("collega_naam", "Bo"), ("collega_email", "")]
    assert drafted(*rows).colleagues == (ColleagueRow("colleague_{}.1", {"name": "Bo", "email": ""}),)
    assert drafted(("participants", [{}, {"name": "", "email": "\0"}])).colleagues == ()
    assert drafted(("participants", [])).colleagues == drafted(("participants", "")).colleagues == ()


def test_participants_may_use_the_same_names_as_a_form() -> None:
    ann = {"voornaam": "Ann", "achternaam": "Bos", "E-mail": "a@x.example", "telefoon": "06", "school": "Y"}
    typed = drafted(("Participants", [ann]))
    (row,) = typed.colleagues
    assert row.path == "participants.0.{}"
    assert isinstance(row.values, dict)
    assert row.values["name"] == "Ann Bos"
    assert typed.extra == {"participants.0.school": "Y"}


@pytest.mark.parametrize("value", ["x", {"name": "Ann"}, True, ["x"], [None], [[]]])
def test_participants_that_are_no_list_of_people_are_left_for_the_check(value: Any) -> None:
    assert len(drafted(("participants", value)).colleagues) == 1


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_our_own_form_can_always_send_every_field(field: str) -> None:
    swapped = {"name": "school", "school": "name", "email": "remarks", "mail": "email", "remarks": "place"}
    for field_map in ({}, swapped):
        assert canonical(sent_as(field, field_map), field_map) == field


KEYS = st.sampled_from([*FIELDS, "naam", "participants", "Collega naam[]", "status"]) | st.text()
VALUES = st.recursive(
    st.none() | st.booleans() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    max_leaves=5,
)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=30))
def test_anything_can_be_drafted(pairs: list[tuple[str, object]]) -> None:
    typed = draft(pairs, {})
    assert typed.values.keys() <= FIELDS.keys()
    assert len(typed.extra) <= 20


@given(st.lists(st.tuples(KEYS, st.text(max_size=20)), max_size=15))
def test_nothing_that_somebody_typed_is_lost(pairs: list[tuple[str, str]]) -> None:
    typed = draft([(name, value) for name, value in pairs if name != "participants"], {})
    rows = [
        value for row in typed.colleagues if isinstance(row.values, dict) for value in row.values.values()
    ]
    kept = "\n".join(map(str, [*typed.values.values(), *rows, *typed.extra.values()]))
    for name, value in pairs:
        assert name == "participants" or all(clean(line) in kept for line in value.splitlines())
