"""The texts of mails and pages as paragraphs, in which a sentence stands on one line."""

import html
import re
from collections.abc import Iterator

from local.mailbox import Sent

_FOOT = "-" * 76
_RULE = re.compile(r"[=-]+")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs, headings and list items of a plain text, without its foot and its links."""
    body = text.partition(f"\n{_FOOT}\n")[0]
    lines: list[str] = []
    for line in body.splitlines():
        is_new = line.startswith("- ") or not lines or not lines[-1]
        if _RULE.fullmatch(line) or not line or line.startswith("http"):
            lines.append("")
        elif is_new:
            lines.append(line.removeprefix("- "))
        else:
            lines[-1] += f" {line.strip()}"
    return [line for line in lines if line]


def mailed(mail: Sent) -> list[str]:
    """Return what a mail says: its subject, what a mailbox shows beside it, and its text."""
    _, *text = paragraphs(mail.body("Text"))
    subject = mail.subject.rpartition(": ")[0]  # behind it stands of which network it is
    shown = re.search(r'<div style="display:none;[^"]*">(.*?)(?:&#847;|</div>)', mail.body("Html"), re.DOTALL)
    preheader = html.unescape(" ".join(shown[1].split())) if shown else ""
    return [subject, preheader, *text]


def letters(text: list[str], names: list[str]) -> Iterator[list[str]]:
    """Yield the letters that stand in one mail, each under the name of its person, without the rest."""
    starts: list[int] = []
    for name in names:
        following = range(starts[-1] + 1 if starts else 0, len(text))
        starts.append(next((n for n in following if text[n].casefold() == name.casefold()), len(text)))
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[start + 1 : end]


_TALLY = re.compile(r"(\d+ van \d+|\d+ mensen) {2,}(\S.*)")
_TILE = re.compile(r" *(\S+)  (\S.*)")


def listed(text: str) -> Iterator[str]:
    """Yield the lines of a report, each behind its heading and a bar; what is listed below a line has >>."""
    lines = text.partition(f"\n{_FOOT}\n")[0].splitlines()
    heading, line = "", ""
    for this, below in zip(lines, [*lines[1:], ""], strict=True):
        depth = len(this) - len(this.lstrip())
        words = this.strip()
        if words and _RULE.fullmatch(below) and len(below) == min(len(this), len(_FOOT)):
            yield from filter(None, [line])
            yield words
            heading, line = ("" if below.startswith("=") else words), ""
        elif not words or _RULE.fullmatch(this) or words.startswith(("http", "mailto")):
            yield from filter(None, [line])
            line = ""
        elif _begins(this, depth, line):
            yield from filter(None, [line])
            below_it = ">> " if depth in (4, 10) and not _TILE.fullmatch(this) else ""
            line = f"{heading} | {below_it}{' '.join(words.removeprefix('- ').split())}"
        else:
            line += f" {words}"
    yield from filter(None, [line])


def _begins(this: str, depth: int, line: str) -> bool:
    is_item = this.startswith("- ") or depth in (4, 10)
    return not line or is_item or bool(_TALLY.fullmatch(this) or _TILE.fullmatch(this))


_BLOCK = re.compile(r"</(?:p|h[1-6]|li|tr|summary|div|section|ul)>|<br>")
_SILENT = re.compile(
    r"<(form|style|svg|dl|nav)\b.*?</\1>", re.DOTALL
)  # what is filled in, drawn, or only repeated
_LINK = re.compile(r'<a\b[^>]*?href="[^"]*?([A-Z]+-[0-9A-Z]{8})[^"]*"[^>]*>')


def paragraphs_of_page(page: str) -> list[str]:
    """Return what stands on a page, block by block, without its forms."""
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    lines = _BLOCK.sub("\n", " ".join(_SILENT.sub(" ", main).split())).splitlines()
    return [words for line in lines if (words := _words(line)) and "://" not in words]


def sections_of_page(page: str) -> Iterator[str]:
    """Yield what stands on a page behind its heading and a bar; a link to somebody's reference shows it."""
    heading = ""
    for line in paragraphs_of_page(_LINK.sub(r"<h2>\1 ", page).replace("<h2>", "<h2>\x00")):
        if line.startswith("\x00") and not re.match(r"\x00[A-Z]+-[0-9A-Z]{8} ", line):
            heading = line[1:]
        else:
            yield f"{heading} | {line.strip(chr(0))}"


def _words(line: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", line)).split())
