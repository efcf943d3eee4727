import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.schools.matching import Register, Typed, compare_typings
from shared.phrases.schools import pair_reason_in_dutch
from tests.shared.domain.schools.matching.sample import register

REGISTER = register()
BOTH = pytest.mark.parametrize("duo", [REGISTER, None], ids=["with a register", "without"])


def verdict(one: tuple[str, ...], other: tuple[str, ...], duo: Register | None = REGISTER) -> str:
    """Return the verdict on two typings."""
    return compare_typings(Typed(*one), Typed(*other), duo).verdict


@BOTH
def test_one_name_in_one_place_is_one_school(duo: Register | None) -> None:
    assert verdict(("St. Jozefmavo", "Vlaardingen"), ("Sint Jozef Mavo", "Vlaardingen"), duo) == "same"
    assert verdict(("WLG", "Groningen"), ("Willem Lodewijk Gymnasium", "Groningen"), duo) == "same"


@BOTH
def test_one_name_and_one_mail_domain_are_one_school(duo: Register | None) -> None:
    one = ("Panterijn", "", "panterijn.example")
    assert verdict(one, ("Pantarijn", "Wageningen", "panterijn.example"), duo) == "same"


@BOTH
def test_a_name_alone_is_not_enough(duo: Register | None) -> None:
    assert verdict(("Stedelijk Gymnasium",), ("Stedelijk Gymnasium",), duo) == "unsure"
    assert verdict(("Ichthus", "", "gmail.com"), ("Ichthus College", "", "gmail.com"), duo) == "unsure"


@BOTH
def test_a_place_and_a_mail_domain_without_a_name_are_not_enough(duo: Register | None) -> None:
    one = ("Zuiderlicht College", "Amsterdam", "zoom-bestuur.example")
    assert verdict(one, ("De Apollo", "Amsterdam", "zoom-bestuur.example"), duo) != "same"


@BOTH
def test_the_same_name_in_another_town_is_not_the_same_school(duo: Register | None) -> None:
    assert verdict(("Ichthus College", "Veenendaal"), ("Ichthus College", "Kampen"), duo) != "same"


@BOTH
def test_a_college_and_a_mavo_of_one_saint_are_not_one_school(duo: Register | None) -> None:
    assert verdict(("Vituscollege", "Bussum"), ("Vitusmavo", "Bussum"), duo) != "same"


@BOTH
def test_a_school_and_the_praktijkschool_of_its_name_are_not_grouped(duo: Register | None) -> None:
    one = ("De Meerwaarde", "Barneveld", "meerwaarde.example")
    assert verdict(one, ("De Meerwaarde PrO", "Barneveld", "meerwaarde.example"), duo) != "same"


@BOTH
def test_a_board_is_never_a_school(duo: Register | None) -> None:
    one = ("Stichting Vituscollege", "Bussum")
    assert verdict(one, one, duo) == "unsure"


@BOTH
@pytest.mark.parametrize("nothing", ["-", "n.v.t.", "vmbo", "school", ""])
def test_two_who_typed_no_school_are_not_of_one(nothing: str, duo: Register | None) -> None:
    assert verdict((nothing, "Utrecht"), (nothing, "Utrecht"), duo) == "unsure"


@BOTH
def test_two_schools_in_one_street_are_not_one_school(duo: Register | None) -> None:
    one = ("Vituscollege locatie Dorpsstraat", "Bussum")
    assert verdict(one, ("Apollo locatie Dorpsstraat", "Bussum"), duo) != "same"


def test_one_brin_with_one_name_is_one_school_over_several_places() -> None:
    answer = compare_typings(Typed("Ichthus College", "Kampen"), Typed("Ichthus", "Dronten"), REGISTER)
    assert answer.verdict == "same"
    assert pair_reason_in_dutch(answer.reason).startswith("Twee locaties van één school")


def test_one_brin_whose_locations_have_their_own_names_is_several_schools() -> None:
    assert verdict(("Vlierbeek College", "Amersfoort"), ("Akkerlyceum", "Amersfoort")) == "different"


def test_a_location_with_and_without_its_schools_name_is_one_school() -> None:
    one = ("Lindenhof Scholen, locatie Akkerlyceum", "Amersfoort")
    assert verdict(one, ("Akkerlyceum", "Amersfoort")) == "same"


def test_each_place_of_a_chain_is_a_school_of_its_own() -> None:
    assert verdict(("Groenweg", "Ede"), ("Groenweg", "Velp")) == "different"
    assert verdict(("Groenweg vmbo", "Ede"), ("Groenweg Ede",)) == "same"


def test_several_brins_of_one_name_place_and_site_are_one_school() -> None:
    assert verdict(("Trivia gymnasium", "Sittard"), ("Atheneum Trivia", "Sittard")) == "same"


def test_a_brin_joins_what_the_places_keep_apart() -> None:
    assert (
        verdict(("Waterland College", "Edam", "", "90AA"), ("Waterland", "Purmerend", "", "90AA")) == "same"
    )


def test_without_a_register_one_name_and_one_brin_are_enough_and_two_brins_are_not() -> None:
    one = ("Waterland College", "", "", "90AA")
    assert verdict(one, ("Waterland", "", "", "90AA"), None) == "same"
    assert verdict(("Waterland", "Edam", "", "90AA"), ("Waterland", "Edam", "", "90ZZ"), None) == "unsure"


NAMES = [row.name for row in REGISTER.rows] + ["Ichthus", "vmbo", "WLG", "Vitus", "Groenweg", "-"]
TYPINGS = st.builds(
    Typed,
    st.sampled_from(NAMES),
    st.sampled_from(["", "Kampen", "Bussum", "Leiden", "Edam", "Turnhout", "Velp"]),
    st.sampled_from(["", "gmail.com", "zoom-bestuur.example", "gymleiden.example", "ichthuskampen.example"]),
)


@given(TYPINGS, TYPINGS, st.sampled_from([REGISTER, None]))
def test_the_verdict_does_not_depend_on_who_came_first(
    one: Typed, other: Typed, duo: Register | None
) -> None:
    assert compare_typings(one, other, duo).verdict == compare_typings(other, one, duo).verdict


@given(TYPINGS, TYPINGS)
def test_different_places_and_domains_group_only_by_the_register(one: Typed, other: Typed) -> None:
    clue = one.email_domain and one.email_domain == other.email_domain
    if one.place and other.place and one.place != other.place and not clue:
        assert compare_typings(one, other).verdict != "same"
