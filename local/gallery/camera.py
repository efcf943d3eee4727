"""Photographs a scene in Chromium: nothing but the scene is served, so nothing else can be in the picture."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Route, sync_playwright

from local.gallery.scene import Look, Shot

_COLOURS = 64
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


def photograph(browser: Browser, scene: Shot) -> Iterator[tuple[Look, bytes]]:
    """Yield a scene as a small PNG for each look."""
    with browser.new_page(locale="nl-NL", reduced_motion="reduce") as page:
        page.route("**/*", lambda route: _serve(route, scene))
        page.goto(_ADDRESS)
        for look in Look:
            width, dark = look.value
            page.emulate_media(color_scheme="dark" if dark else "light")
            page.set_viewport_size({"width": width, "height": 600})
            yield look, _small(page.screenshot(full_page=True))


def _serve(route: Route, scene: Shot) -> None:
    if route.request.url != _ADDRESS:
        route.abort()
        return
    answer = scene.answer
    route.fulfill(status=answer.status, headers=dict(answer.headers), body=answer.body)


def _small(picture: bytes) -> bytes:
    """Keep the colours that there is most of, exactly; the rest are edges of letters."""
    file = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    counted = sorted(image.getcolors(image.width * image.height) or [], reverse=True)[:_COLOURS]
    palette = Image.new("P", (1, 1))
    parts = [part for _, colour in counted if isinstance(colour, tuple) for part in colour]
    palette.putpalette(bytes(parts))
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
