"""The module that Lambda loads: it connects before the first request, so that nobody waits for that."""

from typing import Any

from functions.submit.handler import handler as answer
from functions.submit.services import services
from shared.aws.networks import read_ahead

read_ahead(services)


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer a request; a wake-up of the schedule has none, and wants no more than to find this loaded."""
    return answer(event, context) if "requestContext" in event else {}
