"""The sockets: two sites on 127.0.0.1, with one world behind them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from local import api, control, form_site, gateway, post_room, template
from local.web import RawRequest, Response, json_response
from local.world import World

_CROWD = 10  # stream records; the mails of more records take seconds
_ACTS = ("/me/", "/organiser/", "/links/", "/_local/room/check")  # posts of people, who take their time

Send = Callable[[Response], None]
Serve = Callable[[RawRequest, Send], None]


class Site(ThreadingHTTPServer):
    """One site, on its own port."""

    request_queue_size = 1024  # hundreds may connect at once
    daemon_threads = True
    serve: Serve

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore a client that closes the connection."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # passed on unchanged

    @property
    def url(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self.server_port}"

    @contextmanager
    def serving(self, serve: Serve) -> Iterator[None]:
        """Serve each request in its own thread until the context ends."""
        self.serve = serve
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            thread.join()


class Connection(BaseHTTPRequestHandler):
    """One connection of a client, which may send several requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60
    server: Site

    def answer(self) -> None:
        """Read a request and serve it."""
        length = self.headers.get("content-length", "0")
        if "transfer-encoding" in self.headers:
            return self.refuse(json_response(411, {"message": "Length Required"}))
        if not length.isdecimal():
            return self.refuse(json_response(400, {"message": "Bad Request"}))
        if int(length) > gateway.LARGEST_BODY:
            return self.refuse(gateway.TOO_LARGE)
        headers = tuple(self.headers.items())
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise ConnectionAbortedError
        request = RawRequest(self.command, self.path, headers, body, self.client_address[0])
        return self.server.serve(request, self.send)

    # http.server looks for these names.
    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer  # noqa: N815 names of http.server

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

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 a name of http.server
        """Write no line per request: the output is for the logs of the functions."""


class Stack(NamedTuple):
    """Both sites and the world."""

    world: World
    site: Site
    form: Site


@contextmanager
def stack(port: int, form_port: int, template_path: Path = template.PATH) -> Iterator[Stack]:
    """Serve the world on two ports until the context ends; port 0 takes any free port."""
    with (
        Site(port) as site,
        Site(form_port) as form,
        World(template_path, base_url=site.url, form_url=form.url) as world,
        site.serving(lambda request, send: serve(world, request, send)),
        form.serving(lambda request, send: send(form_site.answer(world, request))),
    ):
        yield Stack(world, site, form)


def serve(world: World, request: RawRequest, send: Send) -> None:
    """Answer in turn, and process what follows in the same turn, unless other requests wait.

    So the mails of single posts go out one by one. The mails of a crowd go out in batches, as soon as
    somebody looks at the mails or moves the clock: on AWS, no visitor waits for a mail.
    """
    with world.turns:
        response = _answer(world, request)
        if _is_act(request):
            world.go_on()
        is_alone = not world.turns.has_waiters()
        try:
            send(response)
        finally:
            if is_alone:
                world.pump(most=_CROWD)


def _is_act(request: RawRequest) -> bool:
    """Tell whether somebody pressed a button, in the control room or on a page."""
    is_browser = request.header("sec-fetch-mode") == "navigate"
    return request.method == "POST" and (is_browser or request.path.startswith(_ACTS))


def _answer(world: World, request: RawRequest) -> Response:
    return (
        api.answer(world, request)
        or control.answer(world, request)
        or post_room.answer(world, request)
        or world.answer(request)
    )
