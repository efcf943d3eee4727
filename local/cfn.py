"""CloudFormation's own functions, resolved to what they mean on this machine."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short tags."""


def _tag(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: node.value.split(".", 1) if suffix == "GetAtt" else node.value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 the third kind of node, for mypy # nosec B101
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _tag)


def read(path: Path) -> dict[str, Any]:
    """Read a template, its short tags as the long functions that they stand for."""
    loaded: dict[str, Any] = _Loader(path.read_text()).get_single_data()
    return loaded


class Resolver:
    """Replaces references by the names that things have here; the others keep their logical id."""

    def __init__(self, names: Mapping[str, str], conditions: Mapping[str, Any]) -> None:
        self._names, self._conditions = names, conditions

    def resolve(self, node: Any) -> Any:
        """Return a part of a template with every reference in it replaced."""
        match node:
            case {"Ref": str(name)}:
                return self._name(name)
            case {"Fn::GetAtt": [resource, attribute]}:
                return self._name(f"{resource}.{attribute}")
            case {"Fn::Sub": str(text)}:
                return re.sub(r"\$\{([^!}]+)\}", lambda found: self._name(found[1]), text)
            case {"Fn::If": [condition, then, otherwise]}:
                return self.resolve(then if self._holds(self._conditions[condition]) else otherwise)
            case dict():
                return {key: self.resolve(value) for key, value in node.items()}
            case list():
                return [self.resolve(value) for value in node]
            case _:
                return node

    def _name(self, name: str) -> str:
        return self._names.get(name, name)

    def _holds(self, condition: Any) -> bool:
        match condition:
            case {"Fn::Not": [other]}:
                return not self._holds(other)
            case {"Fn::Equals": [one, other]}:
                return bool(self.resolve(one) == self.resolve(other))
            case _:
                raise ValueError(f"condition {condition!r} is not played here")
