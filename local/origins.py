"""The form site plays the organisation's real site: only the gateway's edge knows the difference."""

from dataclasses import replace

from local.web import Request, Response

_POLICY = "content-security-policy"


def names_of(url: str) -> tuple[str, str]:
    """Return both names under which a browser on this machine may know an origin."""
    return url.replace("//localhost", "//127.0.0.1"), url.replace("//127.0.0.1", "//localhost")


def to_function(request: Request, form_site: str, real: str) -> Request:
    """Present a request from the form site as one from the real site."""
    if request.header("origin") not in names_of(form_site):
        return request
    headers = tuple((name, real if name.lower() == "origin" else value) for name, value in request.headers)
    return replace(request, headers=headers)


def to_browser(response: Response, request: Request, form_site: str, real: str) -> Response:
    """Lead a browser that comes from the form site, or from a page of our own, back to the form site."""
    origin = request.header("origin")
    if origin == real:
        return response
    played = origin if origin in names_of(form_site) else form_site
    from_here = played == origin or origin == f"http://{request.header('host')}"

    def renamed(name: str, value: str) -> str:
        if name == _POLICY:  # a page of ours may post to what will lead to the form site
            return value.replace(real, f"{real} {played}")
        if from_here and name == "location" and value.startswith(f"{real}/"):
            return value.replace(real, played, 1)
        return played if name == "access-control-allow-origin" and value == real else value

    return replace(response, headers=tuple((name, renamed(name, value)) for name, value in response.headers))
