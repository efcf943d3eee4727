"""The tags by which SES's events name the records of a mail to several people."""

from collections.abc import Mapping, Sequence

_IN_A_TAG = 6  # ids in one tag, which has at most 256 characters


def tags_of(also: Sequence[str], places: Sequence[str] = ()) -> dict[str, str]:
    """Write the ids of further mail records as tags, a few in each, and the places of a first mail as one."""
    first = {"first": "-".join(places)} if places else {}
    return first | {f"also{i}": "_".join(also[i : i + _IN_A_TAG]) for i in range(0, len(also), _IN_A_TAG)}


def ids_in(tags: Mapping[str, Sequence[str]]) -> list[str]:
    """Read the ids of all the mail records that the tags in an event name."""
    also = [value for name, (value, *_) in tags.items() if name.startswith("also")]
    return [tags["mail"][0], *(id_ for value in also for id_ in value.split("_"))]


def places_in(tags: Mapping[str, Sequence[str]]) -> str:
    """Read the places of a first mail from the tags in an event; empty for another mail."""
    return next(iter(tags.get("first", ())), "")
