"""The web site of the organisation, with its own form, which posts to our API from another origin."""

from pathlib import Path
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from local.web import RawRequest, Response, html_response
from local.world import World
from shared.phrases import dutch

TEMPLATES = Path(__file__).parent / "templates"
_PAGES = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
_PAGES.globals["dutch"] = dutch


def answer(world: World, request: RawRequest) -> Response:
    """Answer a request of a visitor to the site."""
    network = next(iter(world.networks.values()), None)
    page = _PATHS.get(request.path)
    if page is None or network is None or request.method not in ("GET", "HEAD"):
        return html_response(_PAGES.get_template("form_404.html").render(network=network), 404)
    if page.endswith(".js"):
        return Response(
            200, (("content-type", "text/javascript; charset=utf-8"),), (TEMPLATES / page).read_bytes()
        )
    reference = parse_qs(request.query).get("reference", [""])[0]
    values = {"network": network, "api": world.base_url, "reference": reference}
    return html_response(_PAGES.get_template(page).render(values))


_PATHS = {
    "/": "form.html",
    "/bedankt": "form_thanks.html",
    "/aanmelden.js": "form.js",
}
