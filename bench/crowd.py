"""The posts of a burst: invented people with bad habits, the same for the same seed."""

import random
from collections.abc import Iterator
from typing import NamedTuple

# How many of each hundred moments have each habit; a double click is two posts at one moment.
_HABITS = {"new": 60, "double": 10, "again": 10, "pair": 12, "invalid": 8}
# Any two differ in three letters, which is more than a typing error.
_SYLLABLES = (
    "bamo", "dane", "fapi", "garu", "hesa", "keti", "levu", "mewo",
    "nizu", "pibe", "rida", "sifo", "tohi", "voku", "wola", "zoge",
)  # fmt: skip


class Post(NamedTuple):
    """One post: its fields, its second from the start, and the address of this machine that it comes from."""

    at: float
    network: str
    people: tuple[str, ...]  # the addresses that it registers; none when it is invalid
    fields: tuple[tuple[str, str], ...]
    as_json: bool
    visitor: str


def school_name(number: int) -> str:
    """Return the name of a school; no two of the first 65,536 names are alike."""
    return "".join(_SYLLABLES[number // 16**digit % 16] for digit in range(4)).capitalize()


def crowd(seconds: int, rate: int, networks: tuple[str, ...], seed: int) -> list[Post]:
    """Return `rate` posts for each of `seconds` seconds."""
    dice = random.Random(seed)  # noqa: S311 a play of dice, no secret # nosec B311
    posts: list[Post] = []
    for _ in range(seconds * rate):
        (habit,) = dice.choices(list(_HABITS), list(_HABITS.values()))
        number = len(posts)
        if number >= seconds * rate:
            break
        posts += [
            post._replace(at=number / rate) for post in _habitual_posts(habit, number, posts, networks, dice)
        ]
    return posts[: seconds * rate]


def _habitual_posts(
    habit: str, number: int, earlier: list[Post], networks: tuple[str, ...], dice: random.Random
) -> Iterator[Post]:
    post = _make_post(number, dice.choice(networks), habit, dice)
    if habit == "again" and earlier:
        post = dice.choice(earlier)
    yield post
    if habit == "double":
        yield post


def _make_post(number: int, network: str, habit: str, dice: random.Random) -> Post:
    school = school_name(number // 3)
    email = f"p{number}@{school.lower()}.example"
    fields = {"name": f"Persoon {number}", "email": email, "school": f"{school} College"}
    people: tuple[str, ...] = (email,)
    if habit == "pair":
        colleague = f"c{number}@{school.lower()}.example"
        people = (email, colleague)
        fields |= {"colleague_name": f"Collega {number}", "colleague_email": colleague}
    if habit == "invalid":
        people = ()
        fields |= {dice.choice(("name", "email", "school")): ""}
    # Each person has an own address: all of 127.0.0.0/8 is this machine.
    visitor = f"127.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255 or 1}"
    return Post(0, network, people, tuple(fields.items()), dice.random() < 0.5, visitor)
