"""Starts a function as Lambda does, under Lambda's own awslambdaric, and names what it compiles, on stderr.

Run as `python3.13 -I -S start.py ARTIFACT AWSLAMBDARIC HANDLER`: no site-packages and not this folder.
"""

import sys


def main() -> None:
    """Hand over to awslambdaric, which never returns."""
    artifact, runtime, handler = sys.argv[1:4]
    sys.path[:0] = [artifact, runtime]
    # Named tuples and dataclasses compile a few lines of their own, from no file.
    sys.addaudithook(
        lambda event, args: (
            print("compiled", args[1], file=sys.stderr)
            if event == "compile" and str(args[1]).startswith(artifact)
            else None
        )
    )
    from awslambdaric.__main__ import main as run

    run(["", handler])


if __name__ == "__main__":
    main()
