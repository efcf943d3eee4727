"""`python -m local.gallery` takes the pictures: all of them in build/gallery, the best in docs/gallery."""

import io
import shutil
import sys
from contextlib import redirect_stdout
from pathlib import Path

from local.gallery.camera import chromium, photograph
from local.gallery.index import KEPT, KEPT_HEAD, WHOLE_HEAD, index
from local.gallery.season import BASE_URL, season
from local.gallery.shot import Shot
from local.world import World

ROOT = Path(__file__).parents[2]
DOCS, WHOLE = ROOT / "docs" / "gallery", ROOT / "build" / "gallery"


def main() -> None:
    """Play the season, take the pictures, and replace both folders."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        sys.exit("The gallery needs Chromium. On Debian and Ubuntu: apt install chromium")
    shots = _play_season()
    with chromium(path) as browser:
        pictures = {shot.file(screen): png for shot in shots for screen, png in photograph(browser, shot)}
    _write_gallery(WHOLE, WHOLE_HEAD, shots, pictures)
    _write_gallery(DOCS, KEPT_HEAD, shots, {file: pictures[file] for file in KEPT})
    size = sum(map(len, pictures.values())) / 1e6
    print(f"{len(shots)} mails and pages in build/gallery, {size:.1f} MB; {len(KEPT)} in docs/gallery")


def _write_gallery(folder: Path, head: str, shots: list[Shot], pictures: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file, png in pictures.items():
        (folder / file).write_bytes(png)
    (folder / "README.md").write_text(index(head, shots, pictures))


def _play_season() -> list[Shot]:
    # The log of the functions would fill the screen.
    with redirect_stdout(io.StringIO()), World(base_url=BASE_URL) as world:
        return list(season(world))


if __name__ == "__main__":
    main()
