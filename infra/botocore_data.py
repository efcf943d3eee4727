"""botocore's descriptions of AWS, cut to what we call: a client reads them all when it is made."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

# Each service, and what our code calls of it; tests/infra/test_pack.py compares this with the code.
CALLS = {
    "dynamodb": frozenset(
        ["BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "TransactWriteItems", "UpdateItem"]
    ),
    "s3": frozenset(["PutObject"]),
    "secretsmanager": frozenset(["GetSecretValue"]),
    "sesv2": frozenset(["SendEmail"]),
}
_ENDPOINTS = frozenset([*CALLS, "email"])  # SES's name in an address


def trim(data: Path) -> None:
    """Keep of a folder of botocore what we call; every region stays, because the operator chooses one."""
    for folder in data.iterdir():
        if folder.is_dir() and folder.name not in CALLS:
            shutil.rmtree(folder)
    for path in (*data.glob("*/*/examples-1.json"), *data.glob("*/*/waiters-2.json")):
        path.unlink()
    for service, calls in CALLS.items():
        for path in data.glob(f"{service}/*/service-2.json.gz"):
            kept = _only(json.loads(gzip.decompress(path.read_bytes())), calls)
            path.with_suffix("").write_text(_packed(kept))
            path.unlink()
    endpoints = json.loads((data / "endpoints.json").read_text())
    for partition in endpoints["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in _ENDPOINTS & services.keys()}
    (data / "endpoints.json").write_text(_packed(endpoints))


def _only(model: dict[str, Any], calls: frozenset[str]) -> dict[str, Any]:
    """Return a service's description with these calls, and the shapes that they use."""
    operations = {name: model["operations"][name] for name in sorted(calls)}
    shapes: dict[str, Any] = {}
    waiting = _shapes(operations)
    while waiting:
        name = waiting.pop()
        if name not in shapes:
            shapes[name] = model["shapes"][name]
            waiting += _shapes(shapes[name])
    kept: dict[str, Any] = _undocumented({**model, "operations": operations, "shapes": shapes})
    whole = "clientContextParams"  # botocore reads the documentation of S3's
    return {**kept, whole: model[whole]} if whole in model else kept


def _shapes(part: Any) -> list[str]:
    if isinstance(part, list):
        return [name for each in part for name in _shapes(each)]
    if not isinstance(part, dict):
        return []
    own = [part["shape"]] if isinstance(part.get("shape"), str) else []
    return own + [name for each in part.values() for name in _shapes(each)]


def _undocumented(part: Any) -> Any:
    """Return a description without its texts for people; a member may be called `documentation` too."""
    if isinstance(part, list):
        return [_undocumented(each) for each in part]
    if isinstance(part, dict):
        texts = {"documentation"} if isinstance(part.get("documentation"), str) else set()
        return {name: _undocumented(each) for name, each in part.items() if name not in texts}
    return part


def _packed(document: Any) -> str:
    return json.dumps(document, separators=(",", ":"), sort_keys=False)
