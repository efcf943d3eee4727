"""`python -m cli` is `tweetal`."""

from cli.main import main

main()
