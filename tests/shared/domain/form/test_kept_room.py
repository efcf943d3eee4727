"""Room for kept posts: who fills a day gives way, and nobody else does."""

from shared.domain.form.kept_room import FAIR, MOST_A_DAY, NOWHERE, KeptRoom, entry


def room(**places: int) -> KeptRoom:
    return KeptRoom({place: [f"{place}{n}" for n in range(count)] for place, count in places.items()})


def sizes(kept: KeptRoom | None) -> dict[str, int]:
    assert kept
    return {place: len(posts) for place, posts in kept.posts.items()}


def test_a_day_that_is_not_full_takes_a_post_of_any_place() -> None:
    kept = room(robot=MOST_A_DAY - 1).add("new", "robot")
    assert sizes(kept) == {"robot": MOST_A_DAY}
    assert kept
    assert kept.pushed_out == ()


def test_who_filled_a_day_gives_way_to_another_place_with_what_it_sent_last() -> None:
    kept = room(robot=MOST_A_DAY).add("new", "form")
    assert sizes(kept) == {"robot": MOST_A_DAY - 1, "form": 1}
    assert kept
    assert kept.pushed_out == (f"robot{MOST_A_DAY - 1}",)


def test_who_filled_a_day_has_nothing_more_kept() -> None:
    assert room(robot=MOST_A_DAY).add("new", "robot") is None
    assert room(robot=300, form=200).add("new", "robot") is None


def test_two_places_come_to_share_a_day() -> None:
    kept: KeptRoom | None = room(robot=MOST_A_DAY)
    for number in range(MOST_A_DAY // 2):
        assert kept
        kept = kept.add(f"new{number}", "form")
    assert sizes(kept) == {"robot": MOST_A_DAY // 2, "form": MOST_A_DAY // 2}
    assert kept
    assert kept.add("one more", "form") is None


def test_what_few_places_can_do_pushes_out_no_place_that_sent_little() -> None:
    many = {f"place{n}": FAIR for n in range(MOST_A_DAY // FAIR)}
    assert room(**many).add("new", "another") is None


def test_what_the_networks_own_server_sent_gives_way_to_nobody() -> None:
    assert KeptRoom({NOWHERE: [f"{n}" for n in range(MOST_A_DAY)]}).add("new", "robot") is None
    kept = KeptRoom({NOWHERE: ["one"], "robot": [f"{n}" for n in range(MOST_A_DAY - 1)]}).add("new", NOWHERE)
    assert sizes(kept) == {NOWHERE: 2, "robot": MOST_A_DAY - 2}


def test_a_long_post_takes_the_room_of_several() -> None:
    assert [entry("new", size) for size in (0, 4095, 4096, 64 * 1024)] == ["new", "new", "new*2", "new*17"]
    kept = room(robot=MOST_A_DAY).add("long*3", "form")
    assert sizes(kept) == {"robot": MOST_A_DAY - 3, "form": 1}
    assert kept
    assert kept.holds("long")
    assert len(kept.pushed_out) == 3
    assert room(robot=MOST_A_DAY - 1).add("long*2", "robot") is None
