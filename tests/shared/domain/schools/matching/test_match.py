import pytest

from shared.domain.schools.matching import Typed, alias_key, match
from shared.domain.schools.reasons import Clue, MatchFinding, MatchReason
from shared.phrases.schools import match_reason_in_english
from tests.shared.domain.schools.matching.sample import register

REGISTER = register()


def sureness_and_code(*typed: str) -> tuple[str, str]:
    """Return the sureness and the code of the match."""
    answer = match(Typed(*typed), REGISTER)
    return answer.sureness, answer.vestiging.code if answer.vestiging else ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("KSE", "Etten-Leur"), "90AK00"),
        (("KSE",), "90AK00"),
        (("2College", "Oisterwijk"), "90AJ00"),
        (("Het College", "Weert"), "90AL00"),
        (("WLG", "Groningen"), "90AM00"),
        (("Visser t Hooft", "Leiden"), "90AN00"),
        (("Maerlant-Lyceum", "Den Haag"), "90AO00"),
        (("Sint Jozef Mavo", "Vlaardingen"), "90AG00"),
        (("Pantarijn", "Wageningen"), "90AT00"),
        (("Stedelijk Gymnasium Leiden",), "90AB00"),
        (("Waterland College Purmer", "Purmerend"), "90AA01"),
        (("Waterland College", "Edam-Volendam"), "90AA00"),
        (("Akkerlyceum", "Amersfoort"), "90AF01"),
        (("Hugo de Groot", "Rotterdam"), "90AX00"),
        (("Praktijkschool De Meerwaarde", "Barneveld"), "90AS00"),
    ],
)
def test_a_name_and_a_place_are_enough(typed: tuple[str, ...], code: str) -> None:
    assert sureness_and_code(*typed) == ("sure", code)


@pytest.mark.parametrize(
    "typed", [("90AK00",), ("90ak",), ("Onze school", "", "", "90AK"), ("", "", "", "90ak-00")]
)
def test_a_brin_that_was_typed_decides(typed: tuple[str, ...]) -> None:
    assert sureness_and_code(*typed) == ("sure", "90AK00")


def test_a_brin_alone_leaves_the_location_to_the_name_and_the_place() -> None:
    assert sureness_and_code("Waterland College", "Purmerend", "", "90AA") == ("sure", "90AA01")


def test_a_brin_that_the_register_does_not_know_decides_nothing() -> None:
    assert sureness_and_code("KSE", "Etten-Leur", "", "99ZZ") == ("sure", "90AK00")


def test_a_remembered_answer_goes_before_the_names() -> None:
    typed = Typed("De oude Panter", "Wageningen")
    answer = match(typed, REGISTER, {alias_key(Typed("de OUDE panter", "wageningen")): "90AT00"})
    assert answer.sureness == "sure"
    assert answer.reason.finding is MatchFinding.DECIDED_EARLIER


def test_a_remembered_answer_about_a_school_that_is_gone_is_ignored() -> None:
    assert (
        match(Typed("KSE"), REGISTER, {alias_key(Typed("KSE")): "99ZZ00"}).vestiging
        == REGISTER.by_code["90AK00"]
    )


def test_one_name_in_two_places_is_unsure_and_shows_both() -> None:
    answer = match(Typed("Stedelijk Gymnasium"), REGISTER)
    assert answer.sureness == "unsure"
    assert {row.code for row in answer.candidates} == {"90AB00", "90AC00"}
    assert answer.reason.finding is MatchFinding.FITS_SEVERAL


def test_the_schools_own_mail_domain_decides_between_two_places() -> None:
    assert sureness_and_code("Stedelijk Gymnasium", "", "gymhaarlem.example") == ("sure", "90AC00")
    assert sureness_and_code("Stedelijk Gymnasium", "", "docent@gymhaarlem.example") == ("sure", "90AC00")


def test_a_mail_domain_above_that_of_a_school_may_be_its_own() -> None:
    assert sureness_and_code("Merkland College", "Zevenbergen", "merkland.example") == ("sure", "90AZ00")
    assert sureness_and_code("Merkland College", "Oudenbosch", "merkland.example") == ("sure", "90AY00")


@pytest.mark.parametrize(
    ("name", "place", "code"),
    [("Vrijeschool", "Rotterdam", "90BA00"), ("Vrijeschool Groningen", "Groningen", "90BB01")],
)
def test_a_name_need_not_have_its_province_or_its_other_town(name: str, place: str, code: str) -> None:
    assert sureness_and_code(name, place) == ("sure", code)


def test_a_common_name_in_a_town_without_such_a_school_is_never_sure() -> None:
    assert sureness_and_code("Vrijeschool", "Utrecht")[0] != "sure"


def test_the_first_letters_of_a_name_are_a_mail_domain_with_or_without_school() -> None:
    assert sureness_and_code("Karel Roland Holst school", "Bergen", "krh.example") == ("sure", "90BC00")


def test_free_mail_decides_nothing() -> None:
    assert sureness_and_code("Stedelijk Gymnasium", "", "gmail.com") == ("unsure", "")


def test_a_boards_mail_domain_does_not_make_a_vague_name_sure() -> None:
    assert sureness_and_code("Lichtschool", "Amsterdam", "zoom-bestuur.example")[0] != "sure"
    assert sureness_and_code("De Apollo", "Amsterdam", "zoom-bestuur.example") == ("sure", "90AW00")


def test_a_known_name_in_a_place_where_it_does_not_stand_is_never_sure() -> None:
    assert sureness_and_code("Vituscollege", "Kampen")[0] == "unsure"
    assert sureness_and_code("Vituscollege", "Turnhout")[0] == "unsure"


def test_a_mavo_is_not_the_college_of_the_same_saint() -> None:
    assert sureness_and_code("Vitusmavo", "Bussum") == ("sure", "90AI00")
    assert sureness_and_code("St. Vitus college", "Bussum") == ("sure", "90AH00")
    assert sureness_and_code("Vitus", "Bussum")[0] == "unsure"


@pytest.mark.parametrize(
    "name",
    [
        "Stichting Vituscollege",
        "Samenwerkingsverband De Apollo",
        "vmbo",
        "middelbare school",
        "n.v.t.",
        "-",
        "",
        "OBS De Toermalijn",
        "VO-raad",
    ],
)
@pytest.mark.parametrize("place", ["", "Bussum", "Amsterdam"])
def test_a_board_or_no_school_at_all_is_never_sure(name: str, place: str) -> None:
    assert sureness_and_code(name, place)[0] != "sure"


@pytest.mark.parametrize("name", ["Lindenhof Scholen", "Lindenhof Onderwijs", "Lindenhof"])
def test_a_groups_name_is_not_the_name_of_one_of_its_schools(name: str) -> None:
    assert sureness_and_code(name, "Amersfoort")[0] == "unsure"


def test_a_chain_without_a_place_is_unsure() -> None:
    assert sureness_and_code("Groenweg vmbo")[0] == "unsure"
    assert sureness_and_code("Groenweg", "Velp") == ("sure", "90AU02")


def test_what_resembles_nothing_is_unknown() -> None:
    answer = match(Typed("Fontys", "Tilburg"), REGISTER)
    assert (answer.sureness, answer.candidates) == ("unknown", ())


def test_the_reason_names_the_school_and_its_clues() -> None:
    reason = match(Typed("WLG", "Groningen"), REGISTER).reason
    school = "Willem Lodewijkgymnasium in Groningen"
    assert reason == MatchReason(MatchFinding.ENOUGH_CLUES, (school,), (Clue.NAME, Clue.PLACE))
    assert match_reason_in_english(reason) == f"This is {school}: the name matches and the place matches."
