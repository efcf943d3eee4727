"""Writes the schemas that pydantic makes of our models, for the stand-in of pydantic in the artifact.

Making them, and importing what makes them, is a quarter of a cold start. Run as `make schemas`.
"""

import json
from enum import Enum
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

from pydantic import BaseModel

from shared.domain.form import submission
from shared.domain.network import network, parts

PATH = Path(__file__).parent / "standins/pydantic/schemas.json"
# The models that our code makes by name; the others are within these.
MODELS = (
    network.Network,
    parts.Rule,
    parts.FormSettings,
    parts.AbuseLimits,
    parts.Privacy,
    submission.Submission,
)
_FOR_OTHERS = frozenset({"computed_fields", "metadata", "ref", "serialization"})  # JSON schema, output


def written() -> str:
    """Return the schemas as JSON."""
    schemas = {_name(model): _plain(model.__pydantic_core_schema__) for model in MODELS}
    return json.dumps(schemas, indent=1) + "\n"


def _plain(part: Any) -> Any:
    if isinstance(part, dict):
        if part.get("type") == "function-wrap" and "_BaseUrl" in repr(part["function"]):
            return _plain(part["schema"])  # pydantic's class for a URL; pydantic_core's has the same text
        return {key: _plain(each) for key, each in part.items() if key not in _FOR_OTHERS}
    if isinstance(part, list):
        return [_plain(each) for each in part]
    if isinstance(part, tuple):
        return {"@tuple": list(part)}
    if isinstance(part, BaseModel):
        if part != type(part)():
            raise TypeError(f"the default {part!r} is more than {type(part).__name__}()")
        return {"@name": _name(type(part)), "@new": True}
    return _named(part)


def _named(part: Any) -> Any:
    if isinstance(part, Enum):
        return {"@name": f"{_name(type(part))}.{part.name}"}
    if isinstance(part, (type, FunctionType, MethodType)):
        if "<" in part.__qualname__ or not part.__module__.startswith("shared."):
            raise TypeError(
                f"{part!r} has no name of ours: order the annotations so that pydantic needs none"
            )
        return {"@name": _name(part)}
    if part is None or isinstance(part, (str, int, float, bool)):
        return part
    raise TypeError(f"no JSON for {part!r}")


def _name(of: Any) -> str:
    return f"{of.__module__}:{of.__qualname__}"


if __name__ == "__main__":
    PATH.write_text(written())
