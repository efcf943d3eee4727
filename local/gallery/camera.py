"""Takes pictures in Chromium; the browser gets nothing but the shot, so nothing else can be in a picture."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Route, sync_playwright

from local.gallery.shot import Screen, Shot

_COLOURS = 64
_ADDRESS = "https://gallery.tweetal.example/"
_FONTS = Path(__file__).with_name("fonts.conf")


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Open a browser that has our fonts, and close it afterwards."""
    with sync_playwright() as playwright:
        environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(_FONTS)}
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"], env=environment)
        yield browser
        browser.close()


def photograph(browser: Browser, shot: Shot) -> Iterator[tuple[Screen, bytes]]:
    """Yield a small PNG of a shot for each screen."""
    with browser.new_page(locale="nl-NL", reduced_motion="reduce") as page:
        page.route("**/*", lambda route: _serve(route, shot))
        page.goto(_ADDRESS)
        for screen in Screen:
            width, is_dark = screen.value
            page.emulate_media(color_scheme="dark" if is_dark else "light")
            page.set_viewport_size({"width": width, "height": 600})
            yield screen, _compress(page.screenshot(full_page=True))


def _serve(route: Route, shot: Shot) -> None:
    if route.request.url != _ADDRESS:
        route.abort()
        return
    answer = shot.answer
    route.fulfill(status=answer.status, headers=dict(answer.headers), body=answer.body)


def _compress(png: bytes) -> bytes:
    """Keep the most frequent colours exactly; the others are the edges of letters."""
    file = io.BytesIO()
    with Image.open(io.BytesIO(png)) as opened:
        image = opened.convert("RGB")
    colours = sorted(image.getcolors(image.width * image.height) or [], reverse=True)[:_COLOURS]
    palette = Image.new("P", (1, 1))
    channels = [channel for _, colour in colours if isinstance(colour, tuple) for channel in colour]
    palette.putpalette(bytes(channels))
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
