"""`python -m local.openapi` prints the HTTP API as OpenAPI 3.1, from the template's routes and our models."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from local import template
from local.answers import ANSWERS, Operation
from shared.domain.form.submission import MAX_COLLEAGUES, Submission
from shared.domain.network.fields import FIELDS

Document = dict[str, Any]

_INFO = {
    "title": "Tweetal",
    "version": "1",
    "description": "Registrations for Dutch learning networks. Written by `make openapi`; see docs/form.md.",
}
_PARAMETERS = {
    "network": "The id of a learning network: plg-2023.",
    "token": "A signed link, as it was mailed.",  # nosec B105 # a description
    "file": "gegevens.json or agenda.ics.",
    "page": "A page behind the organiser's door.",
}
_TEXT = {"type": "string"}
_ERROR = {
    "type": "object",
    "required": ["field", "code", "message"],
    "properties": {
        "field": _TEXT,
        "code": {"enum": ["required", "too_long", "too_many", "invalid_email", "wrong_type"]},
        "message": _TEXT,
    },
}
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457, in the language of the network, fit to be shown.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "errors": {"type": "array", "items": _ERROR},
    },
}
_STORED = {
    "type": "object",
    "required": ["status", "message"],
    "properties": {
        "reference": {"type": "string", "pattern": "^[A-Z0-9]{1,8}-[0-9A-HJKMNP-TV-Z]{8}$"},
        "status": {"enum": ["registered", "late", "kept", "ok"]},
        "message": _TEXT,
    },
}
_CHALLENGE = {
    "type": "object",
    "required": ["algorithm", "challenge", "maxnumber", "salt", "signature"],
    "properties": {
        "algorithm": {"const": "SHA-256"},
        "challenge": _TEXT,
        "maxnumber": {"type": "integer"},
        "salt": _TEXT,
        "signature": _TEXT,
    },
}
_SCHOOL = {"type": "object", "properties": dict.fromkeys(("brin", "vestiging", "name", "place"), _TEXT)}
_OURS = ("colleagues", "extra", "questions", "consents", "without_address")  # which no post calls so
_BODIES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data")


def document() -> Document:
    """Describe every route in the template; raise `KeyError` for a route that `ANSWERS` lacks."""
    paths: Document = {}
    for route in template.read(template.PATH, {}).routes:
        if route.path.endswith("/"):
            continue  # the same as without the slash
        path = route.path.replace("+}", "}")
        paths.setdefault(path, {})[route.method.lower()] = _operation(path, ANSWERS[route.method, path])
    schemas = {
        "Registration": _registration(),
        "Form": _form(),
        "Stored": _STORED,
        "Challenge": _CHALLENGE,
        "Problem": _PROBLEM,
        "Schools": {"type": "array", "maxItems": 10, "items": _SCHOOL},
    }
    return {"openapi": "3.1.0", "info": _INFO, "paths": paths, "components": {"schemas": schemas}}


def _operation(path: str, operation: Operation) -> Document:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    in_path = [_parameter(name, "path", about=_PARAMETERS[name]) for name in names]
    in_query = [_parameter(name, "query", about=about) for name, about in operation.query.items()]
    responses = {str(status): _response(*answer) for status, answer in operation.answers.items()}
    body = (
        {"requestBody": {"required": True, "content": dict(_contents(operation.body))}}
        if operation.body
        else {}
    )
    return {"summary": operation.summary, "parameters": in_path + in_query, **body, "responses": responses}


def _parameter(name: str, where: str, about: str) -> Document:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "description": about,
        "schema": {"type": "string", "minLength": int(where == "path")},
    }


def _response(about: str, media: Mapping[str, str]) -> Document:
    content = {kind: {"schema": _ref(name) if name else _TEXT} for kind, name in media.items()}
    return {"description": about, **({"content": content} if content else {})}


def _contents(body: str) -> Iterator[tuple[str, Document]]:
    if body != "Registration":
        yield _BODIES[1], {"schema": {"type": "object", "additionalProperties": _TEXT}}
        return
    for kind in _BODIES:
        yield kind, {"schema": _ref("Registration" if kind == _BODIES[0] else "Form")}


def _registration() -> Document:
    """Return the schema of a post by a program: our model, with the field names of a post."""
    model = Submission.model_json_schema(ref_template="#/components/schemas/Registration/$defs/{model}")
    model["properties"] = {
        name: model["properties"][name] for name in model["properties"] if name not in _OURS
    }
    colleagues = {"$ref": "#/components/schemas/Registration/$defs/Person"}
    model["properties"]["participants"] = {"type": "array", "maxItems": MAX_COLLEAGUES, "items": colleagues}
    return model | _REQUIRED | {"description": _FIELD_NAMES}


def _form() -> Document:
    """Return the schema of a post by a form: text fields; those about colleagues may be repeated."""
    fields = {name: {"type": "string", "maxLength": most} for name, most in FIELDS.items()}
    repeated = {
        name: {"type": "array", "items": field} for name, field in fields.items() if "colleague_" in name
    }
    return {"type": "object", "properties": fields | repeated, "description": _FIELD_NAMES} | _REQUIRED


_REQUIRED = {
    "required": ["email", "school"],
    "anyOf": [{"required": [name]} for name in ("name", "first_name", "last_name")],
}
_FIELD_NAMES = (
    "Fields may also have the network's own names, or those that docs/form.md lists. "
    "Their spelling hardly matters, nor does the shape of the body; any other field is kept. At most 256 KiB."
)


def _ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


class _PlainDumper(yaml.SafeDumper):
    """Writes every value in full, without YAML's anchors and aliases."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def text() -> str:
    """Return the document as YAML."""
    return yaml.dump(document(), Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, width=110)


if __name__ == "__main__":
    sys.stdout.write(text())
