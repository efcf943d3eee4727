"""Urlencoded bodies as browsers, programs and nobody write them; all of them made up here.

Each is a body and what comes of it: the name that is stored, or the status of a refusal.
"""

MAIL = "emailadres=jan%40berg.example&schoolnaam=Berg"
JAN = f"naam=Jan&{MAIL}"
ANN = "&collega_naam=Ann&collega_email=ann%40berg.example"

URLENCODED: dict[str, tuple[str | bytes, str | int]] = {
    "plain": (JAN, "Jan"),
    "spaces as plus": (f"naam=Jan+van+Dijk&{MAIL}", "Jan van Dijk"),
    "spaces as escapes": (f"naam=Jan%20van%20Dijk&{MAIL}", "Jan van Dijk"),
    "a plus": (f"naam=Jan%2BPiet&{MAIL}", "Jan+Piet"),
    "escapes in small letters": (f"naam=Jos%c3%a9&{MAIL}", "José"),
    "raw utf-8": (f"naam=José&{MAIL}", "José"),
    "decomposed": (f"naam=Jose%CC%81&{MAIL}", "José"),
    "escapes twice": (f"naam=Jan%2541&{MAIL}", "Jan%41"),
    "what the page's charset lacks": (f"naam=Jan+%26%23233%3B&{MAIL}", "Jan é"),
    "a broken escape": (f"naam=Jan%&{MAIL}", "Jan%"),
    "an escape of no number": (f"naam=Jan%zz&{MAIL}", "Jan%zz"),
    "an escape of microsoft's": (f"naam=Jan%u00e9&{MAIL}", "Jan%u00e9"),
    "semicolons do not separate": (f"naam=Jan;x=y&{MAIL}", "Jan;x=y"),
    "ampersands too many": (f"&&naam=Jan&&&{MAIL}&", "Jan"),
    "an escaped ampersand": (f"naam=Jan%26x%3Dy&{MAIL}", "Jan&x=y"),
    "an equals sign in a value": (f"naam=a=b=c&{MAIL}", "a=b=c"),
    "no equals sign": (f"los&{JAN}", "Jan"),
    "an empty name": (f"=x&{JAN}", "Jan"),
    "nothing": ("", 422),
    "only signs": ("&=&=&", 422),
    "a line end": (f"naam=Jan%0D%0ABcc:x&{MAIL}", "Jan Bcc:x"),
    "raw line ends": (f"naam=Jan\r\n&{MAIL}", "Jan"),
    "nul": (f"naam=J%00an&{MAIL}", "Jan"),
    "a byte order mark": (f"\ufeff{JAN}", "Jan"),
    "latin-1 escapes": (f"naam=Jos%E9&{MAIL}", "José"),
    "latin-1 bytes": (f"naam=José&{MAIL}".encode("latin-1"), "José"),
    "utf-16": (JAN.encode("utf-16"), "Jan"),
    "overlong utf-8": (f"naam=%C0%AF&{MAIL}", "À¯"),
    "a surrogate": (f"naam=%ED%A0%80&{MAIL}", "í €"),
    "windows-1252 that says so": (f"naam=Jos%E9+%80&{MAIL}&_charset_=windows-1252", "José €"),
    "latin-1 that says so": (f"_charset_=iso-8859-1&naam=Jos%E9&{MAIL}", "José"),
    "windows-1251 that says so": (f"naam=%C6&{MAIL}&_charset_=windows-1251", "Æ"),
    "utf-7 that says so": (f"naam=%2BAOk-&{MAIL}&_charset_=utf-7", "+AOk-"),
    "a charset without a value": (f"{JAN}&_charset_=", "Jan"),
    "a charset in quotes": (f"naam=Jos%E9&{MAIL}&_charset_=%22windows-1252%22", "José"),
    "a byte that windows-1252 lacks": (f"naam=%81&{MAIL}&_charset_=windows-1252", "\ufffd"),
    "sixty fields": ("&".join([JAN, *(f"a{i}=x" for i in range(57))]), "Jan"),
    "sixty-one fields": ("&".join([JAN, *(f"a{i}=x" for i in range(58))]), "Jan"),
    "ten thousand ampersands": ("&" * 10_000 + JAN, 400),
    "a field twice": (f"naam=Jan&naam=Piet&{MAIL}", 422),
    "a field twice, first empty": (f"naam=&naam=Piet&{MAIL}", "Piet"),
    "a field as php writes lists": (f"naam[]=Jan&{MAIL}", "Jan"),
    "colleagues in rows": (
        f"{JAN}{ANN}{ANN.replace('nn', 'da')}",
        "Jan",
    ),
    "a colleague without an address": (f"{JAN}&collega_naam=Ann", "Jan"),
    "participants as a text": (f"{JAN}&participants=%5B%7B%7D%5D", "Jan"),
    "what only we set": (f"{JAN}&state=admitted&late=false&pk=x&sk=y&reference=PLG-1", "Jan"),
    "capitals": ("NAAM=Jan&E-Mail_Adres=jan%40berg.example&School+Naam=Berg", "Jan"),
    "json under the wrong name": ('{"naam": "Jan"}', 422),
    "a value of 60,000 signs": (f"{JAN}&x=" + "x" * 60_000, "Jan"),
    "remarks of 3,000 signs": (f"{JAN}&opmerkingen=" + "x" * 3_000, "Jan"),
}
