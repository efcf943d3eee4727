"""A curl command, as a terminal's history or a browser's "Copy as cURL" has it, read as a post."""

import re
import shlex
from collections.abc import Iterator, Sequence
from urllib.parse import quote_plus

from cli.pasted_post import FORM, JSON, PastedPost, UnusablePasteError

_BOUNDARY = "tweetal-form-try"
_DATA = frozenset(
    {"-d", "--data", "--data-ascii", "--data-binary", "--data-raw", "--data-urlencode", "--json"}
)
_PARTS = frozenset({"-F", "--form", "--form-string"})
_TAKES = _DATA | _PARTS | {"-H", "--header", "-A", "--user-agent", "-X", "--request", "--url"}
# curl's other options that take a value; all the rest stand alone.
_SKIPPED = frozenset({"-b", "-c", "-e", "-m", "-o", "-u", "-x", "-w", "-E"}) | {
    f"--{name}"
    for name in (
        "cookie",
        "cookie-jar",
        "referer",
        "max-time",
        "output",
        "user",
        "proxy",
        "write-out",
        "connect-timeout",
        "retry",
        "resolve",
        "cacert",
        "cert",
        "key",
    )
}
_QUOTED = re.compile(r"\$'((?:[^'\\]|\\.)*)'|'[^']*'|\"(?:[^\"\\]|\\.)*\"|\\\r?\n", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|x([0-9a-fA-F]{1,2})|(.))", re.DOTALL)
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}


def read_curl(command: str) -> PastedPost:
    """Return the post that a command sends; raise `UnusablePasteError` if it sends none."""
    try:
        words = shlex.split(_QUOTED.sub(_as_posix, command))[1:]
    except ValueError as error:
        raise UnusablePasteError(
            "A quote in this curl command is not closed. In a browser, choose “Copy as cURL (bash)”."
        ) from error
    curl = _Curl()
    curl.read(words)
    return curl.post()


def _as_posix(match: re.Match[str]) -> str:
    """Write what only bash knows, `$'…'` and lines that go on, as every shell does."""
    text = match[0]
    if text.startswith("$'"):
        return shlex.quote(_ESCAPE.sub(_unescaped, match[1]))
    return " " if text.startswith("\\") else text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _CONTROL.get(match[4], match[4])
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "�"


class _Curl:
    """What the options of a curl command say of the post."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {"accept": "*/*", "user-agent": "curl"}
        self.data: list[str] = []
        self.parts: list[str] = []
        self.url = ""
        self.is_get = False

    def read(self, words: Sequence[str]) -> None:
        """Read the words of a command, without its own name."""
        rest = iter(words)
        for word in rest:
            for option, value in _options(word):
                if not option:
                    self.url = value
                elif option in _TAKES:
                    self._take(option, value or next(rest, ""))
                elif option in _SKIPPED and not value:
                    next(rest, "")
                elif option in ("-G", "--get"):
                    self.is_get = True

    def _take(self, option: str, value: str) -> None:
        if option in ("-H", "--header"):
            name, _, text = value.partition(":")
            self.headers[name.strip().lower()] = text.strip()
        elif option in ("-A", "--user-agent"):
            self.headers["user-agent"] = value
        elif option in _PARTS:
            self.parts.append(_part(value, is_text=option == "--form-string"))
        elif option in ("-X", "--request"):
            self.is_get = value.upper() not in ("POST", "PUT", "PATCH")
        elif option == "--url":
            self.url = value
        else:
            self._add(option, value)

    def _add(self, option: str, value: str) -> None:
        if option != "--data-raw" and value.startswith("@"):
            raise UnusablePasteError(
                "This curl command reads a file. Put the text of the file in the command."
            )
        self.data.append(_encoded(value) if option == "--data-urlencode" else value)
        if option == "--json":
            self.headers |= {"content-type": JSON, "accept": JSON}

    def post(self) -> PastedPost:
        """Return the post; raise `UnusablePasteError` for a command that sends none."""
        if self.is_get or not (self.data or self.parts):
            raise UnusablePasteError("This curl command posts nothing.")
        if self.parts:
            body = "".join((*self.parts, f"--{_BOUNDARY}--\r\n"))
            kind = {"content-type": f"multipart/form-data; boundary={_BOUNDARY}"}
            return PastedPost(body.encode(errors="replace"), {**self.headers, **kind}, self.url)
        return PastedPost(
            "&".join(self.data).encode(errors="replace"), {"content-type": FORM, **self.headers}, self.url
        )


def _options(word: str) -> Iterator[tuple[str, str]]:
    """Yield the options in a word, each with the value that is written to it: "-sXPOST" has two.

    An address is a value without an option.
    """
    if word.startswith("--") or not word.startswith("-"):
        yield (word, "") if word.startswith("--") else ("", word)
        return
    for at, letter in enumerate(word[1:], 2):
        takes_value = f"-{letter}" in _TAKES | _SKIPPED
        yield f"-{letter}", word[at:] if takes_value else ""
        if takes_value:
            return


def _encoded(value: str) -> str:
    name, sign, text = value.partition("=")
    if not sign:
        return quote_plus(value)
    return f"{name}={quote_plus(text)}" if name else quote_plus(text)


def _part(value: str, is_text: bool) -> str:
    name, _, text = value.partition("=")
    if not is_text and text.startswith("<"):
        raise UnusablePasteError("This curl command reads a file. Put the text of the file in the command.")
    is_file = not is_text and text.startswith("@")
    shown = f'{name}"; filename="{text[1:].partition(";")[0]}' if is_file else name
    content = "" if is_file else text if is_text else re.sub(r";type=[^;]*$", "", text)
    disposition = f'Content-Disposition: form-data; name="{shown}"'
    return f"--{_BOUNDARY}\r\n{disposition}\r\n\r\n{content}\r\n"
