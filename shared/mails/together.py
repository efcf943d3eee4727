"""One mail made of mails to several people on one mailbox, or of several mails to one person."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from shared.domain.mail import Attachment, Mail
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from shared.mails.message import on_one_mailbox
from shared.mails.render import MailPart, render, render_block
from shared.mails.wording import first_name, full_name
from shared.phrases.language import Phrases, phrases_of

_MOST = 8  # mails that are shown whole; of more than these, each says its news and links to the rest
_ALWAYS_WHOLE = frozenset({"invited", "late"})  # they say who gave us a person's data (GDPR, article 14)
_WITH_DATES = frozenset({"admitted", "complete", "confirmation", "invitation", "invited", "late", "moved"})

_WITH_WAYS = frozenset({"admitted", "moved"})


class Section(NamedTuple):
    """One of the mails: what stands over it, its link, and by part its news (two sentences) and all of it."""

    heading: str
    link: str
    news: Mapping[str, tuple[str, str]]
    body: Mapping[str, str]


def together(mails: Sequence[Mail]) -> Mail:
    """Put these mails in one, each under the name of its person, with their own links and files.

    The dates of the sessions stand at its end once. Mails of several kinds become one of the kind "together".
    An organiser's message stands in it once.
    """
    if mails[0].kind == "message":
        return on_one_mailbox(mails)
    network: Network = mails[0].facts["network"]
    phrases, people = phrases_of(network), _people(mails)
    kinds, subjects = {mail.kind for mail in mails}, {mail.subject for mail in mails}
    mail = render(
        "together",
        network,
        language=network.language,
        sections=[
            _section(each, network, phrases, is_whole=len(mails) <= _MOST or each.kind in _ALWAYS_WHOLE)
            for each in mails
        ],
        subject=subjects.pop().partition(": ")[0] if len(subjects) == 1 else "",
        names=[full_name(person, phrases) for person in people],
        name=first_name(people[0], phrases) if len(people) == 1 else phrases.COLLEAGUE,
        has_ways=not kinds.isdisjoint(_WITH_WAYS),
        has_dates=not kinds.isdisjoint(_WITH_DATES),
        ahead=next((mail.facts["ahead"] for mail in mails if "ahead" in mail.facts), ()),
        attachments=tuple(file for each in mails for file in _files(each, network)),
    )
    return replace(mail, kind=kinds.pop()) if len(kinds) == 1 else mail


def _people(mails: Sequence[Mail]) -> list[Registration]:
    """Return whom the mails are about; who is invited is not registered yet."""
    about = [mail.facts["registration"] for mail in mails if mail.kind != "invitation"]
    return list({person.reference: person for person in about}.values())


def _section(mail: Mail, network: Network, phrases: Phrases, *, is_whole: bool) -> Section:
    facts, name = {**mail.facts, "is_together": True}, full_name(mail.facts["registration"], phrases)
    blocks = {
        block: {p.value: render_block(mail.kind, network.language, p, block, facts) for p in MailPart}
        for block in ("title", "preheader", *(("body",) if is_whole else ()))
    }
    is_invitation = mail.kind == "invitation"
    own_file = f"{_file_name(network, mail.facts)}.ics"
    return Section(
        heading=blocks["title"]["txt"] if is_invitation else name,
        link=mail.facts["links"].forward if is_invitation else mail.facts["links"].me,
        news={p.value: (blocks["title"][p.value], blocks["preheader"][p.value]) for p in MailPart},
        body={p: text.replace(f"{network.id}.ics", own_file) for p, text in blocks.get("body", {}).items()},
    )


def _files(mail: Mail, network: Network) -> list[Attachment]:
    own = _file_name(network, mail.facts)
    return [replace(file, filename=own + file.filename.removeprefix(network.id)) for file in mail.attachments]


def _file_name(network: Network, facts: Mapping[str, Any]) -> str:
    """Return what a person's own calendar files begin with, among those of others."""
    return f"{network.id}-{facts['registration'].reference}"
