"""docs/permissions.md: who may do what and why, as it was recorded."""

import re
from collections import defaultdict
from collections.abc import Iterable

from tests.conftest import ROOT
from tests.infra.permissions.proof import RoleNeed

PAGE = ROOT / "docs" / "permissions.md"
_INTRO = """# Who may do what on AWS

Written by `make permissions`, from every call of AWS that each function was seen to make while the tests
in `tests/infra/permissions/` played everything that people do; do not edit it. Those tests fail when a role
in `infra/template.yaml` lacks anything of this, and when it has anything more: each right, and each kind of
item, is taken away in turn. What AWS itself does in the name of a role is here too.

*Items* are the partitions of [the table](architecture.md) that a right is bound to, or the address that a
mail must come from.
"""


def page(needs: Iterable[RoleNeed]) -> str:
    """Return the page."""
    roles = defaultdict(lambda: defaultdict(lambda: (set(), set())))  # type: ignore[var-annotated]
    for role, need, why in needs:
        items, reasons = roles[role][need.action, _short(need.resource)]
        items.update(_kind(value) for _, values in need.context for value in values)
        reasons.add(why)
    return _INTRO + "".join(_section(role, rows) for role, rows in sorted(roles.items()))


def _section(role: str, rows: dict[tuple[str, str], tuple[set[str], set[str]]]) -> str:
    lines = [f"\n## {role}\n", "| right | on | items | why |", "|---|---|---|---|"]
    for (action, resource), (items, reasons) in sorted(rows.items()):
        kinds = ", ".join(f"`{kind}`" for kind in sorted(items))
        lines.append(f"| `{action}` | `{resource}` | {kinds} | {'; '.join(sorted(reasons))} |")
    return "\n".join(lines) + "\n"


def _short(resource: str) -> str:
    """Return what an ARN says after the account."""
    return resource.split(":", 5)[-1]


def _kind(value: str) -> str:
    return re.sub("#.*", "#…", value)
