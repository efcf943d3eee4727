from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.schools.not_counted import reason_not_counted
from shared.domain.schools.school import School, group_by_school, school_of, schools, with_changed
from tests.people import AT, colleagues, someone


def only(registrations: list[Registration]) -> School:
    (school,) = schools(registrations)
    return school


def test_two_people_make_a_school_complete() -> None:
    school = only(colleagues("Bergcollege", "Anna Bram"))
    assert school.missing(2) == 0


def test_one_person_alone_leaves_a_school_one_short() -> None:
    school = only(colleagues("Bergcollege", "Anna"))
    assert school.missing(2) == 1


def test_case_accents_and_punctuation_do_not_make_another_school() -> None:
    typed = ["Bergcollege", "BERGCOLLEGE", " bergcollege. ", "Bérgcollege"]
    people = [someone(f"P{i} X{i}", f"p{i}@x.example", school=name) for i, name in enumerate(typed)]
    assert len(only(people).counted) == 4


def test_one_name_in_two_towns_is_two_schools() -> None:
    people = [someone("A B", "a@x.example", place="Ede"), someone("C D", "c@x.example", place="Urk")]
    assert [school.place for school in schools(people)] == ["Ede", "Urk"]


def test_schools_whose_names_are_signs_only_are_schools_too() -> None:
    names = ["!mpulse", "LOC@", "2College", "Stad & Esch", "'t Genseler", "@@", "##"]
    people = [someone(f"P{i} X", f"p{i}@x.example", school=name) for i, name in enumerate(names)]
    assert len(schools(people)) == len(names)


def test_a_forward_link_binds_to_the_inviters_school_whatever_is_typed() -> None:
    jan = someone()
    petra = someone("Petra Bos", "petra@x.example", school="berg", via=jan.reference)
    kim = someone("Kim Smit", "kim@x.example", school="De Berg (Utrecht)", via=petra.reference)
    assert only([jan, petra, kim]).name == "Bergcollege"


def test_links_in_a_circle_are_no_trouble() -> None:
    jan = someone(via="PLG-B")
    petra = someone("Petra Bos", "petra@x.example", reference="PLG-B", via=jan.reference)
    assert sum(len(school.registrations) for school in schools([jan, petra])) == 2


def test_the_same_person_twice_counts_once_and_is_explained() -> None:
    mailbox = "info@berg.example"
    twice = someone("J. de Vries", mailbox, at=AT + timedelta(days=1), person_key="other")
    school = only(
        [someone("Jan de Vries", mailbox), twice, someone("Bram Kuipers", mailbox, person_key="third")]
    )
    assert len(school.counted) == 2
    assert school.doubles == (twice,)
    assert reason_not_counted(twice, school) == Reason(ReasonCode.DOUBLE)


def test_who_does_not_count_is_told_why() -> None:
    states = [State.CANCELLED, State.DECLINED, State.LATE, State.QUARANTINED]
    people = [someone(f"P{i} X{i}", f"p{i}@x.example", state=state) for i, state in enumerate(states)]
    school = only(people)
    assert school.counted == ()
    codes = [ReasonCode.CANCELLED, ReasonCode.DECLINED, ReasonCode.LATE, ReasonCode.QUARANTINED]
    assert [reason_not_counted(person, school) for person in people] == list(map(Reason, codes))
    assert reason_not_counted(someone(), school) is None


@st.composite
def registrations(draw: st.DrawFn) -> list[Registration]:
    """A few schools, mailboxes, names and states, so that everything meets everything."""
    count = draw(st.integers(0, 12))
    return [
        someone(
            draw(st.sampled_from(["Anna Bos", "A. Bos", "Bram Kuipers", "Carla Smit"])),
            draw(st.sampled_from(["a@x.example", "b@x.example", "info@x.example"])),
            at=AT + timedelta(minutes=draw(st.integers(0, 3))),
            school=draw(st.sampled_from(["Bergcollege", "bergcollege", "KSE", "@"])),
            place=draw(st.sampled_from(["", "Ede"])),
            state=draw(st.sampled_from(State)),
            person_key=f"person-{i}",
            reference=f"PLG-{i:08}",
        )
        for i in range(count)
    ]


@given(registrations(), st.randoms(use_true_random=False))
def test_any_order_of_the_same_registrations_gives_the_same_standing(
    people: list[Registration], random: st.DataObject
) -> None:
    shuffled = list(people)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert schools(shuffled) == schools(people)


@given(registrations())
def test_nobody_is_lost_and_nobody_counts_twice(people: list[Registration]) -> None:
    grouped = schools(people)
    assert sorted(r.person_key for s in grouped for r in s.registrations) == sorted(
        r.person_key for r in people
    )
    for school in grouped:
        everyone, counted, doubles = (
            {r.person_key for r in group} for group in (school.registrations, school.counted, school.doubles)
        )
        assert counted | doubles <= everyone
        assert not counted & doubles
        for registration in school.registrations:
            assert (registration in school.counted) == (not reason_not_counted(registration, school))


@given(registrations(), st.data())
def test_registering_and_cancelling_in_any_order_ends_the_same(
    people: list[Registration], data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from([r.person_key for r in people]))) if people else set()
    then = [replace(r, state=State.CANCELLED) if r.person_key in gone else r for r in people]
    other_way = [r for r in then if r.person_key in gone] + [r for r in then if r.person_key not in gone]
    assert [s.missing(2) for s in schools(then)] == [s.missing(2) for s in schools(other_way)]
    for school in schools(then):
        assert school_of(school.registrations[0].person_key, then) == school


@given(registrations(), st.data())
def test_people_whose_state_changes_are_at_the_schools_that_grouping_anew_finds(
    people: list[Registration], data: st.DataObject
) -> None:
    unique = list({r.person_key: r for r in people}.values())
    some = data.draw(st.lists(st.sampled_from(unique), unique_by=lambda r: r.person_key)) if unique else []
    states = (State.DECLINED, State.ADMITTED, State.HELD)
    changed = {r.person_key: _decided(r, data.draw(st.sampled_from(states))) for r in some}
    kept = with_changed(group_by_school(unique), changed)
    anew = group_by_school([changed.get(r.person_key, r) for r in unique])
    assert kept is None or kept == anew


def _decided(person: Registration, state: State) -> Registration:
    change = Change(AT + timedelta(days=9), state, "check")
    return replace(person, state=state, history=(*person.history, change))


def test_who_corrects_their_school_makes_everybody_be_grouped_anew() -> None:
    (anna, bram) = colleagues("Bergcollege", "Anna Bram")
    grouping = group_by_school([anna, bram])
    assert with_changed(grouping, {anna.person_key: replace(anna, school="Dalcollege")}) is None
    assert with_changed(grouping, {"new": someone()}) is None
    declined = anna.become(State.DECLINED, AT + timedelta(days=9), "check")
    assert with_changed(grouping, {anna.person_key: declined}) == group_by_school([declined, bram])
