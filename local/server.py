"""The thin shell of sockets: two sites on 127.0.0.1, one world behind them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from local import api, control, form_site, gateway, template
from local.web import Request, Response, as_json
from local.world import World

_CROWD = 10  # records of the stream; mailing about more of them takes seconds

Send = Callable[[Response], None]
Serve = Callable[[Request, Send], None]


class Site(ThreadingHTTPServer):
    """One site, on its own port."""

    request_queue_size = 1024  # hundreds may come at once
    daemon_threads = True
    serve: Serve

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # as it was handed to us

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.server_port}"

    @contextmanager
    def serving(self, serve: Serve) -> Iterator[None]:
        """Take requests in threads of their own until the context ends."""
        self.serve = serve
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            thread.join()


class Connection(BaseHTTPRequestHandler):
    """One connection of a client, which may make several requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60
    server: Site

    def answer(self) -> None:
        """Read a request and have it served."""
        length = self.headers.get("content-length", "0")
        if "transfer-encoding" in self.headers:
            return self.refuse(as_json(411, {"message": "Length Required"}))
        if not length.isdecimal():
            return self.refuse(as_json(400, {"message": "Bad Request"}))
        if int(length) > gateway.LARGEST_BODY:
            return self.refuse(gateway.TOO_LARGE)
        headers = tuple(self.headers.items())
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise ConnectionAbortedError
        request = Request(self.command, self.path, headers, body, self.client_address[0])
        return self.server.serve(request, self.send)

    # The names under which http.server looks for a method.
    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer  # noqa: N815 its names

    def refuse(self, response: Response) -> None:
        """Answer without reading the body."""
        self.close_connection = True
        self.send(response)

    def send(self, response: Response) -> None:
        """Send a response."""
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        self.send_header("content-length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 its name in http.server
        """Say nothing: the log is for what the functions write."""


class Stack(NamedTuple):
    """Both sites and the world."""

    world: World
    site: Site
    form: Site


@contextmanager
def stack(port: int, form_port: int, template_path: Path = template.PATH) -> Iterator[Stack]:
    """Serve the world on two ports until the context ends; port 0 is any free one."""
    with (
        Site(port) as site,
        Site(form_port) as form,
        World(template_path, base_url=site.url, form_url=form.url) as world,
        site.serving(lambda request, send: serve(world, request, send)),
        form.serving(lambda request, send: send(form_site.answer(world, request))),
    ):
        yield Stack(world, site, form)


def serve(world: World, request: Request, send: Send) -> None:
    """Answer in turn; what follows from it happens in the same turn, unless there is a crowd.

    So mails of posts that come one by one are sent one by one. Those of a crowd are sent in batches, when
    somebody looks at the mails or moves the clock: on AWS mailing keeps no visitor waiting.
    """
    with world.turns:
        response = _answer(world, request)
        alone = not world.turns.someone_waits()
        try:
            send(response)
        finally:
            if alone:
                world.pump(most=_CROWD)


def _answer(world: World, request: Request) -> Response:
    return api.answer(world, request) or control.answer(world, request) or world.answer(request)
