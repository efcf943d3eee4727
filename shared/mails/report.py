"""The organiser's report as a mail: each section is rendered by itself, so that one may fail alone."""

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from shared.domain.mail import Attachment, Mail
from shared.domain.network.network import Network
from shared.domain.report.question import OrganiserQuestion
from shared.domain.report.report import Report
from shared.mails.held_lines import why_held
from shared.mails.morning import next_day, who_comes
from shared.mails.render import MailPart, render, render_part
from shared.mails.report_actions import all_button, decide_button, mail_button
from shared.mails.report_room import ReportRoom, few, fits, rooms
from shared.mails.sheets import csv_file, xlsx_file
from shared.mails.subject import report_subject

# The sections in their order; each is a template in `templates/report`.
SECTIONS = ("tiles", "changes", "questions", "fate", "health", "totals", "schools", "growth", "answers")


def report(network: Network, report: Report, pages: str) -> Mail:
    """Render a report, with everyone as CSV and XLSX; a part that cannot be made is replaced by a notice.

    `pages` is the link to the pages of the organiser who receives this report. Its lists are as long as fits.
    """
    files = [_try_file(report, make) for make in (xlsx_file, csv_file)]
    facts = {"network": network, "report": report, "minimum": network.rule.min_per_school, "pages": pages}
    facts |= {
        "all_button": all_button,
        "decide_button": decide_button,
        "mail_button": mail_button,
        "why_held": why_held,
        "few": few,
        "next_day": next_day,
        "who_comes": who_comes,
        "report_subject": report_subject,
    }
    facts["subject"] = (
        _try_render("subject", MailPart.TEXT, facts) or f"{network.prefix}: het rapport van vandaag"
    )
    facts["complete_files"] = all(files)
    attached = tuple(file for file in files if file)
    first, *shorter = rooms(_questions(report))
    mail = _render_in_room(first, network, facts, attached)
    for room in shorter:
        if not fits(mail):
            mail = _render_in_room(room, network, facts, attached)
    return mail


def _questions(report: Report) -> Sequence[OrganiserQuestion]:
    try:
        return report.questions
    except Exception:  # noqa: BLE001 - their own section says so
        return ()


def _render_in_room(
    room: ReportRoom, network: Network, facts: dict[str, Any], files: tuple[Attachment, ...]
) -> Mail:
    names = [name for name in SECTIONS if name not in room.leaves_out]
    sections = {
        part.value: [_render_section(name, part, {**facts, "room": room}) for name in names]
        for part in MailPart
    }
    shown = {key: facts[key] for key in ("report", "pages", "subject", "complete_files")}
    return render("report", network, attachments=files, room=room, sections=sections, **shown)


def _render_section(name: str, part: MailPart, facts: dict[str, Any]) -> str:
    section = _try_render(name, part, facts)
    text = render_part("report/broken.jinja", part) if section is None else section
    return Markup(text) if part is MailPart.HTML else text  # noqa: S704 - autoescaped just now # nosec B704


def _try_render(name: str, part: MailPart, facts: dict[str, Any]) -> str | None:
    try:
        return render_part(f"report/{name}.jinja", part, **facts)
    except Exception:  # noqa: BLE001 - no error in one section may stop the report
        return None


def _try_file(report: Report, make: Callable[[Report], Attachment]) -> Attachment | None:
    try:
        return make(report)
    except Exception:  # noqa: BLE001 - the same for an attachment
        return None
