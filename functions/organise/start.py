"""The module that Lambda loads: it connects before the first request, so that nobody waits for that."""

from functions.organise.handler import handler, services
from shared.aws.networks import read_ahead

read_ahead(services)

__all__ = ["handler"]
