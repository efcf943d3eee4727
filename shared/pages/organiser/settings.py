"""The pages on which organisers change their network: what can be changed, a form, and what a change does."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from shared.domain.network.network import Network
from shared.domain.network.setting_changes import (
    FileVersion,
    SettingChange,
    differences,
    drop_id,
    has_other_changes,
)
from shared.domain.network.setting_mistakes import SettingMistake
from shared.domain.network.settings import (
    GROUPS,
    KINDS,
    PAGE,
    QUESTIONS,
    SESSIONS,
    File,
    Setting,
    Texts,
    settings_of,
    texts_of,
)
from shared.domain.network.version_history import SETTLES
from shared.mails.order_preview import OrderPreview
from shared.pages.organiser import Desk, render_desk_page
from shared.pages.organiser.setting_texts import (
    ABOUT,
    HINTS,
    LABELS,
    OPTIONS,
    TITLES,
    ChangeLine,
    change_line,
    mistake_sentence,
    row_name,
)
from shared.phrases import dutch

UNDO, NEXT_YEAR = f"{PAGE}/undo", f"{PAGE}/next-year"
_MOST_VERSIONS = 10
_TYPES = {"moment": "date", "date": "date", "time": "time", "url": "url", "number": "text"}
_MAILED = frozenset(
    {"deadline", "date", "start", "end", "place", "address", "route_url", "online_url", "row"}
)
_MOST_MAILS = 60


class SettingInput(NamedTuple):
    """One input of a form: how it is shown, its label, and what it offers."""

    id: str
    shape: str
    type: str
    label: str
    hint: str
    options: tuple[tuple[str, str], ...] = ()


class SettingRow(NamedTuple):
    """The inputs of one fieldset; `drop` is the id of the tick that drops it."""

    legend: str
    inputs: tuple[SettingInput, ...]
    drop: str = ""
    is_new: bool = False


class SettingsForm:
    """A form of settings, as the macros of its template read it."""

    def __init__(self, rows: Sequence[SettingRow], typed: Texts, mistakes: Sequence[SettingMistake]) -> None:
        self.rows, self._typed = rows, typed
        self.labels = {each.id: each.label for row in rows for each in row.inputs}
        self.names = {id_: id_ for id_ in self.labels}
        self._legends = {each.id: row.legend for row in rows for each in row.inputs}
        self.errors = {mistake.id: mistake_sentence(mistake) for mistake in mistakes}

    def value(self, id_: str) -> str:
        """Return what an input holds."""
        return self._typed.get(id_, "")

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every mistake with the id of its input."""
        return [(id_, self._sentence(id_, text)) for id_, text in self.errors.items()]

    def _sentence(self, id_: str, text: str) -> str:
        places = filter(None, (self._legends.get(id_, ""), self.labels.get(id_, "")))
        return f"{', '.join(places)}: {text}"


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
        is_done=is_done,
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
        list(_rows(group, file)), inputs_of(texts_of(group, file)) if typed is None else typed, mistakes
    )
    theirs = _lines(since, file) if since else []
    facts = {"title": TITLES[group], "about": ABOUT[group], "revision": revision, "notice": notice}
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

    `network` is the one with the settings as they will be.
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
        new_readers=dutch.listing(sorted(readers.get("report_to", ()))),
        drops_question=any(c.key == "row" and c.table == QUESTIONS for c in changes),
        carries=carries,
        is_undo=is_undo,
        most=_MOST_MAILS,
    )


def inputs_of(texts: Texts) -> dict[str, str]:
    """Return what each input holds: a moment has one for its day and one for its hour."""
    moments = {id_: text.partition(" ") for id_, text in texts.items() if id_.endswith("-deadline")}
    days = {id_: day for id_, (day, _, _) in moments.items()}
    return {**texts, **days, **{f"{id_}-hour": hour for id_, (_, _, hour) in moments.items()}}


def typed_of(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed for each setting, from the inputs."""
    moments = {
        id_.removesuffix("-hour"): f"{fields.get(id_.removesuffix('-hour'), '')} {hour.strip()}".strip()
        for id_, hour in fields.items()
        if id_.endswith("-hour")
    }
    return {**{id_: text for id_, text in fields.items() if not id_.endswith("-hour")}, **moments}


def _rows(group: str, file: File) -> Iterator[SettingRow]:
    settings = settings_of(group, file)
    single = tuple(each for s in settings if s.row is None for each in _inputs(s))
    if single:
        yield SettingRow("", single)
    table, new_keys = GROUPS[group].rows, GROUPS[group].new_row_keys
    for row in sorted({s.row for s in settings if s.row is not None}):
        own = [s for s in settings if s.row == row]
        is_new = own[0].is_new
        noun = "Nog een bijeenkomst" if table == SESSIONS else "Nog een vraag"
        legend = noun if is_new else row_name(table, row)
        drop = drop_id(table, row) if new_keys and not is_new else ""
        yield SettingRow(legend, tuple(each for s in own for each in _inputs(s)), drop, is_new)


def _inputs(setting: Setting) -> Iterator[SettingInput]:
    kind, key = KINDS[setting.key], setting.key
    shape = {"paragraph": "area", "lines": "area", "tick": "tick", "choice": "list"}.get(kind, "line")
    options = tuple(OPTIONS[key].items()) if key in OPTIONS else ()
    yield SettingInput(setting.id, shape, _TYPES.get(kind, "text"), LABELS[key], HINTS.get(key, ""), options)
    if kind == "moment":
        hour = f"{key}-hour"
        yield SettingInput(f"{setting.id}-hour", "line", "time", LABELS[hour], HINTS.get(hour, ""))
