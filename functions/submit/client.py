"""Who posts: a browser, a script, an API client or a server. Answers differ by it."""

from enum import StrEnum

from shared.request import Request


class Client(StrEnum):
    """The kinds of clients, each of which takes another answer for a success."""

    BROWSER = "browser"  # a person who submits a form: gets pages
    SCRIPT = "script"  # a page's script: gets JSON, with CORS
    API = "api"  # a program that asks for JSON: gets 201, or 422 for what it can mend
    SERVER = "server"  # a form's software, without anybody at hand: gets 200 for all that we could read


def client_of(request: Request) -> Client:
    """Return who posts, told from what browsers add by themselves (Fetch, "Sec-Fetch" and "Origin")."""
    headers = request.headers
    accept, mode = headers.get("accept", "").lower(), headers.get("sec-fetch-mode", "")
    if "accept" not in headers and "origin" in headers and _is_form(headers.get("content-type", "")):
        return Client.BROWSER  # scripts always send what they accept (Fetch, "Main fetch", 13)
    if mode == "navigate" or ("text/html" in accept and mode not in ("cors", "no-cors")):
        return Client.BROWSER
    if mode or "x-requested-with" in headers or "hx-request" in headers or "origin" in headers:
        return Client.SCRIPT
    return Client.API if accept.split(";")[0].strip() == "application/json" else Client.SERVER


def _is_form(content_type: str) -> bool:
    return content_type.lower().startswith(("application/x-www-form-urlencoded", "multipart/form-data"))
