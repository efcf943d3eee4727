"""Imports every handler of an artifact with nothing but that artifact, and reports modules without byte-code.

Run as `python3.13 -I -S verify.py ARTIFACT`: no site-packages, no environment, not this folder.
"""

import importlib
import sys
from pathlib import Path


def main() -> None:
    """Import the handlers; exit with a message if an import fails, or needs more than byte-code."""
    artifact = Path(sys.argv[1]).resolve()
    compiled: list[str] = []
    sys.addaudithook(lambda event, args: compiled.append(str(args[1])) if event == "compile" else None)
    sys.path.insert(0, str(artifact))
    handlers = sorted(artifact.glob("functions/*/handler.py"))
    for path in handlers:
        module = importlib.import_module(".".join(path.relative_to(artifact).with_suffix("").parts))
        if not callable(module.handler):
            sys.exit(f"{module.__name__} has no handler")
    # Named tuples and dataclasses compile a few lines of their own at import, from no file.
    without_byte_code = [name for name in compiled if name.startswith(str(artifact))]
    if without_byte_code or not handlers:
        sys.exit(
            f"{len(handlers)} handlers; no byte-code in the artifact for: {', '.join(without_byte_code)}"
        )
    names = ", ".join(path.parent.name for path in handlers)
    print(f"These handlers import on their own: {names}.")


if __name__ == "__main__":
    main()
