"""Fields that nobody knew when somebody registered are read once more after the network named them."""

from dataclasses import replace
from typing import Any, NamedTuple

from shared.domain.actions.organiser.kept_posts import release
from shared.domain.actions.organiser.order import OrderContext
from shared.domain.form.candidates import OWN_PREFIX
from shared.domain.form.draft import Draft, draft
from shared.domain.form.form_map import form_map
from shared.domain.form.kept_post import KeptPost, KeptReason
from shared.domain.form.pairs import read_pairs
from shared.domain.form.submission import InvalidError, check
from shared.domain.network.fields import FIELDS
from shared.domain.registration.colleague import dedupe
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import COUNTED, Change, Registration, State

_OF_REGISTRANT = ("name", "email", "school")
_FILLED = ("role", "phone", "place", "brin", "remarks")


class Rereading(NamedTuple):
    """A registration with what its unknown fields turned out to be, and the people who were in them."""

    registrant: Registration
    colleagues: tuple[Registration, ...]


def reread(context: OrderContext, me: Registration) -> Rereading | None:
    """Return what the unknown fields of a registration are by the form's map of now; None if nothing is new.

    Only what was empty is filled in; any other value stays among the unknown fields. Nothing is read anew as
    long as a colleague in it has a wrong address.
    """
    if not me.extra or me.state not in {*COUNTED, State.LATE}:
        return None
    registrant = {field: getattr(me, field) for field in _OF_REGISTRANT if getattr(me, field)}
    sent = [(f"{OWN_PREFIX}{field}", text) for field, text in registrant.items()]
    read = draft([*sent, *me.extra.items()], form_map(context.network.form))
    texts = {field: read.values[field] for field in _FILLED if read.values.get(field)}
    fitting: dict[str, Any] = {f: text for f, text in texts.items() if _fits(me, f, text)}
    others = set(texts.values()) - set(fitting.values())
    extra = {name: text for name, text in me.extra.items() if name in read.extra or text in others}
    if extra == me.extra:
        return None
    typed = Draft(
        {**registrant, "place": me.place, "brin": me.brin}, read.colleagues, questions=read.questions
    )
    try:
        submission = check(typed, context.network.form.questions)
    except InvalidError:
        return None
    post = KeptPost(me.network, read_pairs(me.extra.items()), KeptReason.CHANGED_FORM, me.received_at)
    mine = replace(
        me,
        **fitting,
        extra={**submission.extra, **extra},
        questions={**submission.questions, **me.questions},
        consents={**read.consents, **me.consents},
        without_address=tuple(dict.fromkeys((*me.without_address, *submission.without_address))),
        history=(*me.history, _mended(context, me)),
    )
    return Rereading(mine, dedupe(release(context, post, submission).new))


def _fits(me: Registration, field: str, text: str) -> bool:
    return not getattr(me, field) and len(text) <= FIELDS[field]


def _mended(context: OrderContext, me: Registration) -> Change:
    return Change(context.now, me.state, context.by, reason=Reason(ReasonCode.FORM_MENDED))
