"""What form builders send along that nobody typed: numbers of the form, addresses, tokens, buttons."""

from collections.abc import Sequence
from functools import lru_cache

from shared.domain.form.answers import Answer, Path
from shared.domain.form.name_words import SHORT
from shared.domain.form.names import meaning
from shared.domain.text import fold

# Of a form, its software or the visitor's browser, never of a person.
_NAMES = """
    ip, ip address, remote ip, remote addr, extern ip, client ip, user agent, useragent, browser,
    device, platform, referrer, referer, http referer, page url, pagina url, source url, url
    referer, uri, page title, post id, embed url, form id, form name, formid, formname, form title,
    formtitle, form key, form post id, webform id, form, form slug, id, sid, uid, uuid, guid,
    serial, serial number, token, csrf token, authenticity token, nonce, wp nonce, request
    verification token, submission id, submissionid, entry id, entryid, response id, responseid,
    respondent id, event id, event type, event, trigger type, site id, page id, element id,
    workspace id, team id, app id, document id, created, created at, date created, completed,
    changed, updated, updated at, date updated, submitted at, landed at, submitted on, timestamp, in
    draft, current page, langcode, language, locale, entity type, entity id, locked, sticky, is
    starred, is read, currency, payment method, payment status, source id, status, unread, parent,
    published, action, submit, send, verzend, verzenden, versturen, aanmelden, button, op, btn
    submit, form build id, form token, mogelijk gemaakt door, powered by, next, redirect, redirect
    url, success url, return url, max file size, gotcha, webhook url, webhookurl, username, type,
    custom params, custom title, custom body, product, slug, submit source, time to submit, is
    silent, from table, pretty, subject, col ids, hook test, test, ping, challenge, api version, g
    recaptcha response, recaptcha, h captcha response, cf turnstile response, frc captcha solution,
    captcha, captcha token, altcha payload, gclid, fbclid, msclkid, hutk, page uri, bot field, payload number,
    charset, utf8, contact id, submission time
"""


def _squash(name: str) -> str:
    return _squash_short(name) if len(name) <= SHORT else ""  # no builder's name is so long


@lru_cache(maxsize=4096)
def _squash_short(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())


_KEYS = frozenset(_squash(name.strip()) for name in _NAMES.replace("\n", " ").split(",") if name.strip())
# Of these everyday names a builder's own is meant only where its other marks stand beside them.
_BESIDE = frozenset({"datum", "tijd", "date", "time"})
_CONNECTION = frozenset({"ip", "ipaddress", "remoteip", "remoteaddr", "useragent"})
_OF_PERSONS = frozenset({"name", "first_name", "last_name", "email", "school"})
_MARKS = frozenset({_squash("form id"), _squash("form name")})


def is_marked(answers: Sequence[Answer]) -> bool:
    """Say whether a post carries the marks of a builder that adds a date and a time of its own."""
    return any(_squash(answer.paths[0][-1]) in _MARKS for answer in answers)


def of_visitors(answers: Sequence[Answer]) -> frozenset[Path]:
    """Return the objects that tell of a visitor's connection: with an IP address, and nothing of a person.

    A town in it is where the connection is, not the school.
    """
    scopes = {a.paths[0][:-1] for a in answers if a.text and _squash(a.paths[0][-1]) in _CONNECTION} - {()}
    for answer in answers if scopes else ():
        path = answer.paths[0]
        means = meaning(path[-1:]) if path[:-1] in scopes else None
        if means and means.field in _OF_PERSONS:
            scopes.discard(path[:-1])
        if "@" in answer.text:
            scopes.difference_update(_outer(path))
    return frozenset(scopes)


def is_within(path: Path, scopes: frozenset[Path]) -> bool:
    """Say whether a path is in one of these objects."""
    return bool(scopes) and not scopes.isdisjoint(_outer(path))


def _outer(path: Path) -> list[Path]:
    return [path[:end] for end in range(len(path))]


def is_metadata(path: Path, marked: bool) -> bool:
    """Say whether a path is of the builder's answers, which are ignored and are no sign of a changed form."""
    # "__VIEWSTATE", "_wpnonce", "__submission"; Formspree's "_replyto" is an address.
    if path[0].startswith("_"):
        return meaning(path) is None or len(path) > 1
    if path[-1].startswith("__") or path[0].casefold().startswith("utm"):
        return True
    key = _squash(path[-1])
    is_key = key in _KEYS or (len(path) > 1 and _squash("".join(path[-2:])) in _KEYS)
    return is_key or (marked and key in _BESIDE)
