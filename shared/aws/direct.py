"""Calls of AWS for a function that must start fast: signed and sent by botocore, without a client of it.

Such a client makes requests of what it gets by descriptions of the service; our calls are requests already.
What fails is raised, and tried again after a while, as with boto3 in its standard mode.
"""

import json
import socket
import time
from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from typing import Any, cast

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import BotoCoreError, ClientError
from botocore.httpsession import URLLib3Session

from shared.aws.patience import PATIENT, UNREADABLE, Patience, stop_without_time, wait_before_next
from shared.settings import read_aws_access

_SUFFIXES = {"cn": "amazonaws.com.cn", "eusc": "amazonaws.eu"}  # by the first part of a region's name
_UNREADABLE = {"__type": UNREADABLE}


class DirectClient:
    """A service with a JSON protocol; its calls have the names and the arguments that they have in boto3."""

    def __init__(self, service: str, target: str, version: str, patience: Patience) -> None:
        self.service = service
        access = read_aws_access(service)
        suffix = _SUFFIXES.get(access.region.partition("-")[0], "amazonaws.com")
        self._url = access.endpoint or f"https://{service}.{access.region}.{suffix}/"
        self._auth = SigV4Auth(cast("Any", access), service, access.region)
        waits: Any = {"verify": access.authorities, "timeout": (patience.connect, patience.read)}
        # As boto3's own: without it, TCP keeps a small packet back until the one before it has arrived.
        waits["socket_options"] = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
        self._http = URLLib3Session(**waits)
        self._target, self._type, self._tries = target, f"application/x-amz-json-{version}", patience.tries

    def __getattr__(self, name: str) -> Any:
        return partial(self._call, name.title().replace("_", ""))

    def get_paginator(self, _query: str) -> "DirectClient":
        """Return what goes through the pages of a Query."""
        return self

    def paginate(self, **request: Any) -> Iterator[Any]:
        """Yield each page of a Query."""
        page: Any = {"LastEvaluatedKey": None}
        while "LastEvaluatedKey" in page:
            page = self.query(**request)
            yield page
            request["ExclusiveStartKey"] = page.get("LastEvaluatedKey")

    def _call(self, operation: str, **request: Any) -> Any:
        body = json.dumps(request, default=lambda raw: b64encode(raw).decode()).encode()
        attempt = 1
        while True:
            try:
                return self._try(operation, body, attempt)
            except (BotoCoreError, ClientError) as error:
                wait = wait_before_next(attempt, self._tries, getattr(error, "response", None))
                if wait is None:
                    raise
            time.sleep(wait)
            attempt += 1

    def _try(self, operation: str, body: bytes, attempt: int) -> Any:
        headers = {"X-Amz-Target": f"{self._target}.{operation}", "Content-Type": self._type}
        request = AWSRequest("POST", self._url, headers, body)
        self._auth.add_auth(request)
        stop_without_time()
        response: Any = self._http.send(request.prepare())
        answer, status = _read(response.content), response.status_code
        if status == HTTPStatus.OK and answer is not _UNREADABLE:
            return answer
        code = answer.get("__type", str(status)).rpartition("#")[2]
        request_id = response.headers.get("x-amzn-RequestId", "")
        about = {"HTTPStatusCode": status, "RequestId": request_id, "RetryAttempts": attempt - 1}
        error: Any = {**answer, "Error": {"Code": code}, "ResponseMetadata": about}
        raise ClientError(error, operation)


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return _UNREADABLE


def dynamodb(patience: Patience = PATIENT) -> DirectClient:
    """Return a client of the table."""
    return DirectClient("dynamodb", "DynamoDB_20120810", "1.0", patience)


def secrets_manager() -> DirectClient:
    """Return a client that reads the keys of our links."""
    return DirectClient("secretsmanager", "secretsmanager", "1.1", PATIENT)
