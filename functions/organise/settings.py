"""The pages on which an organiser changes the network: what there is to change, and what undoing does."""

import tomllib
from functools import partial

from shared.access.organiser import OrganiserRequest
from shared.aws.network_versions import StoredFile
from shared.aws.schools import Schools
from shared.aws.table import Table
from shared.domain.network.network import read_network
from shared.domain.network.next_year import next_year
from shared.domain.network.setting_differences import FileVersion, differences
from shared.domain.network.settings import PAGE
from shared.domain.registration.identity import address_key
from shared.http import Response, file, page
from shared.mails.order_preview import preview_settings
from shared.pages.organiser import Desk, refused_page, settings


def show_settings(visit: OrganiserRequest, desk: Desk, table: Table, schools: Schools) -> Response | None:
    """Show a page about settings; None for one that does not exist."""
    stored = table.network_files.now(visit.network.id)
    if stored is None:
        return None
    # The network that this function knows may be a minute old.
    visit = visit._replace(network=read_network(stored.toml, visit.network.id))
    desk = desk._replace(network=visit.network)
    if group := settings.group_of(visit.page):
        return _page(settings.group_page(desk, group, tomllib.loads(stored.toml), stored.revision))
    if visit.page == PAGE:
        versions, is_done = _versions(visit, table), "done" in visit.request.query
        return _page(settings.settings_page(desk, versions, is_done))
    if visit.page == settings.NEXT_YEAR:
        return _next_year(stored.toml)
    return _undo(visit, desk, table, schools, stored) if visit.page == settings.UNDO else None


def _undo(
    visit: OrganiserRequest, desk: Desk, table: Table, schools: Schools, stored: StoredFile
) -> Response:
    earlier = table.network_files.before(visit.network.id, stored)
    if earlier is None:
        return _page(refused_page(desk), 409)
    context, network = visit.order_context(table, schools), read_network(earlier.toml, visit.network.id)
    history = table.version_history(visit.network, desk.at)
    preview = preview_settings(context, network, history, partial(table.mails_to, network.id))
    changes = list(differences(tomllib.loads(stored.toml), tomllib.loads(earlier.toml)))
    carries = {"revision": stored.revision}
    return _page(settings.change_page(desk, network, changes, preview, carries, is_undo=True))


def _versions(visit: OrganiserRequest, table: Table) -> tuple[FileVersion, ...]:
    """Return the versions of the network's file, the latest last, each with who made it."""
    stored = table.network_files.versions(visit.network.id)
    files = [tomllib.loads(version.toml) for version in stored]
    readers = {to for each in files for to in each["organiser"]["report_to"]}
    names = {address_key(visit.network.id, to): to for to in readers}
    return tuple(
        FileVersion(
            version.at,
            names.get(version.by, "een organisator" if version.by else "je beheerder"),
            each,
            is_by_organiser=bool(version.by),
        )
        for version, each in zip(stored, files, strict=True)
    )


def _next_year(toml: str) -> Response:
    """Answer with the file of next year's network, for the operator who applies it."""
    draft = next_year(toml)
    name = f"{tomllib.loads(draft)['id']}.toml"
    return file(name, "application/toml; charset=utf-8", draft.encode())


def _page(html: str, status: int = 200) -> Response:
    return page(status, html, form_to="")
