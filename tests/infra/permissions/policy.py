"""Decides what a policy allows, as IAM does; anything that this does not support is an error.

Our policies have no Deny, which would override every Allow, so a Deny is an error too.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Context = Mapping[str, tuple[str, ...]]


class Need(NamedTuple):
    """One thing that a role must be allowed: an action on a resource, in the context of a request."""

    action: str
    resource: str
    context: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Condition(NamedTuple):
    """One line of a statement's conditions."""

    operator: str
    key: str
    values: tuple[str, ...]


class Grant(NamedTuple):
    """One action on one resource that a statement allows, under all of its conditions."""

    action: str
    resource: str
    conditions: tuple[Condition, ...] = ()


def grants(statement: Mapping[str, Any]) -> tuple[Grant, ...]:
    """Split a resolved statement into grants of one action on one resource."""
    if statement.keys() - {"Effect", "Action", "Resource", "Condition"} or statement["Effect"] != "Allow":
        raise ValueError(f"not a statement that is known here: {statement}")
    conditions = tuple(
        Condition(operator, key, _listed(values))
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
    )
    return tuple(
        Grant(action, resource, conditions)
        for action in _listed(statement["Action"])
        for resource in _listed(statement["Resource"])
    )


def allows(grant: Grant, need: Need) -> bool:
    """Say whether this grant alone covers a need."""
    context = dict(need.context)
    return (
        _like(grant.action.lower(), need.action.lower())
        and _like(grant.resource, need.resource)
        and all(_holds(condition, context) for condition in grant.conditions)
    )


def reductions(granted: tuple[Grant, ...]) -> Iterator[tuple[str, tuple[Grant, ...]]]:
    """Yield every way to remove one right or one value of a condition, with the name of what is removed."""
    for index, grant in enumerate(granted):
        yield f"{grant.action} on {grant.resource}", granted[:index] + granted[index + 1 :]
    for condition in sorted({c for grant in granted for c in grant.conditions if len(c.values) > 1}):
        for value in condition.values:
            less = condition._replace(values=tuple(v for v in condition.values if v != value))
            actions = ", ".join(g.action for g in granted if condition in g.conditions)
            yield (
                f"{condition.key} {value} of {actions}",
                tuple(_replace_condition(g, condition, less) for g in granted),
            )


def _replace_condition(grant: Grant, old: Condition, new: Condition) -> Grant:
    return grant._replace(conditions=tuple(new if c == old else c for c in grant.conditions))


def _holds(condition: Condition, context: Context) -> bool:
    """Judge one condition (IAM User Guide, "Condition operators" and "multivalued context keys")."""
    operator, key, expected = condition
    values = context.get(key)
    match operator:
        case "StringEquals":
            return values is not None and len(values) == 1 and values[0] in expected
        case "ForAllValues:StringLike":  # also true, which is a trap, if the request has no such key
            return all(any(_like(pattern, value) for pattern in expected) for value in values or ())
        case "Null" if expected in (("true",), ("false",)):
            return (values is None) == (expected == ("true",))
        case _:
            raise ValueError(f"not a condition that is known here: {condition}")


def _like(pattern: str, value: str) -> bool:
    if "${" in pattern:
        raise ValueError(f"policy variables are not known here: {pattern}")
    wild = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(wild, value, re.DOTALL) is not None


def _listed(value: str | list[str]) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (value,)
