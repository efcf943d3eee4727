"""The gallery shows everything: these tests fail for a new mail or page that its season does not show."""

import re
from pathlib import Path

from local.gallery.index import KEPT, KEPT_HEAD, index
from local.gallery.shot import Screen, Shot
from shared import mails, pages
from tests.conftest import ROOT

MAILS = Path(mails.__path__[0]) / "templates"
PAGES = Path(pages.__path__[0]) / "templates"


def test_every_kind_of_mail_is_shown(shots: list[Shot]) -> None:
    kinds = {path.stem for path in MAILS.rglob("*.jinja") if "{% extends layout %}" in path.read_text()}
    assert len(kinds) >= 15
    assert kinds - {shot.kind for shot in shots} == set()


def test_every_template_of_a_page_is_used(shots: list[Shot]) -> None:
    assert shots
    used = {name for _, name in pages._environment("nl").cache or ()}
    templates = {str(path.relative_to(PAGES)) for path in PAGES.rglob("*.html")}
    # The cache names a Dutch template without its folder; the English ones are tested beside the Dutch ones.
    assert {name.removeprefix("nl/") for name in templates if not name.startswith("en/")} - used == set()


def test_every_shot_is_a_page_of_its_own_in_a_browser(shots: list[Shot]) -> None:
    assert len({shot.name for shot in shots}) == len(shots)
    assert {shot.answer.header("content-type") for shot in shots} == {"text/html; charset=utf-8"}
    assert {shot.answer.status for shot in shots} <= {200, 201, 404, 409, 422}


def test_every_mail_and_page_has_a_picture_for_each_screen(shots: list[Shot]) -> None:
    files = {shot.file(screen) for shot in shots for screen in Screen}
    assert len(files) == 3 * len(shots)
    assert files > KEPT


def test_the_repository_holds_fourteen_pictures_and_the_page_that_shows_them(shots: list[Shot]) -> None:
    folder = ROOT / "docs" / "gallery"
    assert len(KEPT) == 14
    assert {path.name for path in folder.iterdir()} == {"README.md", *KEPT}
    assert (folder / "README.md").read_text() == index(KEPT_HEAD, shots, KEPT), "run: make gallery"


def test_the_readme_shows_three_pictures_and_the_handbook_no_others_of_the_gallery() -> None:
    readme, handbook = (
        re.findall(r"gallery/([\w-]+\.png)", (ROOT / path).read_text())
        for path in ("README.md", "docs/handleiding.md")
    )
    assert len(readme) == 3
    assert {*readme, *handbook} <= KEPT
