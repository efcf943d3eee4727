"""Changes a network for an organiser: shown first with every mail, and stored only over what they saw."""

import tomllib
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from shared.access.organiser import OrganiserRequest
from shared.aws.network_versions import StoredFile
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.network.file_text import file_text
from shared.domain.network.network import read_network
from shared.domain.network.setting_changes import ChangedSettings, merged, with_typed
from shared.domain.network.setting_differences import differences
from shared.domain.network.setting_mistakes import SettingMistake
from shared.domain.network.settings import PAGE
from shared.http import Response, page, redirect
from shared.mails.order_preview import preview_settings
from shared.pages.organiser import Desk, refused_page, settings
from shared.pages.organiser.setting_inputs import inputs_of, typed_of

_OURS = frozenset({"form", "step", "edit", "revision"})  # what our forms send besides settings


class _Post(NamedTuple):
    """A posted form of settings, and the file that it is about."""

    visit: OrganiserRequest
    desk: Desk
    fields: Mapping[str, str]
    table: Table
    stored: StoredFile

    @property
    def inputs(self) -> dict[str, str]:
        """What the inputs held."""
        return {id_: text for id_, text in self.fields.items() if id_ not in _OURS}


def change_settings(
    visit: OrganiserRequest, desk: Desk, fields: Mapping[str, str], table: Table, schools: Schools
) -> Response | None:
    """Carry out a form of settings, or show what it will do; None for a page without one."""
    stored = table.network_files.now(visit.network.id)
    if stored is None:
        return None
    # The network that this function knows may be a minute old.
    visit = visit._replace(network=read_network(stored.toml, visit.network.id))
    post = _Post(visit, desk._replace(network=visit.network), fields, table, stored)
    if visit.page == settings.UNDO:
        return _undo(post)
    group = settings.group_of(visit.page)
    return _change(post, group, schools) if group else None


def _change(post: _Post, group: str, schools: Schools) -> Response:
    file, typed = tomllib.loads(post.stored.toml), typed_of(post.inputs)
    if post.fields.get("revision") != post.stored.revision:
        return _changed_meanwhile(post, group)
    changed = _with_own_address(post, with_typed(group, file, typed))
    if changed.mistakes:
        return _form(post, group, 422, mistakes=changed.mistakes)
    changes = list(differences(file, changed.file))
    if not changes or "edit" in post.fields:
        return _form(post, group, notice="" if changes else "Je veranderde niets.")
    toml = file_text(post.stored.toml, changed.file)
    network = read_network(toml, post.visit.network.id)
    if post.fields.get("step") == "do":
        is_saved = post.table.network_files.save_over(
            post.stored, network, toml, post.desk.at, post.visit.organiser.person_key
        )
        return _done(post) if is_saved else _again(post, group)
    context = post.visit.order_context(post.table, schools)
    history = post.table.version_history(post.visit.network, post.desk.at)
    preview = preview_settings(context, network, history, partial(post.table.mails_to, network.id))
    carries = {**post.inputs, "revision": post.stored.revision}
    return page(200, settings.change_page(post.desk, network, changes, preview, carries), form_to="")


def _with_own_address(post: _Post, changed: ChangedSettings) -> ChangedSettings:
    """Refuse that organisers take away their own link, as a typing error would."""
    readers = changed.file["organiser"].get("report_to", ())
    if post.visit.address in readers or changed.mistakes:
        return changed
    return changed._replace(mistakes=(SettingMistake("organiser-report-to", "own_address"),))


def _again(post: _Post, group: str) -> Response:
    """Answer whose change met another at the same moment."""
    stored = post.table.network_files.now(post.visit.network.id) or post.stored
    return _changed_meanwhile(post._replace(stored=stored), group)


def _changed_meanwhile(post: _Post, group: str) -> Response:
    """Show what somebody else changed since, above everything that was typed."""
    now, typed = tomllib.loads(post.stored.toml), typed_of(post.inputs)
    versions = post.table.network_files.versions(post.visit.network.id)
    seen = next((v for v in versions if v.revision == post.fields.get("revision")), None)
    base = tomllib.loads(seen.toml) if seen else now
    if post.fields.get("step") == "do" and with_typed(group, base, typed).file == now:
        return _done(post)  # by an earlier click on the same button
    inputs = {**post.inputs, **inputs_of(merged(group, typed, base, now))}
    html = settings.group_page(post.desk, group, now, post.stored.revision, inputs, since=base)
    return page(409, html, form_to="")


def _form(
    post: _Post,
    group: str,
    status: int = 200,
    mistakes: tuple[SettingMistake, ...] = (),
    notice: str = "",
) -> Response:
    file = tomllib.loads(post.stored.toml)
    html = settings.group_page(post.desk, group, file, post.stored.revision, post.inputs, mistakes, notice)
    return page(status, html, form_to="")


def _undo(post: _Post) -> Response:
    """Put the file back as it was before the latest change, unless there was another since."""
    earlier = post.table.network_files.before(post.visit.network.id, post.stored)
    if earlier is None or post.fields.get("revision") != post.stored.revision:
        return page(409, refused_page(post.desk), form_to="")
    network = read_network(earlier.toml, post.visit.network.id)
    is_saved = post.table.network_files.save_over(
        post.stored, network, earlier.toml, post.desk.at, post.visit.organiser.person_key
    )
    return _done(post) if is_saved else page(409, refused_page(post.desk), form_to="")


def _done(post: _Post) -> Response:
    return redirect(f"{post.visit.url(PAGE)}?done=1")
