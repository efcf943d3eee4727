"""Whether a person may be mailed by us at all, as their mail records tell."""

from collections.abc import Mapping, Sequence

from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.bounces import bounce_of
from shared.domain.registration.registration import Registration

WELCOMES = frozenset({"confirmation", "invited", "late"})


def withheld_welcomes(me: Registration, mine: Sequence[MailRecord]) -> list[MailRecord]:
    """Return a person's first mails that were withheld, since they were last mailed anew."""
    withheld = [r for r in mine if r.state is MailState.WITHHELD and r.kind in WELCOMES]
    return [r for r in withheld if not me.resent_at or r.at >= me.resent_at]


def may_be_written_to(
    me: Registration, mine: Sequence[MailRecord], bounces: Mapping[str, MailRecord]
) -> bool:
    """Say whether an organiser's message goes to a person: their address takes mail and wants ours.

    Perhaps a stranger used an address that has had none of our mails.
    """
    withheld = withheld_welcomes(me, mine)
    is_refused = not all(r.is_untold for r in withheld)
    is_used_by_strangers = bool(withheld) and all(record.is_untold for record in mine)
    is_out_of_reach = is_refused or is_used_by_strangers or bounce_of(me, bounces)
    return bool(me.email and me.history) and not is_out_of_reach
