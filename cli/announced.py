"""Who is mailed what, printed before an operator does something: by reference and school, without names."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from cli.shell import OUT, school_knowledge
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.actions.organiser.order import OrderContext
from shared.domain.network.network import Network, NetworkError, read_network
from shared.mails.order_preview import AnnouncedMail, OrderPreview, preview_settings

_MOST = 20  # people who are listed for each kind of mail


def print_settings_mails(table: Table, network: Network, now: datetime) -> None:
    """Print who is mailed about a network as it will be, or why that is not known here."""
    stored = table.networks().get(network.id)
    if stored is None:
        OUT.print("This network is new, so nobody is mailed about it")
        return
    try:
        before = read_network(stored, network.id)
        people, decisions = table.registrations(network.id), table.decisions(network.id)
        context = OrderContext(before, people, decisions, now, "", school_knowledge(table, now))
        history = table.version_history(before, now)
        preview = preview_settings(context, network, history, partial(table.mails_to, network.id))
    except NetworkError:
        OUT.print("Who is mailed is not known here: this release cannot read the stored file", soft_wrap=True)
    except UnavailableError as error:
        if str(error) != "AccessDeniedException":
            raise
        OUT.print("Who is mailed is not known here: these credentials may not read people", soft_wrap=True)
    else:
        print_announced(preview, context, "After half an hour")


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
