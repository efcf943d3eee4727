"""The pages to write to people: the form, the mail as they will read it, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shared.domain.actions.organiser.order import OrderContext
from shared.domain.actions.organiser.writing import (
    MOST_IN_SUBJECT,
    MOST_IN_TEXT,
    DraftMistake,
    MessageDraft,
)
from shared.domain.mail import Mail
from shared.domain.message import MOST_A_DAY, Audience, Delivery, Message, MessageGroup, deliveries
from shared.domain.network.sessions import sessions_by_name
from shared.domain.outbox import MailRecord
from shared.domain.registration.registration import Registration
from shared.domain.report.audience import GroupSizes, group_sizes
from shared.pages.organiser import Desk, render_desk_page
from shared.pages.organiser.letters import shown_letter
from shared.pages.organiser.several_texts import listed
from shared.phrases import dutch

_SCHOOLS = 200  # from which to choose on a page below 40 kB; others by the school's own page
_NAMED, _SHOWN = 60, 10  # schools in a preview; messages that were written
_FIELDS = ("to", "subject", "text", "link")  # in the order of the form
_LONGEST = dutch.number(MOST_IN_TEXT)
_NOTHING: Mapping[str, DraftMistake] = {}
_GROUPS = {
    MessageGroup.COMING: ("Wie meedoet", "Wie nu zou meedoen"),
    MessageGroup.SHORT: ("Wie van een school is die te kort is",) * 2,
    MessageGroup.WAITING: ("Wie wacht op een plek",) * 2,
    MessageGroup.HELD: ("Wie wacht op besluit",) * 2,
}
MISTAKES = {
    DraftMistake.NOBODY: "Kies aan wie je schrijft. In deze keuze zit nu niemand.",
    DraftMistake.OLD_FORM: "Deze pagina is te oud. Open hem opnieuw.",
    DraftMistake.NO_SUBJECT: "Vul een onderwerp in.",
    DraftMistake.LONG_SUBJECT: f"Maak het onderwerp korter: hoogstens {MOST_IN_SUBJECT} tekens.",
    DraftMistake.NO_TEXT: "Schrijf een bericht.",
    DraftMistake.LONG_TEXT: f"Maak het bericht korter: hoogstens {_LONGEST} tekens.",
    DraftMistake.NO_LINK: "Vul een heel adres in dat begint met https://, of laat dit leeg.",
}
FULL = f"Er gingen vandaag al {MOST_A_DAY} berichten uit. Morgen kan er weer een."


def writing_page(
    desk: Desk,
    draft: MessageDraft,
    context: OrderContext,
    messages: Sequence[Message],
    mails: Iterable[MailRecord],
    mistakes: Mapping[str, DraftMistake] = _NOTHING,
    *,
    full: bool = False,
    is_done: bool = False,
) -> str:
    """Show the form, filled in with a draft, and the latest messages with what became of their mails."""
    sizes, delivered = group_sizes(desk.network, context.standings), deliveries(messages, mails, desk.at)
    offered = {reference for reference, _, _ in sizes.schools[:_SCHOOLS]}
    schools = [row for row in sizes.schools if row[0] in offered or row[0] == draft.audience.school]
    return render_desk_page(
        "writing",
        desk,
        draft=draft,
        groups=[(g.value, _group(desk, g), n) for g, n in sizes.groups.items() if n],
        chosen=set(draft.audience.groups),
        schools=schools,
        sessions=[
            (name, f"{dutch.full_day(s.date)}{desk.hour_of(s)}")
            for name, s in sessions_by_name(desk.network).items()
        ],
        mistakes={field: MISTAKES[mistakes[field]] for field in _FIELDS if field in mistakes},
        full=FULL if full else "",
        most=MOST_A_DAY,
        longest=_LONGEST,
        longest_subject=MOST_IN_SUBJECT,
        written=[_row(desk, sizes, m, delivered[m.id]) for m in reversed(messages[-_SHOWN:])],
        done=is_done,
    )


def preview_page(
    desk: Desk,
    draft: MessageDraft,
    people: Sequence[Registration],
    left_out: Sequence[Registration],
    schools: Sequence[str],
    mail: Mail,
) -> str:
    """Show to how many people of which schools a message goes, and the mail as one of them reads it."""
    more = [f"nog {len(schools) - _NAMED}"] if len(schools) > _NAMED else []
    return render_desk_page(
        "message_preview",
        desk,
        draft=draft,
        number=len(people),
        mailboxes=len({r.email.casefold() for r in people}),
        school_count=len(schools),
        schools=dutch.listing([*schools[:_NAMED], *more]),
        left_out=listed(left_out),
        left_out_count=len(left_out),
        letter=shown_letter(mail, desk.network.language),
        organiser=desk.network.organiser,
    )


def _group(desk: Desk, group: MessageGroup) -> str:
    certain, foreseen = _GROUPS[group]
    return certain if desk.network.is_closed(desk.at) else foreseen


def _row(desk: Desk, sizes: GroupSizes, message: Message, delivery: Delivery) -> dict[str, Any]:
    return {
        "message": message,
        "when": desk.moment(message.at),
        "people": dutch.count(len(message.people), "persoon", "mensen"),
        "audience": _audience(desk, sizes, message.audience),
        "delivery": _delivery(delivery),
    }


def _audience(desk: Desk, sizes: GroupSizes, audience: Audience) -> str:
    """Write whom a message was for: "wie meedoet en Bergcollege, Utrecht"."""
    parts = [_GROUPS[group][0].lower() for group in audience.groups]
    schools = {reference: name for reference, name, _ in sizes.schools}
    parts += [schools.get(audience.school, "één school")] if audience.school else []
    sessions = sessions_by_name(desk.network)
    days = {name: f"{dutch.day(s.date)}{desk.hour_of(s)}" for name, s in sessions.items()}
    parts += [f"bijeenkomst {days.get(audience.session, audience.session)}"] if audience.session else []
    return dutch.listing(parts)


def _delivery(delivery: Delivery) -> str:
    """Write what became of the mails: "40 bezorgd, 1 kwam terug, 1 onderweg"."""
    parts = (
        (delivery.arrived, "bezorgd"),
        (delivery.returned, "kwam terug" if delivery.returned == 1 else "kwamen terug"),
        (delivery.underway, "onderweg"),
        (delivery.unsent, "niet verstuurd"),
    )
    return ", ".join(f"{number} {what}" for number, what in parts if number)
