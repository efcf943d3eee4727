"""Compares what the roles need with what the template grants."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tests.infra.permissions.calls import needs
from tests.infra.permissions.deployed import Deployed
from tests.infra.permissions.policy import Grant, Need, allows, reductions
from tests.infra.permissions.recording import Call

Granted = Mapping[str, tuple[Grant, ...]]


class RoleNeed(NamedTuple):
    """Something that a role must be allowed, and why."""

    role: str
    need: Need
    why: str


def role_needs(deployed: Deployed, calls: Iterable[Call]) -> set[RoleNeed]:
    """Return what the roles of functions need for these calls."""
    return {
        RoleNeed(deployed.role_of(call.function), need, f"calls {call.operation}")
        for call in calls
        for need in needs(call.service, call.operation, call.params)
    }


def unmet(granted: Granted, needed: Iterable[RoleNeed]) -> list[str]:
    """Return the needs that no grant covers."""
    return sorted(
        f"{role} lacks {need.action} on {need.resource} {dict(need.context) or ''}".strip()
        for role, need, _ in needed
        if not any(allows(grant, need) for grant in granted[role])
    )


def excess(granted: Granted, needed: Iterable[RoleNeed]) -> list[str]:
    """Return the rights whose removal leaves every need covered."""
    by_role = {role: [w for w in needed if w.role == role] for role in granted}
    return sorted(
        f"{role} does not need {right}"
        for role, grants in granted.items()
        for right, less in reductions(grants)
        if not unmet({role: less}, _touched(by_role[role], set(grants) - set(less)))
    )


def _touched(needed: Iterable[RoleNeed], taken: set[Grant]) -> list[RoleNeed]:
    """Return the needs that these grants cover; what happens to them does not matter to others."""
    return [want for want in needed if any(allows(grant, want.need) for grant in taken)]
