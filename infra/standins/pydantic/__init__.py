"""In the artifact, instead of pydantic: the schemas that it made of our models, for the same validator.

`make schemas` makes them; tests/infra/test_schemas.py proves that both give the same models and mistakes.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic_core._pydantic_core import SchemaValidator, ValidationError

__all__ = ["BaseModel", "ConfigDict", "TypeAdapter", "ValidationError", "model_validator", "validator"]
_SCHEMAS = json.loads(Path(__file__).with_name("schemas.json").read_text())


def validator(name: str) -> SchemaValidator:
    """Return the validator of a model: module:class."""
    return SchemaValidator(_built(_SCHEMAS[name]))


def _built(part: Any) -> Any:
    """Return a part of a schema with what JSON cannot hold."""
    if isinstance(part, list):
        return [_built(each) for each in part]
    if not isinstance(part, dict):
        return part
    if "@tuple" in part:
        return tuple(part["@tuple"])
    if "@name" in part:
        module, _, path = part["@name"].partition(":")
        value: Any = sys.modules[module]
        for name in path.split("."):
            value = getattr(value, name)
        return value() if part.get("@new") else value
    return {key: _built(each) for key, each in part.items()}


class BaseModel:
    """A model, as far as our functions use one."""

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")

    def __init__(self, **values: Any) -> None:
        self._validator().validate_python(values, self_instance=self)

    @classmethod
    def _validator(cls) -> SchemaValidator:
        if "_made" not in cls.__dict__:
            cls._made = validator(f"{cls.__module__}:{cls.__qualname__}")
        return cls._made

    @classmethod
    def model_validate(cls, values: Any) -> Any:
        """Return a model of values; raise `ValidationError`."""
        return cls._validator().validate_python(values)

    def model_copy(self, *, update: Mapping[str, Any]) -> Any:
        """Return a copy in which some fields differ."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__ | update)
        return copy

    def model_dump(self, *, include: set[str]) -> dict[str, Any]:
        """Return some fields, whose values are texts."""
        return {name: value for name, value in self.__dict__.items() if name in include}

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))


class TypeAdapter:
    """Validates a model."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.validate_python = model.model_validate


def model_validator(**_: str) -> Callable[[Any], Any]:
    """Return what leaves a method as it is: the schema names it."""
    return lambda method: method


class _OfSchema:
    """What only says how a schema is to be made."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass


AfterValidator = BeforeValidator = Field = Strict = StringConstraints = _OfSchema
HttpUrl = str
ConfigDict = dict
