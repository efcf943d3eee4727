"""Swaps the origin of the form site with that of the real site, so that no function sees the difference."""

from dataclasses import replace

from local.web import RawRequest, Response

_POLICY = "content-security-policy"


def names_of(url: str) -> tuple[str, str]:
    """Return both names that a browser on this machine may use for an origin."""
    return url.replace("//localhost", "//127.0.0.1"), url.replace("//127.0.0.1", "//localhost")


def to_function(request: RawRequest, form_site: str, real: str) -> RawRequest:
    """Make a request from the form site look like a request from the real site."""
    if request.header("origin") not in names_of(form_site):
        return request
    headers = tuple((name, real if name.lower() == "origin" else value) for name, value in request.headers)
    return replace(request, headers=headers)


def to_browser(response: Response, request: RawRequest, form_site: str, real: str) -> Response:
    """Make a response lead to the form site, for a browser on the form site or on one of our pages."""
    origin = request.header("origin")
    if origin == real:
        return response
    stand_in = origin if origin in names_of(form_site) else form_site
    is_local = stand_in == origin or origin == f"http://{request.header('host')}"

    def swap(name: str, value: str) -> str:
        if name == _POLICY:  # our page may post to an address that redirects to the form site
            return value.replace(real, f"{real} {stand_in}")
        if is_local and name == "location" and value.startswith(f"{real}/"):
            return value.replace(real, stand_in, 1)
        return stand_in if name == "access-control-allow-origin" and value == real else value

    return replace(response, headers=tuple((name, swap(name, value)) for name, value in response.headers))
