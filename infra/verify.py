"""Imports every handler of an artifact with nothing but that artifact, and tells what it had to compile.

Run as `python3.13 -I -S verify.py ARTIFACT`: no site-packages, no environment, not this folder.
"""

import importlib
import sys
from pathlib import Path


def main() -> None:
    """Import the handlers; exit with a message where one cannot be, or takes more than byte-code."""
    artifact = Path(sys.argv[1]).resolve()
    compiled: list[str] = []
    sys.addaudithook(lambda event, args: compiled.append(str(args[1])) if event == "compile" else None)
    sys.path.insert(0, str(artifact))
    handlers = sorted(artifact.glob("functions/*/handler.py"))
    for path in handlers:
        module = importlib.import_module(".".join(path.relative_to(artifact).with_suffix("").parts))
        if not callable(module.handler):
            sys.exit(f"{module.__name__} has no handler")
    # Classes made at import (named tuples, dataclasses) compile their own few lines, from no file.
    slow = [name for name in compiled if name.startswith(str(artifact))]
    if slow or not handlers:
        sys.exit(f"{len(handlers)} handlers; no byte-code in the artifact for: {', '.join(slow)}")
    names = ", ".join(path.parent.name for path in handlers)
    print(f"These handlers import on their own: {names}.")


if __name__ == "__main__":
    main()
