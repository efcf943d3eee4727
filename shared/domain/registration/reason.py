"""Why a registration stands where it does: a code with its particulars, never a sentence.

Codes are stored, so a value never changes and is never used again; `shared.phrases.reasons` words them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReasonCode(StrEnum):
    """Every reason that the software gives by itself; organisers write theirs in a note."""

    REGISTERED = "registered"
    REGISTERED_BY_COLLEAGUE = "registered_by_colleague"
    AFTER_DEADLINE = "after_deadline"
    REPAIRS_SCHOOL = "repairs_school"  # late, but in time to replace a colleague who left
    CHANGED = "changed"  # `fields`
    MOVED_WITH_COLLEAGUE = "moved_with_colleague"  # `fields`
    CANCELLED = "cancelled"
    CAME_BACK = "came_back"
    GAVE_PLACE = "gave_place"
    TOOK_PLACE = "took_place"  # `reference`
    ERASED = "erased"
    CONFIRMED = "confirmed"  # the address, after which they count again
    # What an organiser answers about who was put aside, and that somebody they took off the list is back.
    RELEASED = "released"
    REJECTED = "rejected"
    RESTORED = "restored"
    REMINDED = "reminded"
    MAILED_AGAIN = "mailed_again"
    FORM_CHANGED = "form_changed"
    FORM_MENDED = "form_mended"
    # What makes a post look like a robot's.
    HONEYPOT = "honeypot"
    TOO_FAST = "too_fast"
    NO_WORK = "no_work"
    TOO_MANY = "too_many"
    UNLISTED_SITE = "unlisted_site"
    # Where a school stands.
    NOBODY_COUNTS = "nobody_counts"
    COMPLETE = "complete"  # `people` who count; `minimum` and `repair_days` of the rule of then
    SHORT = "short"  # `people` who are missing
    MAY_REPLACE = "may_replace"  # `until`
    REPAIR_ENDED = "repair_ended"  # `people` who are missing; `reference` of who left, on `day`; `until`
    WAIVED = "waived"  # `by`, on `day`
    # Why a person does not count for their school, besides what they did themselves.
    REMOVED = "removed"
    UNCONFIRMED = "unconfirmed"
    DOUBLE = "double"
    DECLINED = "declined"
    LATE = "late"
    QUARANTINED = "quarantined"
    HELD = "held"  # counts for the rule, and an organiser decides
    # Why a person is on the waiting list.
    NETWORK_FULL = "network_full"
    SCHOOL_FULL = "school_full"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its code, and what it is about where the code alone does not tell."""

    code: ReasonCode
    reference: str = ""
    fields: tuple[str, ...] = ()
    people: int = 0
    until: date | None = None  # the last local day
    day: date | None = None  # the local day on which it happened
    by: str = ""  # an organiser
    minimum: int = 0
    repair_days: int = 0
