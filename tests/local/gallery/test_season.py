"""The gallery shows everything: a new mail or page that is not in its season is missed here."""

import re
from pathlib import Path

from local.gallery.index import index
from local.gallery.scene import Look, Shot
from shared import mails, pages
from tests.conftest import ROOT

MAILS = Path(mails.__path__[0]) / "templates"
PAGES = Path(pages.__path__[0]) / "templates"


def test_every_kind_of_mail_is_shown(scenes: list[Shot]) -> None:
    kinds = {path.stem for path in MAILS.rglob("*.jinja") if "{% extends layout %}" in path.read_text()}
    assert len(kinds) >= 15
    assert kinds - {scene.kind for scene in scenes} == set()


def test_every_template_of_a_page_was_needed(scenes: list[Shot]) -> None:
    assert scenes
    needed = {name for _, name in pages._environment("nl").cache or ()}
    there = {str(path.relative_to(PAGES)) for path in PAGES.rglob("*.html")}
    # A template of a language is asked for by its name; those in English are tested beside the Dutch ones.
    assert {name.removeprefix("nl/") for name in there if not name.startswith("en/")} - needed == set()


def test_every_scene_is_what_a_browser_shows_as_a_page_of_its_own(scenes: list[Shot]) -> None:
    assert len({scene.name for scene in scenes}) == len(scenes)
    assert {scene.answer.header("content-type") for scene in scenes} == {"text/html; charset=utf-8"}
    assert {scene.answer.status for scene in scenes} <= {200, 201, 404, 409, 422}


def test_the_gallery_of_the_documents_is_of_this_season(scenes: list[Shot]) -> None:
    folder = ROOT / "docs" / "gallery"
    assert (folder / "README.md").read_text() == index(scenes), "run: make gallery"
    assert {scene.file(look) for scene in scenes for look in Look} <= {path.name for path in folder.iterdir()}


def test_the_readme_shows_three_pictures_of_the_gallery() -> None:
    shown = re.findall(r'src="(docs/gallery/[^"]+)"', (ROOT / "README.md").read_text())
    assert len(shown) == 3
    assert [path for path in shown if not (ROOT / path).is_file()] == []
