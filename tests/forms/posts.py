"""Posts as real clients send them: what each form is made with, who is in it, what its client expects."""
# ruff: noqa: E501 a post reads better on one line

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

SANNE = ("Sanne Visser", "sanne@dalcollege.example")
OMAR = ("Omar el Idrissi", "omar@dalcollege.example")
LIEKE = ("Lieke Vos", "lieke@dalcollege.example")
SCHOOL = "Dalcollege"
SITE = "https://www.voortgezetleren.nl"

BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Origin": SITE,
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Dest": "document",
}
SCRIPT = {**BROWSER, "Accept": "*/*", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
SERVER = {"User-Agent": "WordPress/6.7; https://leernetwerken.example", "Accept": "*/*"}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
_BOUNDARY = "----FormBoundary7d"


@dataclass(frozen=True)
class FormPost:
    """One post: its bytes and headers, the map that its operator gives, and what is right."""

    id: str
    made_with: str
    headers: Mapping[str, str]
    content_type: str
    body: bytes
    people: Sequence[tuple[str, str]] = (SANNE,)
    fields: Mapping[str, str] = field(default_factory=dict)
    success: tuple[int, ...] = (200, 201, 202, 204)
    method: str = "POST"
    query: str = ""
    outcome: str = "registered"  # or kept, ping, form, put aside


def _urlencoded(id_: str, made_with: str, pairs: Sequence[tuple[str, str]], /, **more: Any) -> FormPost:
    headers = more.pop("headers", BROWSER)
    success = more.pop("success", (303,) if headers is BROWSER else (200,))
    return FormPost(id_, made_with, headers, FORM, urlencode(pairs).encode(), success=success, **more)


def _json(id_: str, made_with: str, document: object, /, **more: Any) -> FormPost:
    headers = more.pop("headers", SERVER)
    return FormPost(id_, made_with, headers, more.pop("type", JSON), json.dumps(document).encode(), **more)


def _multipart(id_: str, made_with: str, parts: Sequence[tuple[str, str, str]], /, **more: Any) -> FormPost:
    lines = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n{text}\r\n'
        for name, file, text in parts
    ]
    body = "".join((*lines, f"--{_BOUNDARY}--\r\n")).encode()
    headers = more.pop("headers", BROWSER)
    success = more.pop("success", (303,) if headers is BROWSER else (200,))
    return FormPost(
        id_, made_with, headers, f"multipart/form-data; boundary={_BOUNDARY}", body, success=success, **more
    )


_NAME, _EMAIL = SANNE
_PLAIN = [("naam", _NAME), ("e-mail", _EMAIL), ("school", SCHOOL), ("functie", "docent")]
_PARTS = [(name, "", text) for name, text in _PLAIN]
_OTHER = [("naam collega", OMAR[0]), ("e-mailadres collega", OMAR[1])]
_BOTH = (SANNE, OMAR)
_ELEMENTOR = [
    ("Datum", "20 maart 2023"), ("Tijd", "09:00"), ("Pagina URL", f"{SITE}/aanmelden"),
    ("User agent", "Mozilla/5.0"), ("Extern IP", "203.0.113.9"), ("form_id", "4f2a"), ("form_name", "Aanmelden"),
]  # fmt: skip


def _elementor_advanced() -> list[tuple[str, str]]:
    fields = {
        "name": ("Naam", _NAME), "email": ("E-mailadres", _EMAIL), "veld_3": ("Naam van je school", SCHOOL),
        "collega": ("Naam collega", OMAR[0]), "email_collega": ("E-mailadres collega", OMAR[1]),
    }  # fmt: skip
    pairs = [("form[id]", "4f2a"), ("form[name]", "Aanmelden")]
    for key, (title, value) in fields.items():
        about = {
            "id": key,
            "type": "text",
            "title": title,
            "value": value,
            "raw_value": value,
            "required": "1",
        }
        pairs += [(f"fields[{key}][{part}]", text) for part, text in about.items()]
    return pairs


def _typeform() -> dict[str, Any]:
    asked = {
        "q1": ("Wat is je naam?", "short_text"), "q2": ("Op welk e-mailadres kunnen we je bereiken?", "email"),
        "q3": ("Op welke school werk je?", "short_text"), "q4": ("Functie", "dropdown"),
    }  # fmt: skip
    values: dict[str, dict[str, object]] = {
        "q1": {"type": "text", "text": _NAME}, "q2": {"type": "email", "email": _EMAIL},
        "q3": {"type": "text", "text": SCHOOL}, "q4": {"type": "choice", "choice": {"label": "docent"}},
    }  # fmt: skip
    definition = [
        {"id": key, "title": title, "type": kind, "ref": f"r-{key}"} for key, (title, kind) in asked.items()
    ]
    answers = [
        {**value, "field": {"id": key, "type": asked[key][1], "ref": f"r-{key}"}}
        for key, value in values.items()
    ]
    response = {
        "form_id": "aB3", "token": "t0k3n", "submitted_at": "2023-03-20T08:00:00Z",
        "definition": {"id": "aB3", "title": "Aanmelden", "fields": definition}, "answers": answers,
    }  # fmt: skip
    return {"event_id": "e1", "event_type": "form_response", "form_response": response}


def _tally() -> dict[str, Any]:
    fields = [
        {"key": "question_a", "label": "Je naam", "type": "INPUT_TEXT", "value": _NAME},
        {"key": "question_b", "label": "E-mailadres", "type": "INPUT_EMAIL", "value": _EMAIL},
        {"key": "question_c", "label": "Naam van je school", "type": "INPUT_TEXT", "value": SCHOOL},
        {"key": "question_d", "label": "Functie", "type": "DROPDOWN", "value": ["x1"],
         "options": [{"id": "x1", "text": "docent"}, {"id": "x2", "text": "schoolleider"}]},
    ]  # fmt: skip
    data = {
        "responseId": "r1",
        "submissionId": "s1",
        "formId": "f1",
        "formName": "Aanmelden",
        "fields": fields,
    }
    return {"eventId": "e1", "eventType": "FORM_RESPONSE", "createdAt": "2023-03-20T08:00:00Z", "data": data}


_RAW = {
    "slug": "submit/2305", "q3_naam": {"first": "Sanne", "last": "Visser"}, "q4_email": _EMAIL, "q5_school": SCHOOL,
    "q6_functie": "docent", "timeToSubmit": "31",
}  # fmt: skip
_WEBFLOW = {
    "triggerType": "form_submission",
    "payload": {
        "name": "Aanmelden", "siteId": "65", "submittedAt": "2023-03-20T08:00:00Z", "id": "6321", "formId": "65a",
        "data": {"Voornaam": "Sanne", "Achternaam": "Visser", "E-mail": _EMAIL, "School": SCHOOL},
    },
}  # fmt: skip
_WIX = {"data": {
    "formName": "Aanmelden", "formId": "0f1a", "submissionId": "77c2", "submissionTime": "2023-03-20T08:00:00Z",
    "submissions": [
        {"label": "Voornaam", "value": "Sanne"}, {"label": "Achternaam", "value": "Visser"},
        {"label": "E-mail", "value": _EMAIL}, {"label": "School", "value": SCHOOL},
    ],
    "field:first_name_a1b2": "Sanne", "field:last_name_a1b2": "Visser", "field:email_c3d4": _EMAIL,
    "field:school_e5f6": SCHOOL,
    "contact": {"name": {"first": "Sanne", "last": "Visser"}, "email": _EMAIL, "locale": "nl-nl", "contactId": "c1"},
}}  # fmt: skip
_PHP = (
    f'a:1:{{i:0;a:2:{{s:4:"Naam";s:{len(OMAR[0].encode())}:"{OMAR[0]}";'
    f's:11:"E-mailadres";s:{len(OMAR[1])}:"{OMAR[1]}";}}}}'
)

POSTS: tuple[FormPost, ...] = (
    _urlencoded("html", "plain HTML", [*_PLAIN, ("akkoord", "on")]),
    _urlencoded("html-labels", "plain HTML, labels as names", [
        ("Naam *", _NAME), ("E-mailadres: (verplicht)", _EMAIL), ("Naam van je school *", SCHOOL),
        ("Naam collega (optioneel)", OMAR[0]), ("E-mailadres collega", OMAR[1]),
    ], people=_BOTH),
    _urlencoded("html-parts", "plain HTML, a name in parts", [
        ("voornaam", "Sanne"), ("tussenvoegsel", "van"), ("achternaam", "Dijk"), ("mailadres", _EMAIL), ("schoolnaam", SCHOOL),
    ], people=[("Sanne van Dijk", _EMAIL)]),
    _urlencoded("html-english", "plain HTML in English", [
        ("fname", "Sanne"), ("lname", "Visser"), ("email_address", _EMAIL), ("organization", SCHOOL), ("city", "Utrecht"),
    ]),
    _urlencoded("html-numbered", "plain HTML, numbered people", [
        ("school", SCHOOL), ("naam_1", _NAME), ("email_1", _EMAIL), ("naam_2", OMAR[0]), ("email_2", OMAR[1]),
    ], people=_BOTH),
    _urlencoded("html-repeated", "plain HTML, repeated fields", [
        ("school", SCHOOL), ("naam[]", _NAME), ("email[]", _EMAIL), ("naam[]", OMAR[0]), ("email[]", OMAR[1]),
    ], people=_BOTH),
    _urlencoded("html-rows", "plain HTML, rows", [
        *_PLAIN, ("deelnemers[0][naam]", OMAR[0]), ("deelnemers[0][email]", OMAR[1]),
        ("deelnemers[1][naam]", LIEKE[0]), ("deelnemers[1][email]", LIEKE[1]),
    ], people=(SANNE, OMAR, LIEKE)),
    _urlencoded("html-dotted", "Spring or .NET names", [
        ("Aanmelding.Naam", _NAME), ("Aanmelding.Email", _EMAIL), ("Aanmelding.School", SCHOOL),
    ]),
    _urlencoded("html-confirmed-address", "plain HTML, an address asked twice", [
        *_PLAIN, ("Herhaal je e-mailadres", _EMAIL), ("email_confirm", _EMAIL),
    ]),
    _urlencoded("html-long", "plain HTML, many empty fields", [*_PLAIN, *((f"vraag_{n}", "") for n in range(70))]),
    _urlencoded("html-colleague-without-address", "plain HTML", [*_PLAIN, ("naam collega", OMAR[0])]),
    _urlencoded("html-long-role", "plain HTML, a long role", [*_PLAIN[:3], ("functie", "docent en " * 30)]),
    _urlencoded("html-honeypot", "plain HTML, a robot", [*_PLAIN, ("website", "https://spam.example")],
                outcome="put aside"),
    FormPost("html-query", "a form without a method", BROWSER, "", b"", (), {}, (200,), "GET", urlencode(_PLAIN), "form"),
    FormPost("html-text-plain", 'enctype="text/plain"', BROWSER, "text/plain",
             "".join(f"{name}={text}\r\n" for name, text in _PLAIN).encode(), success=(303,)),
    FormPost("html-windows-1252", "an old page in windows-1252", BROWSER, FORM,
             b"naam=Ren%E9+Bos&e-mail=rene%40dalcollege.example&school=Dalcollege",
             [("René Bos", "rene@dalcollege.example")], success=(303,)),
    _urlencoded("origin-null", "Referrer-Policy: no-referrer", _PLAIN, headers={**BROWSER, "Origin": "null"}, success=(303,)),
    _multipart("html-empty-file", "plain HTML, an unused file input", [*_PARTS, ("cv", '; filename=""', "")]),
    _multipart("html-file", "plain HTML with a file", [*_PARTS, ("plan", '; filename="plan.txt"', "ons plan")]),
    _urlencoded("fetch-urlencoded", "fetch with URLSearchParams, as docs/form.md has it", _PLAIN,
                headers={**SCRIPT, "Accept": JSON}, success=(201,)),
    _multipart("fetch-formdata", "fetch with FormData", _PARTS, headers=SCRIPT, success=(200, 201)),
    _json("axios", "axios", dict(_PLAIN), headers={**SCRIPT, "Accept": "application/json, text/plain, */*"}),
    _urlencoded("jquery-ajax", "jQuery.ajax", _PLAIN, headers={**SCRIPT, "X-Requested-With": "XMLHttpRequest"},
                success=(200, 201)),
    _urlencoded("htmx", "htmx", _PLAIN, headers={**SCRIPT, "HX-Request": "true"}, success=(200, 201)),
    _json("jquery-serialize-array", "jQuery.serializeArray", [{"name": n, "value": t} for n, t in _PLAIN], headers=SCRIPT),
    _json("no-cors-json", "fetch with no-cors", dict(_PLAIN), type="text/plain;charset=UTF-8",
          headers={**SCRIPT, "Sec-Fetch-Mode": "no-cors"}),
    _json("contact-form-7", "Contact Form 7 with a webhook", {
        "your-name": _NAME, "your-email": _EMAIL, "your-school": SCHOOL, "your-message": "", "acceptance-1": "1",
    }),
    _urlencoded("elementor", "Elementor", [
        ("Naam", _NAME), ("E-mailadres", _EMAIL), ("Naam van je school", SCHOOL), ("Naam collega", OMAR[0]),
        ("E-mailadres collega", OMAR[1]), *_ELEMENTOR,
    ], headers=SERVER, people=_BOTH),
    _urlencoded("elementor-advanced", "Elementor, advanced data", _elementor_advanced(), headers=SERVER, people=_BOTH),
    _json("wpforms", "WPForms", {"naam": _NAME, "email": _EMAIL, "school": SCHOOL, "datum": {"value": "10-05-2023", "unix": 1}}),
    _urlencoded("gravity-forms", "Gravity Forms", [
        ("id", "42"), ("form_id", "3"), ("ip", "203.0.113.9"), ("source_url", SITE), ("1.3", "Sanne"), ("1.6", "Visser"),
        ("2", _EMAIL), ("3", SCHOOL), ("6", OMAR[0]), ("7", OMAR[1]),
    ], headers=SERVER, people=_BOTH, fields={
        "1.3": "first_name", "1.6": "last_name", "2": "email", "3": "school", "6": "colleague_name", "7": "colleague_email",
    }),
    _json("gravity-list", "Gravity Forms, a list field", {**dict(_PLAIN), "collega's": _PHP}, people=_BOTH),
    _urlencoded("fluent-forms", "Fluent Forms", [
        ("names[first_name]", "Sanne"), ("names[last_name]", "Visser"), ("email", _EMAIL), ("input_text", SCHOOL),
        ("gdpr-agreement", "on"), ("__submission[id]", "12"), ("__submission[user_inputs][names]", _NAME),
    ], headers=SERVER, fields={"input_text": "school"}),
    _json("ninja-forms", "Ninja Forms, JSON without its type", dict([*_PLAIN, *_OTHER]), type=FORM, people=_BOTH),
    _json("formidable", "Formidable Forms", {"naam": _NAME, "email": _EMAIL, "school": SCHOOL, "item_key": "x1"}),
    _json("formidable-test", "Formidable Forms, a test of the connection", {"test": True}, people=(), outcome="ping"),
    _urlencoded("drupal", "Drupal Webform", [
        ("naam", _NAME), ("e_mailadres", _EMAIL), ("naam_van_je_school", SCHOOL), ("naam_collega", OMAR[0]),
        ("e_mailadres_collega", OMAR[1]), ("serial", "9"), ("sid", "12"), ("uuid", "5f0c"), ("token", "K3p"),
        ("remote_addr", "203.0.113.9"), ("webform_id", "aanmelden"), ("langcode", "nl"),
    ], headers={"User-Agent": "GuzzleHttp/7", "Accept": "*/*"}, success=(200,), people=_BOTH),
    _json("drupal-composite", "Drupal Webform, a composite", {
        **dict(_PLAIN), "deelnemers": [{"naam": OMAR[0], "e_mailadres": OMAR[1]}], "entity_type": None,
    }, people=_BOTH),
    _json("typo3", "TYPO3", {"text-1": _NAME, "email-1": _EMAIL, "text-2": SCHOOL}, fields={
        "text-1": "name", "email-1": "email", "text-2": "school",
    }),
    _json("umbraco", "Umbraco Forms", {"formName": "Aanmelden", "fields": [
        {"alias": "naam", "caption": "Naam", "label": "Naam", "value": _NAME},
        {"alias": "mail", "label": "E-mailadres", "value": _EMAIL}, {"alias": "s", "label": "School", "value": SCHOOL},
    ]}),
    _urlencoded("umbraco-url", "Umbraco Forms, send form to URL", [
        ("naam", _NAME), ("eMailadres", _EMAIL), ("naamVanJeSchool", SCHOOL), ("functie", "docent"),
    ], headers={"Accept": "*/*"}, success=(200,)),
    _urlencoded("joomla", "Joomla, RSForm!", [
        ("form[Naam]", _NAME), ("form[Email]", _EMAIL), ("form[School]", SCHOOL), ("form[Functie][]", "docent"), ("form[formId]", "3"),
    ]),
    _urlencoded("aspnet", "ASP.NET Web Forms", [
        ("__VIEWSTATE", "dDwtMTA4" * 6000), ("ctl00$txtNaam", _NAME), ("ctl00$txtEmail", _EMAIL), ("ctl00$txtSchool", SCHOOL),
    ]),
    _json("typeform", "Typeform", _typeform()),
    _json("tally", "Tally", _tally()),
    _multipart("jotform", "Jotform", [
        ("formID", "", "2305"), ("formTitle", "", "Aanmelden"), ("ip", "", "203.0.113.9"),
        ("rawRequest", "", json.dumps(_RAW)), ("pretty", "", f"Naam:{_NAME}, E-mail:{_EMAIL}"),
    ], headers={"User-Agent": "GuzzleHttp/7", "Accept": "*/*"}, success=(200,)),
    _json("webflow", "Webflow", _WEBFLOW),
    _urlencoded("webflow-action", "Webflow, the form's own action", [
        ("Voornaam", "Sanne"), ("Achternaam", "Visser"), ("E-mail", _EMAIL), ("School", SCHOOL),
    ]),
    _json("google-forms", "Google Forms, getItemResponses", [
        {"title": "Naam", "value": _NAME}, {"title": "E-mailadres", "value": _EMAIL},
        {"title": "Naam van je school", "value": SCHOOL}, {"title": "Functie", "value": ["docent", "mentor"]},
    ]),
    _json("google-sheets", "Google Forms, namedValues", {"namedValues": {
        "Naam": [_NAME], "E-mailadres": [_EMAIL], "Naam van je school": [SCHOOL], "Tijdstempel": ["20-3-2023 9:00:00"],
    }}),
    _json("power-automate", "Microsoft Forms through Power Automate", {
        **dict(_PLAIN), "functie": '["docent"]', "telefoon": None,
    }, headers={"User-Agent": "azure-logic-apps/1.0"}),
    _json("wix", "Wix Automations, all keys and values", _WIX, headers={"Accept": "*/*"}),
    _json("wix-keys", "Wix Automations, a structure of one's own", {"data": dict(_PLAIN)}, headers={"Accept": "*/*"}),
    _json("squarespace", "Squarespace through Zapier", dict(_PLAIN), headers={"User-Agent": "Zapier", "Accept": "*/*"}),
    _json("netlify", "Netlify Forms", {"payload": {"number": 3, "data": dict(_PLAIN), "form_name": "aanmelden"}}),
    _urlencoded("formspree", "a form that moved from Formspree", [
        *_PLAIN, ("_gotcha", ""), ("_next", f"{SITE}/dank"), ("_subject", "Nieuwe aanmelding"),
    ]),
    _json("n8n", "n8n, Make or Zapier", {"form": "aanmelden", "data": dict(_PLAIN)}, headers={"User-Agent": "n8n"}),
    FormPost("powershell", "PowerShell or .NET", {"User-Agent": "WindowsPowerShell/5.1"}, f"{JSON}; charset=utf-8",
             b"\xef\xbb\xbf" + json.dumps(dict(_PLAIN)).encode()),
    _json("everybody-in-one-list", "a program's own JSON", {"school": SCHOOL, "deelnemers": [
        {"naam": _NAME, "email": _EMAIL}, {"naam": OMAR[0], "email": OMAR[1]},
    ]}, headers={**SCRIPT, "Accept": JSON}, people=_BOTH),
    _json("list-of-lists", "a program's own JSON", {**dict(_PLAIN), "collegas": [[OMAR[0], OMAR[1]], [LIEKE[0], LIEKE[1]]]},
          people=(SANNE, OMAR, LIEKE)),
    _json("server-wrong-address", "any server", {**dict(_PLAIN), "e-mail": "sanne@dalcollege"}, people=(), outcome="kept"),
    FormPost("server-unreadable", "any server", SERVER, JSON, b'{"naam": "Sanne Vis', (), outcome="kept"),
)  # fmt: skip
