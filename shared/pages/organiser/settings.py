"""The pages on which organisers change their network: what can be changed, a form, and what a change does."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from shared.domain.network.network import Network
from shared.domain.network.paragraphs import PARAGRAPH_KINDS
from shared.domain.network.setting_differences import (
    FileVersion,
    SettingChange,
    differences,
    has_other_changes,
)
from shared.domain.network.setting_mistakes import SettingMistake
from shared.domain.network.settings import (
    GROUPS,
    PAGE,
    PARAGRAPHS,
    QUESTIONS,
    File,
    Texts,
    texts_of,
)
from shared.domain.network.version_history import SETTLES
from shared.mails.order_preview import OrderPreview
from shared.mails.sample import sample_mail
from shared.pages.organiser import Desk, render_desk_page
from shared.pages.organiser.letters import ShownLetter, shown_letter
from shared.pages.organiser.setting_inputs import SettingsForm, inputs_of, setting_rows
from shared.pages.organiser.setting_texts import (
    ABOUT,
    LABELS,
    TITLES,
    ChangeLine,
    change_line,
)
from shared.pages.organiser.setting_warnings import warnings
from shared.phrases import dutch

UNDO, NEXT_YEAR = f"{PAGE}/undo", f"{PAGE}/next-year"
_MOST_VERSIONS = 10
_MAILED = frozenset(
    {"deadline", "date", "start", "end", "place", "address", "route_url", "online_url", "row"}
)
_MOST_MAILS = 60


def group_of(page: str) -> str:
    """Return the group of settings that a page is about; empty for any other page."""
    group = page.removeprefix(f"{PAGE}/")
    return group if group != page and group in GROUPS else ""


def settings_page(desk: Desk, versions: Sequence[FileVersion], is_done: bool) -> str:
    """Show what an organiser can change, what only an operator can, and what was changed before."""
    pairs = list(pairwise(versions))[-_MOST_VERSIONS:]
    history = [
        (version, _lines(before.file, version.file), has_other_changes(before.file, version.file))
        for before, version in reversed(pairs)
    ]
    can_undo = len(versions) > 1 and versions[-1].is_by_organiser
    return render_desk_page(
        "settings",
        desk,
        groups=[(group, TITLES[group], ABOUT[group]) for group in GROUPS],
        fixed=list(_fixed(desk.network)),
        history=history,
        undo_until=_undo_until(desk, versions) if can_undo else "",
        can_undo=can_undo,
        done=is_done,
    )


def _undo_until(desk: Desk, versions: Sequence[FileVersion]) -> str:
    """Write until when nobody has been mailed about the latest change; empty if nobody is, or it is later."""
    before, latest = versions[-2:]
    ends = latest.at + SETTLES
    waits = any(change.key in _MAILED for change in differences(before.file, latest.file))
    return dutch.clock(desk.network.local(ends)) if waits and desk.at < ends else ""


def _fixed(network: Network) -> Iterator[tuple[str, str]]:
    """Yield what only an operator can change; no secret is among it."""
    yield "Naam", network.title
    yield "Naam in links", network.id
    yield "Websites met het formulier", ", ".join(network.form.origins) or "geen"
    if network.form.thanks_url:
        yield "Pagina na het aanmelden", str(network.form.thanks_url)
    if network.form.fields:
        yield "Velden van het formulier", ", ".join(network.form.fields)
    yield "Mails per uur, door vreemden", str(network.abuse.mails_an_hour)
    yield "Mensen per uur, van één plek", str(network.abuse.people_an_hour_per_address)
    yield "Geheim van de website", "staat nergens te lezen"
    yield "Bewaren na de laatste dag", dutch.count(network.privacy.keep_months, "maand", "maanden")


def _lines(before: File, after: File) -> list[ChangeLine]:
    return [change_line(change) for change in differences(before, after)]


def group_page(
    desk: Desk,
    group: str,
    file: File,
    revision: str,
    typed: Texts | None = None,
    mistakes: Sequence[SettingMistake] = (),
    notice: str = "",
    since: File | None = None,
) -> str:
    """Show a form of settings as they are, or as typed with its mistakes.

    `since` is the earlier file that it was typed on, which somebody changed meanwhile.
    """
    form = SettingsForm(
        list(setting_rows(group, file)),
        inputs_of(texts_of(group, file)) if typed is None else typed,
        mistakes,
    )
    theirs = _lines(since, file) if since else []
    facts = {"title": TITLES[group], "about": ABOUT[group], "revision": revision, "notice": notice}
    if group == "mails" and desk.network.language == "en":
        facts["about"] += " Schrijf in het Engels, zoals de mail."
    return render_desk_page(
        "settings_group",
        desk,
        form=form,
        problem={"title": "Er klopt iets niet", "detail": "Er is nog niets veranderd."} if mistakes else None,
        errors=form.errors,
        is_late=since is not None,
        theirs=theirs,
        **facts,
    )


def change_page(
    desk: Desk,
    network: Network,
    changes: Sequence[SettingChange],
    preview: OrderPreview,
    carries: Mapping[str, str],
    is_undo: bool = False,
) -> str:
    """Show how settings will differ and whom that mails, with the one button that changes them.

    `network` is the one with the settings as they will be; that of the desk has them as they are.
    """
    waits = any(change.key in _MAILED for change in changes)
    readers = {
        k.key: set(k.after.splitlines()) - set(k.before.splitlines()) for k in changes if k.key == "report_to"
    }
    return render_desk_page(
        "settings_change",
        desk,
        lines=[change_line(change) for change in changes],
        preview=preview,
        later=desk._replace(network=network),
        mailed_from=desk.moment(desk.at + SETTLES) if waits else "",
        new_readers=sorted(readers.get("report_to", ())),
        warnings=warnings(desk.network, network, desk.at),
        drops_question=any(c.key == "row" and c.table == QUESTIONS for c in changes),
        letters=list(_letters(network, changes)),
        carries=carries,
        is_undo=is_undo,
        most=_MOST_MAILS,
    )


def _letters(network: Network, changes: Sequence[SettingChange]) -> Iterator[ShownLetter]:
    """Yield each mail of which the own paragraph changes, as it will be."""
    changed = {change.key for change in changes if change.table == PARAGRAPHS}
    for kind in PARAGRAPH_KINDS:
        if kind in changed:
            yield shown_letter(sample_mail(network, kind), network.language, LABELS[kind])
