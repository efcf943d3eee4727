"""The answers of each route, for `local.openapi`, which needs an entry for every route in the template."""

from collections.abc import Mapping
from typing import NamedTuple

Answer = tuple[str, Mapping[str, str]]
_JSON, _HTML, _PROBLEMS = "application/json", "text/html", "application/problem+json"
_PAGE = {_HTML: ""}
_BOTH = {_PROBLEMS: "Problem", _HTML: ""}


class Operation(NamedTuple):
    """What a route does, its answers by status, the parameters of its query, and the schema of its body."""

    summary: str
    answers: Mapping[int, Answer]
    query: Mapping[str, str] = {}
    body: str = ""


_LATER: Answer = ("Our storage fails; nothing is done. Try again after `Retry-After` seconds.", _PAGE)
_NOBODY: Answer = ("Not a link of ours, or not any longer: the same page for all of them.", _PAGE)
_DOOR = {404: _NOBODY, 503: _LATER}

_REGISTER = Operation(
    "Register somebody, and the colleagues they bring: all of them or nobody.",
    {
        201: ("Stored; also when this person was registered already.", {_JSON: "Stored", _HTML: ""}),
        303: ("Stored; a browser goes to the organisation's thank-you page.", {}),
        200: (
            "Stored or kept: a form's server is told no mistakes, because nobody is there to mend them.",
            {_JSON: "Stored"},
        ),
        400: ("Unreadable.", _BOTH),
        403: ("The network is not open (yet).", _BOTH),
        404: ("There is no such network.", _BOTH),
        413: ("More than 256 KiB.", _BOTH),
        422: ("Something is missing or wrong, all at once; a browser gets a form to go on with.", _BOTH),
        429: ("Far too many within an hour from one place; try again after `Retry-After` seconds.", _BOTH),
        503: ("Our storage fails; try again after `Retry-After` seconds.", _BOTH),
    },
    body="Registration",
)
_ALLOWED = Operation(
    "Ask, as a browser does, whether a page of another origin may do this (CORS).",
    {204: ("It may.", {}), 403: ("It may not.", _BOTH), 503: ("Our storage fails.", _BOTH)},
)
_SHOWN: Answer = ("The page; behind an organiser's link first a door.", _PAGE)

ANSWERS: Mapping[tuple[str, str], Operation] = {
    ("POST", "/networks/{network}/registrations"): _REGISTER,
    ("OPTIONS", "/networks/{network}/registrations"): _ALLOWED,
    **{
        (method, "/networks/{network}/registrations"): Operation(
            "Show our own form, filled in from the query.",
            {
                200: ("The form.", _PAGE),
                403: ("The network is not open (yet).", _BOTH),
                404: ("There is no such network.", _BOTH),
                413: ("More than 400 names in the query.", _BOTH),
                503: (_LATER[0], _BOTH),
            },
        )
        for method in ("GET", "HEAD")
    },
    ("GET", "/join/{token}"): Operation(
        "Open a forwarded link: the form, with the school filled in.",
        {
            200: ("The form.", _PAGE),
            403: ("The network is not open (yet).", _BOTH),
            404: (_NOBODY[0], _BOTH),
            503: (_LATER[0], _BOTH),
        },
    ),
    ("GET", "/schools"): Operation(
        "Suggest schools of the register to somebody who is typing.",
        {
            200: ("At most ten schools, best first.", {_JSON: "Schools"}),
            403: ("The page stands on a site that is not listed.", {_PROBLEMS: "Problem"}),
            503: ("Our storage fails.", {_PROBLEMS: "Problem"}),
        },
        query={"q": "What was typed so far."},
    ),
    ("OPTIONS", "/schools"): _ALLOWED,
    ("GET", "/networks/{network}/challenge"): Operation(
        "Ask for work to do before a post (ALTCHA, version 1); what it yields goes in the field `altcha`.",
        {
            200: ("A challenge, for twenty minutes and one post.", {_JSON: "Challenge"}),
            403: ("The page stands on a site that is not listed.", {_PROBLEMS: "Problem"}),
            404: ("There is no such network.", {_PROBLEMS: "Problem"}),
            503: ("Our storage fails; post without.", {_PROBLEMS: "Problem"}),
        },
    ),
    ("OPTIONS", "/networks/{network}/challenge"): _ALLOWED,
    ("GET", "/me/{token}"): Operation(
        "Show a registrant's own page.", {200: _SHOWN, **_DOOR}, query={"done": "What was done just now."}
    ),
    ("GET", "/me/{token}/{file}"): Operation(
        "Download what is kept of a registrant, or their calendar.",
        {200: ("The file.", {_JSON: "", "text/calendar": ""}), **_DOOR},
    ),
    ("POST", "/me/{token}"): Operation(
        "Change, replace, invite, cancel, restore or erase, on a registrant's own page.",
        {
            200: ("Everything is erased.", _PAGE),
            303: ("Done; back to the page.", {}),
            403: ("The form did not come from our own page.", _PAGE),
            422: ("Something is missing or wrong, or not possible now.", _PAGE),
            **_DOOR,
        },
        body="Act",
    ),
    ("GET", "/links/{network}"): Operation("Show where to ask for a lost link.", {200: _SHOWN, **_DOOR}),
    ("POST", "/links/{network}"): Operation(
        "Have a lost link mailed; the answer is the same for everybody.",
        {
            200: ("Mailed, where the address is known.", _PAGE),
            403: ("The form did not come from our own page.", _PAGE),
            422: ("This is no address.", _PAGE),
            **_DOOR,
        },
        body="Act",
    ),
    **{
        (method, path): Operation(
            "Show an organiser's page.",
            {
                200: ("The page, a door before it, or a list to download.", _PAGE),
                409: ("This order is not possible now.", _PAGE),
                **_DOOR,
            },
        )
        for method in ("GET", "HEAD")
        for path in ("/organiser/{token}", "/organiser/{token}/{page}")
    },
    **{
        ("POST", path): Operation(
            "Sign in as an organiser, or give an order.",
            {
                200: ("A code was mailed.", _PAGE),
                429: ("Too many codes were requested; none is mailed.", _PAGE),
                303: ("Done.", {}),
                403: ("Not signed in, a wrong code, or a form that is not from our own page.", _PAGE),
                409: ("This order is not possible now.", _PAGE),
                422: ("Something is missing or wrong.", _PAGE),
                **_DOOR,
            },
            body="Act",
        )
        for path in ("/organiser/{token}", "/organiser/{token}/{page}")
    },
}
