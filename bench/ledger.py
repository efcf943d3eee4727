"""Judges a burst by nothing but the answers to its visitors, the stored registrations and the mails."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from bench.crowd import Post

_STORED, _NOT_VALID = (201, 303), 422
_WELCOMES = ("confirmation", "invited")


class Answer(NamedTuple):
    """The answer to a post, the reference in it, and the seconds it took; status 0 means no answer."""

    post: Post
    status: int
    reference: str
    seconds: float


class Verdict(NamedTuple):
    """The number of accepted people, and of everything that must not happen."""

    accepted: int
    lost: int
    doubled: int
    uninvited: int  # stored or mailed, but never accepted
    unmailed: int
    mailed_twice: int
    other_references: int  # people who got two references for one registration
    unexpected: Mapping[int, int]  # answers by status

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost or doubled, and every answer is as expected."""
        return not (any(self[1:7]) or self.unexpected)


def verdict(
    answers: Iterable[Answer], registrations: Iterable[Mapping[str, Any]], mails: Iterable[Mapping[str, Any]]
) -> Verdict:
    """Compare the answers to visitors with the stored registrations and the mails."""
    answers = list(answers)
    accepting = [a for a in answers if a.status in _STORED]
    accepted = {(a.post.network, email) for a in accepting for email in a.post.people}
    tried = {(a.post.network, email) for a in answers if not a.status for email in a.post.people}
    stored = Counter((r["network"], r["email"]) for r in registrations)
    welcomed = Counter((m["network"], m["to"][0]) for m in mails if m["kind"] in _WELCOMES)
    references = {((a.post.network, a.post.people[0]), a.reference) for a in accepting if a.post.people}
    return Verdict(
        accepted=len(accepted),
        lost=sum(not stored[person] for person in accepted),
        doubled=sum(count > 1 for count in stored.values()),
        uninvited=len((stored.keys() | welcomed.keys()) - accepted - tried),
        unmailed=sum(not welcomed[person] for person in accepted),
        mailed_twice=sum(count > 1 for count in welcomed.values()),
        other_references=len(references) - len({person for person, _ in references}),
        unexpected=Counter(a.status for a in answers if not _is_expected(a)),
    )


def _is_expected(answer: Answer) -> bool:
    return answer.status in _STORED if answer.post.people else answer.status == _NOT_VALID
