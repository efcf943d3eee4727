"""Which registrations are of one school, with a register and with the rulings of organisers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.actions.organiser.addresses import correction_order
from shared.domain.actions.organiser.order import OrderContext, Wish
from shared.domain.actions.registrant import corrected
from shared.domain.decision import Decision, Kind
from shared.domain.registration.address import with_address
from shared.domain.registration.erasure import erased
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.registration.repeat import merge_repeat
from shared.domain.schools import comparing, pairing
from shared.domain.schools.knowledge import NOTHING, SchoolKnowledge
from shared.domain.schools.matching import SameSchoolVerdict, Typed, alias_key, compare_readings
from shared.domain.schools.reasons import PairFinding, PairReason
from shared.domain.schools.school import School, group_by_school, schools
from shared.domain.schools.school_domains import SchoolDomains
from tests.people import AT, someone
from tests.shared.domain.schools.matching.sample import register
from tests.shared.mails.people import PLG

REGISTER = register()
KNOWN = SchoolKnowledge(REGISTER)


def typed(number: int, school: str, place: str = "", domain: str = "gmail.com", **other: Any) -> Registration:
    return someone(
        f"P{number} X{number}", f"p{number}@{domain}", AT + timedelta(minutes=number),
        school=school, place=place, reference=f"PLG-{number:08}", **other,
    )  # fmt: skip


def together(*people: Registration, knowledge: SchoolKnowledge = KNOWN) -> list[list[str]]:
    """Return who is with whom, by the number that ends their reference."""
    return sorted(sorted(r.reference[-1] for r in s.registrations) for s in schools(people, knowledge))


def ruling(kind: Kind, about: Registration, value: Registration | str, minutes: int = 0) -> Decision:
    key, other = (r if isinstance(r, str) else alias_key(Typed(r.school, r.place)) for r in (about, value))
    at = AT + timedelta(minutes=minutes)
    return Decision("plg-2023", f"{kind}-{minutes}", kind, key, "organiser", "", at, value=other)


def only(*people: Registration, knowledge: SchoolKnowledge = KNOWN) -> School:
    (school,) = schools(people, knowledge)
    return school


VITUS = typed(1, "St. Vituscollege", "Bussum"), typed(2, "vitus-college", "Bussem")
ICHTHUS = typed(1, "Ichthus College", "Kampen"), typed(2, "Ichthus", domain="ichthuskampen.example")


def test_one_school_that_two_people_type_differently_is_named_by_the_register() -> None:
    school = only(*VITUS)
    assert (school.name, school.place, school.register_name) == (
        "St Vituscollege", "Bussum", "St Vituscollege in Bussum",
    )  # fmt: skip
    assert school.key == "90AH00"


def test_without_a_register_a_school_is_named_as_it_is_typed() -> None:
    school = only(VITUS[0], knowledge=NOTHING)
    assert (school.name, school.register_name, school.key) == (
        "St. Vituscollege",
        "",
        "st vituscollege|bussum",
    )


def test_one_brin_over_two_places_is_one_school_that_is_called_by_its_name_only() -> None:
    school = only(typed(1, "Ichthus College", "Kampen"), typed(2, "Ichthus College", "Dronten"))
    assert school.register_name == "Ichthus College SGM"


def test_locations_with_their_own_names_are_several_schools() -> None:
    assert together(typed(1, "Vlierbeek", "Amersfoort"), typed(2, "Akkerlyceum", "Amersfoort")) == [
        ["1"],
        ["2"],
    ]


def test_the_mail_domain_and_the_name_are_enough() -> None:
    assert together(*ICHTHUS) == [["1", "2"]]


def test_a_name_of_many_schools_without_a_place_joins_nobody_and_is_asked_about() -> None:
    people = typed(1, "Ichthus College"), typed(2, "Ichthus College")
    assert together(*people) == [["1"], ["2"]]
    assert [doubt.reason for doubt in group_by_school(people, KNOWN).doubts] == [
        PairReason(PairFinding.SAME_NAME_ONLY)
    ]
    assert together(*people, knowledge=NOTHING) == [["1", "2"]]


def test_two_of_one_board_are_not_colleagues_and_two_who_typed_no_school_neither() -> None:
    board = typed(1, "Stichting Zoom", "Amsterdam"), typed(2, "Stichting Zoom", "Amsterdam")
    assert together(*board) == [["1"], ["2"]]
    assert together(typed(1, "-"), typed(2, "-")) == [["1"], ["2"]]


def test_a_typing_that_fits_two_schools_goes_with_neither() -> None:
    people = typed(1, "Vituscollege", "Bussum"), typed(2, "Vitusmavo", "Bussum"), typed(3, "Vitus", "Bussum")
    assert together(*people) == [["1"], ["2"], ["3"]]
    assert PairReason(PairFinding.FITS_TWO_SCHOOLS) in {
        doubt.reason for doubt in group_by_school(people, KNOWN).doubts
    }


def test_two_towns_are_not_joined_through_somebody_who_names_neither() -> None:
    mail = "ichthus.example"
    people = (
        typed(1, "Ichthus", "Kampen", mail), typed(2, "Ichthus", "Urk", mail), typed(3, "Ichthus", "", mail)
    )  # fmt: skip
    assert together(*people, knowledge=NOTHING) == [["1"], ["2"], ["3"]]


def test_a_brin_decides_whatever_is_typed_beside_it() -> None:
    people = typed(1, "onze school", brin="90AH"), typed(2, "Vitus", "Bussum", brin="90AH00")
    assert together(*people) == [["1", "2"]]


def test_colleagues_in_one_post_are_of_one_school_whatever_their_addresses_say() -> None:
    anna = typed(1, "Ichthus College", domain="ichthuskampen.example")
    bram = typed(2, "Ichthus College", domain="ichthusveen.example", invited_by=anna.reference)
    assert together(anna, bram) == [["1", "2"]]


def test_who_was_brought_and_says_another_school_since_is_of_that_one() -> None:
    anna = typed(1, "De Hoeksteen", "Edam")
    bram = typed(2, "Waterland", "Purmerend", invited_by=anna.reference)
    assert together(anna, bram) == [["1"], ["2"]]


def test_what_an_organiser_calls_the_same_is_one_school_also_for_who_types_it_later() -> None:
    one, other = typed(1, "De Hoeksteen", "Edam"), typed(2, "Waterland", "Purmerend")
    knowledge = SchoolKnowledge(REGISTER, [ruling(Kind.SAME, one, other)])
    assert together(one, other) == [["1"], ["2"]]
    assert together(one, other, typed(3, "de HOEKSTEEN", "Edam"), knowledge=knowledge) == [["1", "2", "3"]]


def test_what_an_organiser_calls_different_is_two_schools_though_it_means_one_vestiging() -> None:
    words = [ruling(Kind.DIFFERENT, *VITUS)]
    grouping = group_by_school(VITUS, SchoolKnowledge(REGISTER, words))
    assert [len(s.registrations) for s in grouping.schools] == [1, 1]
    assert len({s.key for s in grouping.schools}) == 2
    assert grouping.doubts == ()


def test_the_last_word_counts_until_it_is_undone() -> None:
    words = [ruling(Kind.SAME, *VITUS), ruling(Kind.DIFFERENT, VITUS[1], VITUS[0], minutes=5)]
    knowledge = SchoolKnowledge(REGISTER, words)
    later, earlier = knowledge.as_of(AT + timedelta(minutes=6)), knowledge.as_of(AT + timedelta(minutes=1))
    assert together(*VITUS, knowledge=later) == [["1"], ["2"]]
    assert together(*VITUS, knowledge=earlier) == [["1", "2"]]


def test_a_typing_that_an_organiser_said_is_a_vestiging_is_that_one() -> None:
    nickname = typed(1, "De Hoeksteen", "Edam")
    knowledge = SchoolKnowledge(REGISTER, [ruling(Kind.IS, nickname, "90AA00")])
    assert only(nickname, knowledge=knowledge).register_name == "Het Waterland College in Edam"
    assert together(nickname, typed(2, "Waterland College", "Edam"), knowledge=knowledge) == [["1", "2"]]
    bare = SchoolKnowledge(
        None, [ruling(Kind.IS, nickname, "90AA00"), ruling(Kind.IS, VITUS[1], "90AA00", minutes=1)]
    )
    assert together(nickname, VITUS[1], knowledge=bare) == [["1", "2"]]


TYPINGS = st.builds(
    typed,
    st.integers(1, 9),
    st.sampled_from(["Vituscollege", "St Vitus", "Vitusmavo", "Ichthus", "Ichthus College", "Akkerlyceum",
                     "-", "Lindenhof Scholen", "Stedelijk Gymnasium", "KSE", "Groenweg"]),
    st.sampled_from(["", "Bussum", "Kampen", "Veenendaal", "Dronten", "Amersfoort", "Leiden", "Ede", "Velp"]),
    st.sampled_from(["gmail.com", "ichthuskampen.example", "ichthusveen.example", "jozefmavo.example"]),
)  # fmt: skip
CROWDS = st.lists(TYPINGS, max_size=9, unique_by=lambda r: r.reference)


@given(CROWDS, st.sampled_from([KNOWN, NOTHING]), st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_read_does_not_matter(
    people: list[Registration], knowledge: SchoolKnowledge, random: st.DataObject
) -> None:
    shuffled = list(people)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert group_by_school(shuffled, knowledge) == group_by_school(people, knowledge)


@given(CROWDS)
def test_two_who_surely_mean_different_brins_in_different_towns_are_never_together(
    people: list[Registration],
) -> None:
    for school in schools(people, KNOWN):
        meant = [
            KNOWN.find_vestiging(Typed(r.school, r.place, r.email.partition("@")[2]))
            for r in school.registrations
        ]
        rows = [row for row in meant if row]
        assert len({row.brin for row in rows}) < 2 or len({row.place for row in rows}) < 2


@given(CROWDS)
def test_every_school_has_a_key_of_its_own(people: list[Registration]) -> None:
    keys = [school.key for school in schools(people, KNOWN)]
    assert len(set(keys)) == len(keys)


def test_names_that_differ_in_their_number_are_schools_of_their_own_however_many_there_are() -> None:
    names = [
        "School 1",
        "School 2",
        "School 10",
        "Testschool",
        "Test College 1",
        "Test College 2",
    ]
    for place in ("", "Utrecht"):
        people = [
            someone(f"{first} Bos", f"{first}@s{i}.example", school=name, place=place)
            for i, name in enumerate(names)
            for first in ("anna", "bram")
        ]
        assert sorted(s.name for s in schools(people) if len(s.counted) == 2) == sorted(names)


def test_a_wrong_brin_is_a_doubt_about_that_typing_only() -> None:
    """Barlaeus stays complete, nobody is added to Vossius, and the organiser is asked."""
    barlaeus = typed(1, "Vituscollege", "Bussum"), typed(2, "St. Vituscollege", "Bussum")
    vossius = typed(3, "Vitusmavo", "Bussum")
    stranger = (
        typed(4, "Vituscollege", "Bussum", brin="90AI"),
        typed(5, "Vituscollege", "Bussum", brin="90AI"),
    )
    grouping = group_by_school((*barlaeus, vossius, *stranger), KNOWN)
    assert together(*barlaeus, vossius, *stranger) == [["1", "2"], ["3"], ["4"], ["5"]]
    reasons = [doubt.reason for doubt in grouping.doubts]
    assert PairReason(PairFinding.FITS_TWO_SCHOOLS) in reasons


def test_strangers_who_typed_no_school_are_no_school_together() -> None:
    for name in ("teamleider", "idem", "Amsterdam"):
        for knowledge in (KNOWN, NOTHING):
            strangers = typed(1, name, "", "a.example"), typed(2, name, "", "a.example")
            assert together(*strangers, knowledge=knowledge) == [["1"], ["2"]]


def test_suspected_spam_is_of_the_school_that_it_names_and_no_evidence_about_others() -> None:
    spam = typed(3, "Vitus", "Bussum", state=State.QUARANTINED, history=())
    people = typed(1, "Vituscollege", "Bussum"), typed(2, "Vitusmavo", "Bussum")
    assert group_by_school((*people, spam), KNOWN).doubts == ()
    named = typed(4, "St. Vituscollege", "Bussum", state=State.QUARANTINED, history=())
    assert together(*people, spam, named) == [["1", "4"], ["2"], ["3"]]


def test_a_colleague_who_leaves_stays_of_the_school() -> None:
    left = replace(VITUS[1], state=State.CANCELLED)
    assert together(VITUS[0], left, knowledge=NOTHING) == together(*VITUS, knowledge=NOTHING)


def test_a_story_in_the_field_of_the_school_is_compared_with_nobody() -> None:
    story = "wij zijn vier collega's van drie verschillende locaties rond Bussum die graag samen spelen"
    people = [typed(number, f"{story} {number}", "Bussum", "x.example") for number in (1, 2, 3)]
    assert together(*people) == [["1"], ["2"], ["3"]]
    assert group_by_school(people, KNOWN).doubts == ()


BERG = "bergcollege.example"
VERA, BEN = typed(1, "Bergcollege", "Utrecht", BERG), typed(2, "Berg College", "", BERG)
STRANGER = typed(3, "Bergcollege", "Zwolle", BERG)
ANN, CARL = typed(1, "Berg College", "Utrecht", BERG), typed(3, "Bergcollege Utrecht", "Utrecht")


@pytest.mark.parametrize("knowledge", [KNOWN, NOTHING], ids=["register", "no register"])
def test_a_later_typing_never_breaks_up_people_who_are_one_school(knowledge: SchoolKnowledge) -> None:
    assert together(VERA, BEN, STRANGER, knowledge=knowledge) == [["1", "2"], ["3"]]
    doubts = group_by_school([VERA, BEN, STRANGER], knowledge).doubts
    assert [doubt.reason.finding for doubt in doubts] == [PairFinding.NAMES_ALIKE_BUT_CONFLICTING]


def test_a_later_typing_never_breaks_up_a_vestiging_of_the_register_either() -> None:
    vitus = "vitus.example"
    people = typed(1, "Vituscollege", "Bussum", vitus), typed(2, "Vitus", "", vitus)
    stranger = typed(3, "Vitus", "Zwolle", vitus)
    assert together(*people) == [["1", "2"]]
    assert together(*people, stranger) == [["1", "2"], ["3"]]


def test_a_school_outlives_the_person_who_linked_it() -> None:
    vera = VERA.become(State.CANCELLED, AT + timedelta(hours=1), "person")
    ann = typed(4, "Bergcollege Utrecht", "Utrecht")
    assert together(vera, BEN, STRANGER, ann, knowledge=NOTHING) == [["1", "2", "4"], ["3"]]


def test_a_school_outlives_the_erasing_of_the_address_that_linked_it() -> None:
    hour = AT + timedelta(hours=1)
    dirk = typed(2, "Het Bergcollege", "", BERG)
    domains, alone = SchoolDomains([ANN, dirk, CARL]), SchoolDomains([ANN, CARL])
    assert together(ANN, dirk, CARL, knowledge=NOTHING) == [["1", "2", "3"]]
    assert together(erased(ANN, hour, domains.of(ANN)), dirk, CARL, knowledge=NOTHING) == [["1", "2", "3"]]
    gone = [erased(r, hour, domains.of(r)) for r in (ANN, dirk)]
    assert together(*gone, CARL, knowledge=NOTHING) == [["1", "2", "3"]]
    assert SchoolDomains([*gone, CARL]).of(gone[0]) == BERG
    assert alone.of(ANN) == "", "what one person has may be their own"
    assert erased(ANN, hour, alone.of(ANN)).mail_domain == ""


@pytest.mark.parametrize("knowledge", [KNOWN, NOTHING], ids=["register", "no register"])
def test_a_school_outlives_the_change_of_the_address_that_linked_it(knowledge: SchoolKnowledge) -> None:
    hour, people = AT + timedelta(hours=1), [VERA, BEN]
    assert together(*people, knowledge=knowledge) == [["1", "2"]]
    for person, other in ((VERA, BEN), (BEN, VERA)):
        domain = SchoolDomains(people).of(person)
        moved = with_address(person, "home@gmail.com", hour, "person", tells_former=True, domain=domain)
        assert together(moved, other, knowledge=knowledge) == [["1", "2"]]
        again = with_address(moved, "work@dal.example", hour, "person", tells_former=True)
        assert together(again, other, STRANGER, knowledge=knowledge) == [["1", "2"], ["3"]]


def test_an_organiser_who_corrects_an_address_parts_no_school() -> None:
    context = OrderContext(PLG, (VERA, BEN), (), AT + timedelta(hours=1), "sanne@leren.example")
    (moved,) = correction_order(context, BEN, Wish(email="ben@gmail.com")).save
    assert together(VERA, moved, knowledge=NOTHING) == [["1", "2"]]


def test_of_an_address_only_the_domain_of_a_school_is_kept() -> None:
    at_a_provider = [typed(1, "Bergcollege"), typed(2, "Bergcollege")]
    assert SchoolDomains(at_a_provider).of(at_a_provider[0]) == ""
    in_register = next(row.domain for row in REGISTER.rows if row.domain)
    assert SchoolDomains([], REGISTER).of(typed(1, "Bergcollege", "", in_register)) == in_register
    assert SchoolDomains([], REGISTER).of(typed(1, "Bergcollege", "", "vandeberg.example")) == ""


def test_whoever_first_counted_came_first_whenever_they_were_taken_in() -> None:
    """A stranger who posted before Vera, and was released from quarantine after Ben, came third."""
    before, after = AT - timedelta(days=1), AT + timedelta(days=1)
    aside, released = (
        Change(before, State.QUARANTINED, "post"),
        Change(after, State.REGISTERED, "organiser"),
    )
    stranger = replace(STRANGER, received_at=before, history=(aside, released))
    assert together(VERA, BEN, stranger, knowledge=NOTHING) == [["1", "2"], ["3"]]
    vera = replace(VERA, received_at=after)  # she left and came back
    assert together(vera, BEN, STRANGER, knowledge=NOTHING) == [["1", "2"], ["3"]]
    early = replace(STRANGER, history=(Change(before, State.REGISTERED, "person"),))
    assert together(VERA, BEN, early, knowledge=NOTHING) == [["1"], ["2"], ["3"]]


def test_who_types_another_school_later_comes_later_with_that_typing() -> None:
    early, late = AT - timedelta(days=1), AT + timedelta(days=1)
    retyped = Change(late, State.REGISTERED, "person", reason=Reason(ReasonCode.CHANGED, fields=("place",)))
    stranger = replace(STRANGER, history=(Change(early, State.REGISTERED, "person"), retyped))
    assert together(VERA, BEN, stranger, knowledge=NOTHING) == [["1", "2"], ["3"]]


def corrected_to(person: Registration, school: str, place: str, minutes: int) -> Registration:
    at = AT + timedelta(minutes=minutes)
    (after, *_) = corrected(person, {"school": school, "place": place, "brin": ""}, [], at)
    return after


def test_a_typing_is_compared_however_many_before_it_were_corrected_away() -> None:
    people = [typed(n, "Bergcollege", "Utrecht", f"{n}.example") for n in range(1, 5)]
    eva = typed(5, "Bergcolege", "Utrecht")
    assert together(*people, eva, knowledge=NOTHING) == [["1", "2", "3", "4", "5"]]
    moved = [corrected_to(person, "Dalcollege", "Ede", 4) for person in people[:3]]
    assert together(*moved, people[3], eva, knowledge=NOTHING) == [["1", "2", "3"], ["4", "5"]]


def test_who_corrects_their_school_moves_alone_and_whom_they_linked_stay_together() -> None:
    dirk, carl = typed(2, "Het Bergcollege", "", BERG), CARL
    assert together(ANN, dirk, carl, knowledge=NOTHING) == [["1", "2", "3"]]
    moved = corrected_to(ANN, "Dalcollege", "Ede", 60)
    assert together(moved, dirk, carl, knowledge=NOTHING) == [["1"], ["2", "3"]]
    eva = typed(4, "Berg College", "Utrecht")
    assert together(moved, dirk, carl, eva, knowledge=NOTHING) == [["1"], ["2", "3", "4"]]


def test_whoever_first_meant_a_vestiging_may_correct_that_and_later_colleagues_join_the_others() -> None:
    ann, dirk = (typed(n, "St. Vituscollege", "Bussum", f"post{n}.example") for n in (1, 2))
    eva = typed(4, "St. Vituscollege", "Bussum", "post4.example", brin="90AH00")
    assert together(ann, dirk, eva) == [["1", "2", "4"]]
    moved = corrected_to(ann, "Ichthus College", "Kampen", 3)
    assert together(moved, dirk, eva) == [["1"], ["2", "4"]]


def test_who_mends_a_mistyped_place_stays_with_their_colleagues() -> None:
    vera = typed(1, "Bergcollege", "Zwolle", BERG)
    assert together(vera, BEN, knowledge=NOTHING) == [["1", "2"]]
    assert together(corrected_to(vera, "Bergcollege", "Utrecht", 60), BEN, knowledge=NOTHING) == [["1", "2"]]


def test_who_types_a_detail_more_leaves_nobody_to_a_stranger() -> None:
    vera = corrected_to(VERA, "Bergcollege Utrecht", "Utrecht", 60)
    assert together(vera, BEN, STRANGER, knowledge=NOTHING) == [["1", "2"], ["3"]]


def test_who_comes_back_as_of_another_school_breaks_up_nobody() -> None:
    early = replace(typed(3, "Dalcollege", "Ede", BERG), history=(Change(AT, State.REGISTERED, "person"),))
    left = early.become(State.CANCELLED, AT + timedelta(hours=1), "person")
    again = replace(STRANGER, received_at=AT + timedelta(hours=2), history=())
    came = Change(again.received_at, State.REGISTERED, "person")
    back = merge_repeat(left, replace(again, history=(came,)))
    assert together(VERA, BEN, back, knowledge=NOTHING) == [["1", "2"], ["3"]]


def test_two_schools_of_several_people_are_not_joined_by_a_typing_that_fits_both() -> None:
    mail = "dal.example"
    here = typed(1, "Dal", "", mail), typed(2, "Dalcollege", "", mail)
    there = typed(3, "Dal College", "Ede"), typed(4, "Dalcolege", "Ede")
    both = typed(5, "Dal college", "Ede", mail)
    assert together(*here, *there, knowledge=NOTHING) == [["1", "2"], ["3", "4"]]
    assert together(*here, *there, both, knowledge=NOTHING) == [["1", "2"], ["3", "4", "5"]]
    assert together(here[0], there[0], both, knowledge=NOTHING) == [["1", "3", "5"]]


def test_what_an_organiser_rules_comes_before_what_people_typed_first() -> None:
    rulings = [ruling(Kind.DIFFERENT, VERA, BEN), ruling(Kind.SAME, VERA, STRANGER, minutes=5)]
    knowledge = SchoolKnowledge(None, rulings)
    assert together(VERA, BEN, STRANGER, knowledge=knowledge) == [["1", "3"], ["2"]]


@pytest.mark.parametrize("knowledge", [KNOWN, NOTHING], ids=["register", "no register"])
@pytest.mark.parametrize("place", ["", "Amsterdam"])
def test_any_gymnasium_of_a_town_is_no_school_of_two_strangers(
    place: str, knowledge: SchoolKnowledge
) -> None:
    people = [typed(number, "gymnasium Amsterdam", place, f"s{number}.example") for number in (1, 2)]
    assert together(*people, knowledge=knowledge) == [["1"], ["2"]]
    assert group_by_school(people, knowledge).doubts


@given(CROWDS, st.sampled_from([KNOWN, NOTHING]), st.integers(0, 9))
def test_whoever_comes_later_takes_nobody_from_a_school(
    people: list[Registration], knowledge: SchoolKnowledge, first: int
) -> None:
    in_order = sorted(people, key=lambda r: r.received_at)
    before, after = (
        {frozenset(s) for s in together(*group, knowledge=knowledge)}
        for group in (in_order[:first], in_order)
    )
    assert all(any(school <= later for later in after) for school in before)


@given(CROWDS.filter(bool), TYPINGS, st.sampled_from([KNOWN, NOTHING]))
def test_whoever_corrects_their_school_takes_nobody_along(
    people: list[Registration], other: Registration, knowledge: SchoolKnowledge
) -> None:
    first, *others = people
    moved = corrected_to(first, other.school, other.place, 60) if other.school != first.school else first
    before = [set(school) - {first.reference[-1]} for school in together(*people, knowledge=knowledge)]
    after = [set(school) for school in together(moved, *others, knowledge=knowledge)]
    assert all(any(school <= later for later in after) for school in before)


@given(CROWDS, st.sampled_from([KNOWN, NOTHING]), st.randoms(use_true_random=False))
def test_only_who_came_first_matters_not_when_they_were_last_taken_in(
    people: list[Registration], knowledge: SchoolKnowledge, random: st.DataObject
) -> None:
    moved = [
        replace(r, received_at=AT + timedelta(days=random.randint(0, 9)))  # type: ignore[attr-defined]
        for r in people
    ]
    assert together(*moved, knowledge=knowledge) == together(*people, knowledge=knowledge)


ALIKE: dict[str, Callable[[int], Registration]] = {
    "names": lambda n: typed(n, f"Berg{n} College", "Utrecht", BERG),
    "initials": lambda n: typed(n, f"Bos{n} Cor{n} Dal{n}", "Utrecht"),
    "places": lambda n: typed(n, "Bergcollege", f"Dorp{n}", BERG),
    "BRINs": lambda n: typed(n, "Bergcollege", "Utrecht", BERG, brin=f"{n % 100:02}A{chr(65 + n // 100)}"),
    "addresses": lambda n: typed(n, "Bergcollege", "Utrecht", f"berg{n}.example"),
}


@pytest.mark.parametrize("kind", ALIKE)
def test_each_of_four_hundred_strangers_costs_as_much_as_each_of_a_hundred(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[object] = []

    def compare(*pair: Any) -> SameSchoolVerdict:
        compared.append(pair)
        return compare_readings(*pair)

    monkeypatch.setattr(comparing, "compare_readings", compare)

    def comparisons(people: int) -> float:
        compared.clear()
        schools(ALIKE[kind](number) for number in range(people))
        return len(compared) / people

    few, many = comparisons(100), comparisons(400)
    assert many <= min(20, 1.5 * few)


def test_clues_that_can_add_nobody_to_compare_with_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [*map(ALIKE["names"], range(30)), *(typed(90 + n, "Berg", "Utrecht", BERG) for n in range(3))]
    ended: list[bool] = []

    def has_all(near: Any) -> bool:
        ended.append(_has_all(near))
        return ended[-1]

    _has_all = pairing._has_all
    monkeypatch.setattr(pairing, "_has_all", has_all)
    briefly = group_by_school(people, SchoolKnowledge(REGISTER))
    assert any(ended)
    monkeypatch.setattr(pairing, "_has_all", lambda _: False)
    assert group_by_school(people, SchoolKnowledge(REGISTER)) == briefly
