"""Multipart bodies as browsers, programs and nobody write them; all of them made up here.

Each is a content type, a body, and what comes of it: the name that is stored, or the status of a refusal.
"""

TYPE = "multipart/form-data; boundary=grens"
NAME, MAIL, SCHOOL = ("naam", "Jan"), ("emailadres", "jan@berg.example"), ("schoolnaam", "Berg")


def part(
    name: str, value: str = "x", more: str = "", disposition: str = "form-data", boundary: str = "grens"
) -> str:
    return f'--{boundary}\r\nContent-Disposition: {disposition}; name="{name}"{more}\r\n\r\n{value}\r\n'


def form(*others: str, boundary: str = "grens", end: str = "--\r\n") -> str:
    ours = (part(name, value, boundary=boundary) for name, value in (NAME, MAIL, SCHOOL))
    return "".join(ours) + "".join(others) + f"--{boundary}{end}"


def bounded(header: str, boundary: str) -> tuple[str, str, str]:
    return f"multipart/form-data; boundary={header}", form(boundary=boundary), "Jan"


_BARE = "Content-Disposition: form-data"
_PLAIN = 'Content-Disposition: form-data; name="x"\r\n'
_EIGHT = "".join(f"X-{i}: a\r\n" for i in range(8))
_LATIN = part("x", "é", "\r\nContent-Type: text/plain; charset=iso-8859-1")

MULTIPARTS: dict[str, tuple[str, str, str | int]] = {
    # the boundary
    "plain": (TYPE, form(), "Jan"),
    "type in capitals": ("MULTIPART/Form-Data; BOUNDARY=grens", form(), "Jan"),
    "quoted": bounded('"grens"', "grens"),
    "quoted with signs": bounded('"a b?c:d/e=f"', "a b?c:d/e=f"),
    "of 70 signs": bounded("g" * 70, "g" * 70),
    "of 1000 signs": bounded("g" * 1000, "g" * 1000),
    "of 1100 signs": ("multipart/form-data; boundary=" + "g" * 1100, form(boundary="g" * 1100), 400),
    "beside other parameters": bounded('grens; charset="utf-8"', "grens"),
    "in another charset": (f"{TYPE}; charset=utf-16", form(), "Jan"),
    "missing": ("multipart/form-data", form(), "Jan"),
    "empty": ("multipart/form-data; boundary=", form(), "Jan"),
    "empty in quotes": ('multipart/form-data; boundary=""', form(), "Jan"),
    "another one": ("multipart/form-data; boundary=muur", form(), 400),
    "of the wrong case": ("multipart/form-data; boundary=Grens", form(), 400),
    "only the beginning of it": ("multipart/form-data; boundary=gren", form(), 400),
    "of letters beyond ascii": ("multipart/form-data; boundary=grëns", form(), 400),
    "padded with spaces": (TYPE, form().replace("--grens\r\n", "--grens  \r\n"), 400),
    "mixed, not a form": ("multipart/mixed; boundary=grens", form(), "Jan"),
    # lines
    "line feeds only": (TYPE, form().replace("\r\n", "\n"), 400),
    "returns only": (TYPE, form().replace("\r\n", "\r"), 400),
    "a preamble": (TYPE, "Hier begint het.\r\n" + form(), "Jan"),
    "an empty line before": (TYPE, "\r\n" + form(), "Jan"),
    "an epilogue": (TYPE, form() + "en nog iets", "Jan"),
    "no line after the end": (TYPE, form(end="--"), "Jan"),
    "two ends": (TYPE, form() + "--grens--\r\n", "Jan"),
    # cut off
    "empty body": (TYPE, "", 400),
    "only the end": (TYPE, "--grens--\r\n", 422),
    "no end": (TYPE, form(end="")[: -len("--grens")], 400),
    "half an end": (TYPE, form(end="-"), 400),
    "cut in a value": (TYPE, form()[:-20], 400),
    "cut in a header": (TYPE, "--grens\r\nContent-Dispo", 400),
    "cut after the headers": (TYPE, f"--grens\r\n{_PLAIN}", 400),
    "no empty line after the headers": (TYPE, f"--grens\r\n{_PLAIN}x\r\n--grens--\r\n", 400),
    # headers of a part
    "no disposition": (TYPE, form("--grens\r\nContent-Type: text/plain\r\n\r\nx\r\n"), 400),
    "no headers at all": (TYPE, form("--grens\r\n\r\nx\r\n"), 400),
    "no name": (TYPE, form(f"--grens\r\n{_BARE}\r\n\r\nx\r\n"), 400),
    "an empty name": (TYPE, form(part("")), "Jan"),
    "a name without quotes": (TYPE, form(f"--grens\r\n{_BARE}; name=x\r\n\r\nx\r\n"), "Jan"),
    "another disposition": (TYPE, form(part("x", disposition="attachment")), 400),
    "two dispositions": (TYPE, form(f"--grens\r\n{_PLAIN}{_PLAIN}\r\nx\r\n"), 400),
    "a header without a colon": (TYPE, form(f"--grens\r\n{_PLAIN}zomaar\r\n\r\nx\r\n"), 400),
    "a folded header": (TYPE, form(f"--grens\r\n{_BARE};\r\n name=x\r\n\r\nx\r\n"), 400),
    "a header of 4000 signs": (TYPE, form(f"--grens\r\n{_PLAIN}X: {'a' * 4000}\r\n\r\nx\r\n"), "Jan"),
    "a header of 5000 signs": (TYPE, form(f"--grens\r\n{_PLAIN}X: {'a' * 5000}\r\n\r\nx\r\n"), 400),
    "nine headers": (
        TYPE,
        form(f"--grens\r\n{_PLAIN}{_EIGHT}\r\nx\r\n"),
        400,
    ),
    "nul in a name": (TYPE, form(part("a\0b")), "Jan"),
    "markup in a name": (TYPE, form(part("<b>")), "Jan"),
    # fields
    "the same name twice": (TYPE, form(part("naam", "Piet")), 422),
    "sixty fields": (TYPE, form(*(part(f"a{i}") for i in range(57))), "Jan"),
    "sixty-one fields": (TYPE, form(*(part(f"a{i}") for i in range(58))), "Jan"),
    "no field of ours": (TYPE, part("x") + "--grens--\r\n", 422),
    # files and charsets
    "a file": (TYPE, form(part("cv", "inhoud", '; filename="cv.pdf"')), "Jan"),
    "a file without a name": (TYPE, form(part("cv", "inhoud", '; filename=""')), "Jan"),
    "an empty file": (TYPE, form(part("cv", "", '; filename="cv.pdf"')), "Jan"),
    "an unused file input": (TYPE, form(part("cv", "", '; filename=""')), "Jan"),
    "a file named otherwise": (TYPE, form(part("cv", "inhoud", "; filename*=UTF-8''cv.pdf")), "Jan"),
    "a part in another charset": (TYPE, form(_LATIN), "Jan"),
    "a part in utf-8": (TYPE, form(part("x", "é", "\r\nContent-Type: text/plain; charset=UTF-8")), "Jan"),
    "a part that is json": (TYPE, form(part("x", "{}", "\r\nContent-Type: application/json")), "Jan"),
    "an encoded part": (TYPE, form(part("x", "Sg==", "\r\nContent-Transfer-Encoding: base64")), "Jan"),
    "a part called binary": (TYPE, form(part("x", "x", "\r\nContent-Transfer-Encoding: binary")), "Jan"),
    # what looks like a boundary
    "nearly a boundary": (TYPE, form(part("x", "\r\n--gren\r\n-grens\r\n --grens")), "Jan"),
    "a boundary in a line": (TYPE, form(part("x", "zo --grens zo")), "Jan"),
    "a boundary with more": (TYPE, form(part("x", "zo\r\n--grenspaal")), 400),
    "a form in a part": (TYPE, form(part("x", form(boundary="muur"))), "Jan"),
    "a form in a part with the same boundary": (TYPE, form(part("x", form())), "Jan"),
    "many dashes": (TYPE, form(part("x", "\r\n--" * 5000)), "Jan"),
    "only line ends": (TYPE, form(part("x", "\r\n" * 10_000)), "Jan"),
}
