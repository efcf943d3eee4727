"""The lines of `[form.fields]` that settle what is unknown in a post, for an operator to paste."""

import json
import re
from collections.abc import Iterator, Sequence

from shared.domain.form.answers import Answer, path_of
from shared.domain.form.candidates import Use, row_of
from shared.domain.form.names import compared
from shared.domain.form.reading import FormReading

_ADDRESS = re.compile(r"[^\s@]++@(?=[^\s@]+\.[^\s@])[^\s@]++")


def map_lines(reading: FormReading, lacking: Sequence[str] = ()) -> tuple[str, ...]:
    """Return one line of TOML for each unknown name: valid as it stands, with the other choices beside it.

    Nothing is guessed, except that an address in a post without one is its e-mail address.
    """
    lines: dict[str, str] = {}
    needs_address = "email" in lacking
    for each in reading.of_use(Use.UNKNOWN, Use.TIE):
        name = _mapped_name(each.answer)
        if not name or compared(name) in lines:
            continue
        is_address = needs_address and bool(_ADDRESS.fullmatch(each.answer.text))
        needs_address = needs_address and not is_address
        if is_address:
            lines[compared(name)] = f'{toml_string(name)} = "email"'
            continue
        others = [each.field] if each.use is Use.TIE else [field for field in lacking if field != "email"]
        lines[compared(name)] = f'{toml_string(name)} = "ignore"{_comment(others, each.use)}'
    return tuple(lines.values())


def toml_string(text: str) -> str:
    """Return a text as a basic string of TOML, which has JSON's escapes; no sign in it steers a terminal."""
    return re.sub(r"[\x7f-\x9f]", lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))


def _mapped_name(answer: Answer) -> str:
    """Return under which name an answer can be mapped: in rows, the one that it has in every row.

    It is the whole path, or the longest end of it that can be written as one name.
    """
    path = answer.paths[0]
    row = row_of(path)
    rest = path[len(row) :] if row else path
    if row and rest[-1].isdigit():
        return ""  # a cell of a row without names
    ends = (rest[first:] for first in range(len(rest)))
    return next((".".join(end) for end in ends if compared(path_of(".".join(end))) == compared(end)), "")


def _comment(fields: Sequence[str], use: Use) -> str:
    if not fields:
        return ""
    names = " or ".join(_quoted(fields))
    return f" # or {names}" + (", where another answer fits as well" if use is Use.TIE else "")


def _quoted(fields: Sequence[str]) -> Iterator[str]:
    return (f'"{field}"' for field in fields)
