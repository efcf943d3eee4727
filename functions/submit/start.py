"""The module that Lambda loads: it connects before the first request, so that nobody waits for that."""

from functions.submit.handler import handler
from functions.submit.services import services
from shared.aws.networks import read_ahead

read_ahead(services)

__all__ = ["handler"]
