"""JSON as programs, attackers and broken tools write it; all of it made up here.

Each is a body and what comes of it: the name that is stored, or the status of a refusal.
"""

JAN = '"naam": "Jan", "emailadres": "jan@berg.example", "schoolnaam": "Berg"'


def jan(more: str = "") -> str:
    return "{" + JAN + (f", {more}" if more else "") + "}"


def colleagues(typed: str) -> str:
    return jan(f'"participants": {typed}')


JSONS: dict[str, tuple[str | bytes, str | int]] = {
    # the document
    "plain": (jan(), "Jan"),
    "white space around": (f" \t\r\n{jan()}\n\n", "Jan"),
    "empty": ("", 422),
    "only spaces": ("   ", 422),
    "a list": (f"[{jan()}]", "Jan"),
    "a text": ('"naam"', 400),
    "a number": ("7", 400),
    "null": ("null", 400),
    "true": ("true", 400),
    "an empty object": ("{}", 422),
    "a byte order mark": ("\ufeff" + jan(), "Jan"),
    "utf-16": (jan().encode("utf-16"), "Jan"),
    "utf-32": (jan().encode("utf-32-le"), 400),
    "latin-1": (jan('"x": "é"').encode("latin-1"), "Jan"),
    "overlong utf-8": (jan('"x": "Q"').encode().replace(b"Q", b"\xc0\xaf"), "Jan"),
    "a surrogate in utf-8": (jan('"x": "Q"').encode().replace(b"Q", b"\xed\xa0\x80"), "Jan"),
    "cut off in a key": ('{"naam', 400),
    "cut off in a value": ('{"naam": "Jan', 400),
    "cut off in an escape": ('{"naam": "Jan\\u00', 400),
    "cut off after a comma": ("{" + JAN + ",", 400),
    "not closed": ("{" + JAN, 400),
    "closed twice": (jan() + "}", 400),
    "two documents": (jan() + jan(), 400),
    "two lines of documents": (f"{jan()}\n{jan()}", 400),
    "something behind it": (jan() + " klaar", 400),
    "nul behind it": (jan() + "\0", 400),
    "a comment": ("{/* ons */" + JAN + "}", 400),
    "a comma too many": ("{" + JAN + ",}", 400),
    "a comma too few": (jan().replace(", ", " ", 1), 400),
    "single quotes": (jan().replace('"', "'"), 400),
    "keys without quotes": ('{naam: "Jan"}', 400),
    "called by a function": (f"klaar({jan()})", 400),
    "behind a guard": (f")]}}',\n{jan()}", 400),
    # numbers
    "not a number": (jan('"x": NaN'), 400),
    "infinity": (jan('"x": -Infinity'), 400),
    "1e400": (jan('"x": 1e400'), 400),
    "-1e400": (jan('"x": -1e400'), 400),
    "1e-400": (jan('"x": 1e-400'), "Jan"),
    "a zero before": (jan('"x": 007'), 400),
    "a plus before": (jan('"x": +7'), 400),
    "hexadecimal": (jan('"x": 0x7'), 400),
    "a point too early": (jan('"x": .7'), 400),
    "ten thousand digits": (jan('"x": ' + "7" * 10_000), "Jan"),
    "ten thousand decimals": (jan('"x": 0.' + "7" * 10_000), "Jan"),
    "arabic digits": (jan('"x": ١'), 400),
    "a number for a name": (jan().replace('"Jan"', "7"), "7"),
    "a truth for a name": (jan().replace('"Jan"', "true"), 422),
    "a list for a name": (jan().replace('"Jan"', '["Jan"]'), "Jan"),
    "an object for an address": (jan().replace('"jan@berg.example"', '{"a": "b"}'), 422),
    "null for a name": (jan().replace('"Jan"', "null"), 422),
    "null for what may be left out": (jan('"functie": null, "participants": null'), "Jan"),
    # keys
    "a key twice": (jan('"naam": "Piet"'), "Jan; Piet"),
    "a key twice in an escape": (jan('"n\\u0061am": "Piet"'), "Jan; Piet"),
    "two names of ours": (jan('"name": "Piet"'), "Piet"),
    "an empty key": (jan('"": "x"'), "Jan"),
    "a key of control signs": (jan('"a\\u0000\\r\\n\\u202eb": "x"'), "Jan"),
    "a key of 60,000 signs": (jan(f'"{"k" * 60_000}": "x"'), "Jan"),
    "a key with a raw line end": (jan('"a\nb": "x"'), "Jan"),
    "a prototype": (jan('"__proto__": {"state": "admitted"}, "constructor": {"prototype": {}}'), "Jan"),
    "what only we set": (jan('"state": "admitted", "reference": "PLG-1", "pk": "x", "v": 99'), "Jan"),
    "a thousand keys": (jan(", ".join(f'"k{i}": {i}' for i in range(1000))), 413),
    # texts
    "half a surrogate": (jan('"x": "\\ud83d"'), 400),
    "the other half": (jan('"x": "\\ude42"'), 400),
    "halves in the wrong order": (jan('"x": "\\ude42\\ud83d"'), 400),
    "half a surrogate in a key": (jan('"\\ud83d": "x"'), 400),
    "a whole surrogate pair": (jan('"x": "\\ud83d\\ude42"'), "Jan"),
    "nul in an escape": (jan('"x": "a\\u0000b"'), "Jan"),
    "a raw tab": (jan('"x": "a\tb"'), "Jan"),
    "an unknown escape": (jan('"x": "\\q"'), 400),
    "an escape of bytes": (jan('"x": "\\x41"'), 400),
    "json in json": (jan('"x": "{\\"naam\\": \\"Piet\\"}"'), "Jan"),
    "a name of 121 signs": (jan().replace("Jan", "J" * 121), 422),
    # depth
    "eight deep": (jan('"x": ' + "[" * 7 + "]" * 7), "Jan"),
    "nine deep": (jan('"x": ' + "[" * 8 + "]" * 8), "Jan"),
    "thirty thousand deep": (jan('"x": ' + "[" * 30_000 + "]" * 30_000), 400),
    "objects ten thousand deep": ('{"a":' * 10_000, 400),
    "closed before it is open": ("]" * 30_000, 400),
    # participants
    "no colleagues": (colleagues("[]"), "Jan"),
    "a colleague": (colleagues('[{"name": "Ann", "email": "ann@berg.example"}]'), "Jan"),
    "ten colleagues": (
        colleagues(
            "[" + ", ".join(f'{{"name": "Ann", "email": "ann{i}@berg.example"}}' for i in range(10)) + "]"
        ),
        "Jan",
    ),
    "eleven colleagues": (
        colleagues(
            "[" + ", ".join(f'{{"name": "Ann", "email": "ann{i}@berg.example"}}' for i in range(11)) + "]"
        ),
        422,
    ),
    "an empty colleague": (colleagues("[{}]"), "Jan"),
    "a colleague of nothing": (colleagues("[null]"), "Jan"),
    "a colleague who is a text": (colleagues('["Ann"]'), "Jan"),
    "a colleague who is a number": (colleagues("[7]"), "Jan"),
    "a colleague who is a list": (colleagues('[["Ann"]]'), "Jan"),
    "colleagues who are a text": (colleagues('"Ann"'), "Jan"),
    "colleagues who are an object": (colleagues('{"name": "Ann"}'), "Jan"),
    "colleagues who are a number": (colleagues("7"), "Jan"),
    "colleagues who are false": (colleagues("false"), "Jan"),
    "a colleague with a list for a name": (
        colleagues('[{"name": ["Ann"], "email": "ann@berg.example"}]'),
        "Jan",
    ),
    "a colleague without an address": (colleagues('[{"name": "Ann"}]'), "Jan"),
    "a colleague with a key twice": (colleagues('[{"name": "Ann", "name": "Piet"}]'), "Jan"),
    "a colleague with colleagues": (
        colleagues('[{"name": "Ann", "email": "ann@berg.example", "participants": [{"name": "Piet"}]}]'),
        "Jan",
    ),
    "a thousand colleagues": (colleagues("[" + ", ".join(["{}"] * 999 + ["7"]) + "]"), "Jan"),
}
