"""What became of a burst, told only from what its visitors were answered and what is stored and mailed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from bench.crowd import Post

_STORED, _NOT_VALID = (201, 303), 422
_WELCOMES = ("confirmation", "invited")


class Answer(NamedTuple):
    """What a post was answered, the reference in it, and after how many seconds; 0 is no answer at all."""

    post: Post
    status: int
    reference: str
    took: float


class Verdict(NamedTuple):
    """What was accepted, and everything that may not be."""

    accepted: int
    lost: int
    doubled: int
    uninvited: int  # stored or mailed without ever having been accepted
    unmailed: int
    mailed_twice: int
    other_references: int  # who was told two references for one registration
    unexpected: Mapping[int, int]  # answers by status

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost, doubled or answered otherwise than it should."""
        return not (any(self[1:7]) or self.unexpected)


def verdict(
    answers: Iterable[Answer], registrations: Iterable[Mapping[str, Any]], mails: Iterable[Mapping[str, Any]]
) -> Verdict:
    """Hold what visitors were answered against what is stored and mailed."""
    answers = list(answers)
    taken = [a for a in answers if a.status in _STORED]
    accepted = {(a.post.network, email) for a in taken for email in a.post.people}
    tried = {(a.post.network, email) for a in answers if not a.status for email in a.post.people}
    stored = Counter((r["network"], r["email"]) for r in registrations)
    welcomed = Counter((m["network"], m["to"][0]) for m in mails if m["kind"] in _WELCOMES)
    told = {((a.post.network, a.post.people[0]), a.reference) for a in taken if a.post.people}
    return Verdict(
        accepted=len(accepted),
        lost=sum(not stored[who] for who in accepted),
        doubled=sum(count > 1 for count in stored.values()),
        uninvited=len((stored.keys() | welcomed.keys()) - accepted - tried),
        unmailed=sum(not welcomed[who] for who in accepted),
        mailed_twice=sum(count > 1 for count in welcomed.values()),
        other_references=len(told) - len({who for who, _ in told}),
        unexpected=Counter(a.status for a in answers if not _as_expected(a)),
    )


def _as_expected(answer: Answer) -> bool:
    return answer.status in _STORED if answer.post.people else answer.status == _NOT_VALID
