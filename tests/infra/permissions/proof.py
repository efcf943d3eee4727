"""What everybody needs, against what the template grants: whether it is enough, and no more."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tests.infra.permissions.calls import needs
from tests.infra.permissions.deployed import Deployed
from tests.infra.permissions.policy import Grant, Need, allows, lesser
from tests.infra.permissions.recording import Call

Granted = Mapping[str, tuple[Grant, ...]]


class Wanted(NamedTuple):
    """Something that a role is needed for, and why."""

    role: str
    need: Need
    why: str


def wanted(deployed: Deployed, calls: Iterable[Call]) -> set[Wanted]:
    """Return what these calls of functions need of the functions' roles."""
    return {
        Wanted(deployed.role_of(call.function), need, f"calls {call.operation}")
        for call in calls
        for need in needs(call.service, call.operation, call.params)
    }


def unmet(granted: Granted, all_wanted: Iterable[Wanted]) -> list[str]:
    """Return what is needed and not granted."""
    return sorted(
        f"{role} lacks {need.action} on {need.resource} {dict(need.context) or ''}".strip()
        for role, need, _ in all_wanted
        if not any(allows(grant, need) for grant in granted[role])
    )


def excess(granted: Granted, all_wanted: Iterable[Wanted]) -> list[str]:
    """Return what can be taken away while everything that is needed stays granted."""
    by_role = {role: [w for w in all_wanted if w.role == role] for role in granted}
    return sorted(
        f"{role} does not need {what}"
        for role, grants in granted.items()
        for what, less in lesser(grants)
        if not unmet({role: less}, by_role[role])
    )
