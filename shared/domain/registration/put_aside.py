"""People who were put aside together and get one answer: all of one site, or of one address."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from shared.domain.registration.history import settled
from shared.domain.registration.reason import ReasonCode
from shared.domain.registration.registration import Registration, State

# What a browser sends as the origin of a site; any other text, a stranger made up.
_SITE = re.compile(r"https?://[a-z0-9.-]{1,253}(:\d{1,5})?")


class AsideGroup(NamedTuple):
    """People who wait for one answer; `site` is where they came from, empty for too many of one address."""

    site: str
    people: tuple[Registration, ...]


def aside_groups(registrations: Iterable[Registration]) -> tuple[AsideGroup, ...]:
    """Return the groups of people who are aside, the largest first, each in the order in which they came."""
    people: dict[str, list[Registration]] = {}
    for registration in sorted(registrations, key=lambda r: r.received_at):
        site = aside_site(registration)
        if site is not None:
            people.setdefault(site, []).append(registration)
    groups = (AsideGroup(site, tuple(each)) for site, each in people.items())
    return tuple(sorted(groups, key=lambda group: -len(group.people)))


def aside_site(registration: Registration) -> str | None:
    """Return the site of the group that a person waits in; None for anybody who is judged alone."""
    if registration.state is not State.QUARANTINED or registration.is_erased or not registration.history:
        return None
    reason = settled(registration.history).reason
    code = reason.code if reason else None
    if code is ReasonCode.TOO_MANY:
        return ""
    return registration.origin if code is ReasonCode.UNLISTED_SITE and is_site(registration.origin) else None


def without_aside(registrations: Iterable[Registration]) -> tuple[Registration, ...]:
    """Return everybody but who is aside, so that strangers make nobody's page or mail slow.

    Who is aside and registered somebody who is not stays: that person is told who gave us their data.
    """
    people = tuple(registrations)
    inviters = {r.invited_by for r in people if r.state is not State.QUARANTINED}
    return tuple(r for r in people if r.state is not State.QUARANTINED or r.reference in inviters)


def is_site(origin: str) -> bool:
    """Say whether a text is the origin of a website."""
    return bool(_SITE.fullmatch(origin))
