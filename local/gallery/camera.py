"""Photographs a scene in Chromium: nothing but the scene is served, so nothing else can be in the picture."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Route, sync_playwright

from local.gallery.scene import Look, Scene

_COLOURS = 48  # a page of ours has fewer; the rest is the edges of its letters
_ADDRESS = "https://gallery.tweetal.example/"
_FONTS = Path(__file__).with_name("fonts.conf")


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Open a browser with our letters, and close it afterwards."""
    with sync_playwright() as playwright:
        fonts: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(_FONTS)}
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"], env=fonts)
        yield browser
        browser.close()


def photograph(browser: Browser, scene: Scene) -> Iterator[tuple[Look, bytes]]:
    """Yield a scene as a small PNG for each look."""
    with browser.new_page(locale="nl-NL", reduced_motion="reduce") as page:
        page.route("**/*", lambda route: _serve(route, scene))
        page.goto(_ADDRESS)
        for look in Look:
            width, dark = look.value
            page.emulate_media(color_scheme="dark" if dark else "light")
            page.set_viewport_size({"width": width, "height": 600})
            yield look, _small(page.screenshot(full_page=True))


def _serve(route: Route, scene: Scene) -> None:
    if route.request.url != _ADDRESS:
        route.abort()
        return
    answer = scene.answer
    route.fulfill(status=answer.status, headers=dict(answer.headers), body=answer.body)


def _small(picture: bytes) -> bytes:
    file = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        # By coverage, so that the few orange pixels of a page stay orange.
        few = image.convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(file, "PNG", optimize=True)
    return file.getvalue()
