"""The page of a gallery: its pictures of mails and of pages, under their captions."""

from collections.abc import Container, Iterator, Sequence

from local.gallery.shot import Screen, Shot

_WIDTHS = {Screen.PHONE: 180, Screen.DARK: 180, Screen.DESKTOP: 400}

# The pictures in the repository, in docs/gallery: README.md and docs/handleiding.md show them.
KEPT = frozenset(
    {
        "mail-confirmation-short-phone.png",
        "mail-reminder-phone.png",
        "mail-admitted-dark.png",
        "mail-report-open-desktop.png",
        "page-form-phone.png",
        "page-own-admitted-phone.png",
        "page-code-phone.png",
        "page-overview-phone.png",
        "page-overview-desktop.png",
        "page-school-phone.png",
        "page-search-phone.png",
        "page-order-phone.png",
        "page-decisions-phone.png",
        "page-settings-change-phone.png",
    }
)
KEPT_HEAD = """# Gallery

Fourteen mails and pages, of invented people in the season of 2023. Click a picture for its full size.

`make gallery` takes these pictures, and puts a picture of every mail and every page in `build/gallery/`: on a
phone, on a phone in dark mode, and on a desktop. The font is Roboto, as on an Android phone, if the machine
has it (Debian: `fonts-roboto-unhinted`).
"""
WHOLE_HEAD = """# Gallery

Every mail and every page, of invented people in the season of 2023: on a phone, on a phone in dark mode, and
on a desktop. Click a picture for its full size.
"""


def index(head: str, shots: Sequence[Shot], files: Container[str]) -> str:
    """Return the page, in Markdown, that shows those pictures of these shots that are in `files`."""
    mails = [shot for shot in shots if shot.kind]
    pages = [shot for shot in shots if not shot.kind]
    return "\n".join([head, "## Mails\n", *_sections(mails, files), "## Pages\n", *_sections(pages, files)])


def _sections(shots: Sequence[Shot], files: Container[str]) -> Iterator[str]:
    for shot in shots:
        if pictures := [_picture(shot, screen) for screen in Screen if shot.file(screen) in files]:
            yield f"### {shot.caption}\n"
            yield " ".join(pictures) + "\n"


def _picture(shot: Shot, screen: Screen) -> str:
    file = shot.file(screen)
    alt = f"{shot.caption}, {screen.name.lower()}"
    return f'<a href="{file}"><img src="{file}" alt="{alt}" width="{_WIDTHS[screen]}" align="top"></a>'
