"""Who is mailed what, printed before an operator does something: by reference and school, without names."""

from collections.abc import Sequence

from cli.shell import OUT
from shared.domain.actions.organiser.order import OrderContext
from shared.mails.order_preview import AnnouncedMail, OrderPreview

_MOST = 20  # people who are listed for each kind of mail


def print_announced(preview: OrderPreview, context: OrderContext, soon: str) -> None:
    """Print every mail that something leads to; `soon` says when those go out that wait for no check."""
    for when, mails in ((soon, preview.mails_now), ("At the next check", preview.mails_later)):
        for kind in dict.fromkeys(mail.kind for mail in mails):
            _print_kind(when, kind, [mail for mail in mails if mail.kind == kind], context)
    if not preview.mails_now and not preview.mails_later:
        OUT.print("Nobody is mailed about this")


def _print_kind(when: str, kind: str, mails: Sequence[AnnouncedMail], context: OrderContext) -> None:
    people = "1 person gets" if len(mails) == 1 else f"{len(mails)} people get"
    lines = [f"{when}, {people} the mail {kind!r}:"]
    for mail in mails[:_MOST]:
        reference, school = mail.registration.reference, mail.registration.school
        lines.append(f"  {reference if context.with_reference(reference) else 'the new person'}  {school}")
    if len(mails) > _MOST:
        lines.append(f"  and {len(mails) - _MOST} more")
    OUT.print("\n".join(lines), highlight=False, soft_wrap=True)
