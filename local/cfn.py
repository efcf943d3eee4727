"""Reads CloudFormation templates, and resolves the functions in them: the only reader, for the tests too."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml


class _Loader(yaml.CSafeLoader):
    """YAML with CloudFormation's short tags."""


def _long_form(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: node.value.split(".", 1) if suffix == "GetAtt" else node.value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 the only other kind of node; mypy needs it # nosec B101
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _long_form)


def read(path: Path) -> dict[str, Any]:
    """Read a template, with each short tag (`!Ref`) in its long form (`{"Ref": …}`)."""
    document: dict[str, Any] = _Loader(path.read_text()).get_single_data()
    return document


class Resolver:
    """Replaces the functions in a template by their values.

    `value_of` gives the value of a reference: of `Table` for Ref, and of `Table.Arn` for GetAtt.
    """

    def __init__(self, value_of: Callable[[str], str], conditions: Mapping[str, Any]) -> None:
        self._value_of, self._conditions = value_of, conditions

    def resolve(self, node: Any) -> Any:
        """Return a part of a template resolved; raise `ValueError` for a function that is not supported."""
        match node:
            case {"Ref": str(name)}:
                return self._value_of(name)
            case dict() if any(key.startswith("Fn::") for key in node):
                ((function, argument),) = node.items()
                return self._call(function, argument)
            case dict():
                return {key: self.resolve(value) for key, value in node.items()}
            case list():
                return [self.resolve(value) for value in node]
            case _:
                return node

    def _call(self, function: str, argument: Any) -> Any:
        match function, argument:
            case "Fn::GetAtt", [resource, attribute]:
                return self._value_of(f"{resource}.{attribute}")
            case "Fn::Sub", str(text):
                return self._substitute(text, {})
            case "Fn::Sub", [str(text), dict(values)]:
                return self._substitute(text, self.resolve(values))
            case "Fn::If", [condition, then, otherwise]:
                return self.resolve(then if self._is_true(self._conditions[condition]) else otherwise)
            case "Fn::Select", [index, values]:
                return self.resolve(values)[int(index)]
            case "Fn::Split", [str(separator), text]:
                return self.resolve(text).split(separator)
            case _:
                raise ValueError(f"{function} of {argument!r} is not supported here")

    def _substitute(self, text: str, values: Mapping[str, str]) -> str:
        return re.sub(r"\$\{([^!}]+)\}", lambda match: values.get(match[1]) or self._value_of(match[1]), text)

    def _is_true(self, condition: Any) -> bool:
        match condition:
            case {"Fn::Not": [other]}:
                return not self._is_true(other)
            case {"Fn::Equals": [one, other]}:
                return bool(self.resolve(one) == self.resolve(other))
            case _:
                raise ValueError(f"condition {condition!r} is not supported here")
