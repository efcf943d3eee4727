import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.form.answers import path_of
from shared.domain.form.candidates import FormMap
from shared.domain.form.colleagues import ColleagueRow
from shared.domain.form.draft import Draft, draft
from shared.domain.form.form_map import sent_as
from shared.domain.form.names import compared
from shared.domain.network.fields import FIELDS
from tests.drafts import json_draft


def form_of(fields: dict[str, str]) -> FormMap:
    return FormMap({compared(path_of(theirs)): ours for theirs, ours in fields.items()})


def drafted(*pairs: tuple[str, str], **fields: str) -> Draft:
    return draft(pairs, form_of(fields))


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


def test_a_network_calls_its_fields_what_it_wants() -> None:
    typed = drafted(
        ("your-school", "Bergcollege"), ("name", "x"), **{"your-school": "school", "name": "place"}
    )
    assert typed.values == {"school": "Bergcollege", "place": "x", "name": ""}


def test_of_two_fields_with_one_meaning_the_one_that_says_something_wins() -> None:
    typed = drafted(("email", ""), ("e-mail", "jan@berg.example"))
    assert typed.values["email"] == "jan@berg.example"
    same = drafted(("email", "jan@berg.example"), ("e-mail", "jan@berg.example"))
    assert (same.extra, same.unknown) == ({}, 0)


def test_a_post_cannot_set_anything_that_is_not_asked() -> None:
    typed = drafted(
        ("state", "admitted"), ("pk", "NETWORKS"), ("invited_by", "x"), ("extra", "y"), ("leeg", "")
    )
    assert typed.values == {"name": ""}
    assert typed.extra == {"state": "admitted", "pk": "NETWORKS", "invited_by": "x", "extra": "y"}
    assert typed.unknown == 4


def test_unknown_fields_are_kept_as_text() -> None:
    typed = drafted(("dieet", "vega"), ("dieet", "geen noten"), ("\0z\u202e", "a\nb"))
    assert typed.extra == {"dieet": "vega, geen noten", "z": "a b"}
    assert json_draft({"x": {"a": ["1", "é"]}, "y": True}).extra == {"x.a": "1; é", "y": "true"}


def test_unknown_fields_are_bounded_and_all_counted() -> None:
    many = drafted(*((f"veld{i}", "x") for i in range(30)))
    assert (len(many.extra), many.unknown) == (20, 30)
    assert drafted(("k" * 100, "v" * 9000)).extra == {"k" * 64: "v" * 9000}
    long = drafted(*((f"veld{i}", "v" * 800) for i in range(20)))
    assert sum(len(key) + len(value) for key, value in long.extra.items()) == 10_000
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
        ColleagueRow("colleague_{}.1", {"name": "Bo", "email": "b@x.example"}),
    )


def test_an_empty_row_is_no_colleague() -> None:
    rows = [("collega_naam", " "), ("collega_email", ""), ("collega_naam", "Bo"), ("collega_email", "")]
    assert [row.values["name"] for row in drafted(*rows).colleagues] == ["Bo"]
    assert json_draft({"participants": [{}, {"name": "", "email": ""}]}).colleagues == ()
    assert json_draft({"participants": []}).colleagues == ()


def test_participants_may_use_the_same_names_as_a_form() -> None:
    jan = {"name": "Jan", "email": "j@x.example"}
    ann = {"voornaam": "Ann", "achternaam": "Bos", "E-mail": "a@x.example", "telefoon": "06"}
    (row,) = json_draft({**jan, "Participants": [ann]}).colleagues
    assert row.where == "participants.0.{}"
    assert row.values["name"] == "Ann Bos"


def test_who_is_only_named_is_a_colleague_all_the_same() -> None:
    rows = json_draft(
        {"name": "Jan", "email": "j@x.example", "collega's": "Ann Bos (ann@x.example)"}
    ).colleagues
    assert [dict(row.values) for row in rows] == [{"name": "Ann Bos", "email": "ann@x.example"}]
    rows = json_draft({"name": "Jan", "email": "j@x.example", "participants": ["Ann", "Bo"]}).colleagues
    assert [row.values["name"] for row in rows] == ["Ann", "Bo"]


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_our_own_form_can_always_send_every_field(field: str) -> None:
    for form in (FormMap(), form_of({"name": "school", "school": "name", "email": "remarks"})):
        typed = draft([(sent_as(field, form), "x")], form)
        rows = [{f"colleague_{name}": text for name, text in row.values.items()} for row in typed.colleagues]
        assert "x" in {**typed.values, **(rows[0] if rows else {})}.get(field, "")


KEYS = st.sampled_from([*FIELDS, "naam", "participants", "Collega naam[]", "status"]) | st.text()


@given(st.lists(st.tuples(KEYS, st.text()), max_size=30))
def test_anything_can_be_drafted(pairs: list[tuple[str, str]]) -> None:
    typed = draft(pairs)
    assert typed.values.keys() <= FIELDS.keys()
    assert len(typed.extra) <= 20
