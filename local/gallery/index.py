"""The gallery's own page: every mail and page on a phone, in the dark and on a desktop."""

from collections.abc import Iterable, Sequence

from local.gallery.scene import Look, Shot

_WIDTHS = {Look.PHONE: 180, Look.DARK: 180, Look.DESKTOP: 400}
_HEAD = """# Gallery

Every mail and every page, of invented people in the season of 2023: on a phone, on a phone in the dark,
and on a desktop. Click a picture for its full size. `make gallery` makes this folder anew; nothing is by
hand. The letters are Roboto, as on an Android phone, where the machine has them (Debian:
`fonts-roboto-unhinted`).
"""


def index(scenes: Sequence[Shot]) -> str:
    """Write the page that shows the pictures of these scenes."""
    mails = [scene for scene in scenes if scene.kind]
    pages = [scene for scene in scenes if not scene.kind]
    return "\n".join([_HEAD, "## Mails\n", *_shown(mails), "## Pages\n", *_shown(pages)])


def _shown(scenes: Iterable[Shot]) -> Iterable[str]:
    for scene in scenes:
        yield f"### {scene.caption}\n"
        yield " ".join(_picture(scene, look) for look in Look) + "\n"


def _picture(scene: Shot, look: Look) -> str:
    file = scene.file(look)
    alt = f"{scene.caption}, {look.name.lower()}"
    return f'<a href="{file}"><img src="{file}" alt="{alt}" width="{_WIDTHS[look]}" align="top"></a>'
