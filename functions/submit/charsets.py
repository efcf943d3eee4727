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
