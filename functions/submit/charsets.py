"""The charsets in which old sites of this part of the world write forms, as browsers name them."""

import re

# WHATWG, Encoding, 4.2: to a browser iso-8859-1 is windows-1252, and iso-8859-9 windows-1254.
_CODECS = {
    "cp1252": ("windows1252", "cp1252", "xcp1252", "iso88591", "latin1", "l1", "ascii", "usascii"),
    "iso8859_15": ("iso885915", "latin9", "l9"),
    "cp1254": ("windows1254", "cp1254", "xcp1254", "iso88599", "latin5", "l5"),
    "cp1250": ("windows1250", "cp1250", "xcp1250"),
    "iso8859_2": ("iso88592", "latin2", "l2"),
    "mac_roman": ("macintosh", "macroman", "xmacroman"),
}
_CODEC_OF = {name: codec for codec, names in _CODECS.items() for name in names}


def codec_of(charset: str) -> str:
    """Return Python's name of a charset; UTF-8 for one that is not known here."""
    return _CODEC_OF.get(re.sub(r"[^a-z0-9]", "", charset.lower()), "utf-8")


def text_of(raw: bytes, charset: str = "utf-8") -> str:
    """Decode text; what is no UTF-8 is windows-1252, as old sites write it."""
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def charset_of(content_type: bytes, typed: re.Match[bytes] | None) -> str:
    """Return the charset that a type declares, or a browser wrote in `_charset_` (RFC 7578, 4.6)."""
    declared = typed or re.search(rb"charset=\"?([\w-]+)", content_type, re.IGNORECASE)
    return codec_of(declared[1].decode("ascii", "replace")) if declared else "utf-8"
