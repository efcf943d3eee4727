"""The organiser's report as a mail: every section stands on its own, so that one may fail alone."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from shared.domain.mail import Attachment, Mail
from shared.domain.network.network import Network
from shared.domain.report.report import Report
from shared.mails.render import MailPart, render, render_part
from shared.mails.report_actions import action, place
from shared.mails.sheets import csv_file, xlsx_file

# The sections in their order; each is a template in `templates/report`.
SECTIONS = ("tiles", "changes", "questions", "fate", "schools", "growth", "totals", "health")


def report(network: Network, report: Report, pages: str) -> Mail:
    """Render a report with everyone as CSV and XLSX; what cannot be made is said in its place.

    `pages` is the link to the pages of the organiser whom this report goes to.
    """
    files = [_file(report, make) for make in (xlsx_file, csv_file)]
    facts = {"network": network, "report": report, "minimum": network.rule.min_per_school, "pages": pages}
    facts |= {"action": action, "place": place}
    return render(
        "report",
        attachments=tuple(file for file in files if file),
        network=network,
        report=report,
        pages=pages,
        subject=_piece("subject", MailPart.TEXT, facts) or f"{network.prefix}: het rapport van vandaag",
        sections={part.value: [_section(name, part, facts) for name in SECTIONS] for part in MailPart},
        complete_files=all(files),
    )


def _section(name: str, part: MailPart, facts: dict[str, Any]) -> str:
    made = _piece(name, part, facts)
    text = render_part("report/broken.jinja", part) if made is None else made
    return Markup(text) if part is MailPart.HTML else text  # noqa: S704 - autoescaped just now # nosec B704


def _piece(name: str, part: MailPart, facts: dict[str, Any]) -> str | None:
    try:
        return render_part(f"report/{name}.jinja", part, **facts)
    except Exception:  # noqa: BLE001 - whatever breaks one section must not take the report along
        return None


def _file(report: Report, make: Callable[[Report], Attachment]) -> Attachment | None:
    try:
        return make(report)
    except Exception:  # noqa: BLE001 - the same for an attachment
        return None
