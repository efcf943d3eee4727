"""Plays what a function meets on Lambda: the Runtime API, and AWS as far as a start and a post need it."""

import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_INVOCATION = {
    "Content-Type": "application/json",
    "Lambda-Runtime-Aws-Request-Id": "8476a536-e9f4-11e8-9739-000000000001",
    "Lambda-Runtime-Deadline-Ms": "4102444800000",
    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:123456789012:function:f",
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # an answer is one packet, so that nobody waits for an acknowledgement
    server: "RuntimeApi"

    def do_GET(self) -> None:
        self.server.reports.put(("next", None))
        self._send(self.server.events.get(), _INVOCATION)

    def do_POST(self) -> None:
        body = self._body()
        call = self.headers.get("X-Amz-Target", "").rpartition(".")[2]
        if call or self.path.startswith("/v2/email/"):
            answer = self.server.answer(call or "SendEmail", body)
            self._send(answer, {"Content-Type": "application/x-amz-json-1.0"})
        else:
            self.server.reports.put((self.path.rpartition("/")[2], body))
            self._send({}, {})

    def _body(self) -> Any:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"null")
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        return json.loads(body)

    def _send(self, document: Any, headers: dict[str, str]) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Write nothing."""


class RuntimeApi(ThreadingHTTPServer):
    """A server for one function; `items` are what every Query of DynamoDB finds, in DynamoDB's JSON."""

    daemon_threads = True

    def __init__(self, items: list[dict[str, Any]] | None = None) -> None:
        self.events: queue.Queue[Any] = queue.Queue()
        self.reports: queue.Queue[tuple[str, Any]] = queue.Queue()  # "next", "response" and "error"
        self.calls: list[str] = []  # of AWS
        self.answers = {
            "Query": {"Items": items or [], "Count": len(items or [])},
            "GetSecretValue": {"SecretString": "example"},
        }
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def answer(self, call: str, _request: Any) -> Any:
        """Return what AWS answers to a call."""
        self.calls.append(call)
        return self.answers.get(call, {})

    def environment(self, artifact: str, handler: str) -> dict[str, str]:
        """Return the variables of a function that runs against this server."""
        return {
            "AWS_LAMBDA_RUNTIME_API": self.address,
            "AWS_LAMBDA_FUNCTION_NAME": "f",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "LAMBDA_TASK_ROOT": artifact,
            "_HANDLER": handler,
            "AWS_REGION": "eu-west-1",
            "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_ACCESS_KEY_ID": "example",
            "AWS_SECRET_ACCESS_KEY": "example",  # nosec B105 # opens nothing
            "AWS_SESSION_TOKEN": "example",  # nosec B105
            "AWS_ENDPOINT_URL": f"http://{self.address}",
            "PATH": "/usr/bin:/bin",
            "PYTHONDONTWRITEBYTECODE": "1",  # Lambda's folder is read-only
            "PYTHONHASHSEED": "0",
            "PYDANTIC_DISABLE_PLUGINS": "1",
            "TABLE": "table",
            "LINK_SECRET": "secret",  # nosec B105
        }

    def close(self) -> None:
        """Let a waiting function go, and stop."""
        self.events.put(None)
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Write nothing of a function that was stopped while it waited."""
