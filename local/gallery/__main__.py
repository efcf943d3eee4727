"""Write the gallery: `python -m local.gallery` makes docs/gallery anew from the season's scenes."""

import io
import shutil
import sys
from contextlib import redirect_stdout
from pathlib import Path

from local.gallery.camera import chromium, photograph
from local.gallery.index import index
from local.gallery.scene import Shot
from local.gallery.season import BASE_URL, season
from local.world import World

FOLDER = Path(__file__).parents[2] / "docs" / "gallery"


def main() -> None:
    """Play the season and photograph it; the folder is replaced as a whole."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        sys.exit("The gallery needs Chromium. On Debian and Ubuntu: apt install chromium")
    scenes = _played()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with chromium(path) as browser:
        for scene in scenes:
            for look, picture in photograph(browser, scene):
                (FOLDER / scene.file(look)).write_bytes(picture)
    (FOLDER / "README.md").write_text(index(scenes))
    size = sum(file.stat().st_size for file in FOLDER.iterdir())
    print(f"{len(scenes)} mails and pages in docs/gallery, {size / 1e6:.1f} MB")


def _played() -> list[Shot]:
    # The functions log as they do on AWS; nobody needs to read a season of that here.
    with redirect_stdout(io.StringIO()), World(base_url=BASE_URL) as world:
        return list(season(world))


if __name__ == "__main__":
    main()
