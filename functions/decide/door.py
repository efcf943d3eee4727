"""Signing in and out: a mailed code, typed once, becomes a session; nobody gets in without the mailbox."""

from typing import NamedTuple

from shared.access.links import Links
from shared.access.organiser import OrganiserRequest
from shared.access.session_cookie import with_session, without_session
from shared.access.sign_in import TRIES, SignIn, request_code
from shared.access.sign_ins import SignIns
from shared.http import Response, page, redirect
from shared.pages.organiser import door_page
from shared.phrases import dutch
from shared.request import posted_fields

_SENT = "We hebben je een code gemaild. Hij werkt tien minuten."
_TOO_SOON = "Er is net al een code gemaild. Een nieuwe kan na een minuut, en hoogstens tien keer per dag."
_SESSION_ENDED = "Je was te lang weg. Log opnieuw in."
_CODE_ENDED = "Die code werkt niet meer. Vraag een nieuwe."


class Door(NamedTuple):
    """The forms that an organiser sees before signing in."""

    visit: OrganiserRequest
    sign_ins: SignIns
    links: Links

    def show(self, status: int = 200, text: str = "", error: str = "", has_code: bool = False) -> Response:
        """Show the page with a button that mails a code or, with `has_code`, a field to type it."""
        html = door_page(self.visit.network, self.visit.address, text, error, has_code)
        return page(status, html, form_to="")

    def answer(self) -> Response:
        """Carry out the form that was posted."""
        if not self.visit.request.is_from_our_page:
            return self.show(403)
        fields = posted_fields(self.visit.request)
        if "code" in fields:
            return self._try_code("".join(fields["code"].split()))
        if fields.get("do") != "ask":
            return self.show(403, error=_SESSION_ENDED)
        # Link scanners press buttons too, and would mail a code for each report; only a person sets a tick.
        return (
            self._mail_code() if fields.get("sure") == "yes" else self.show(422, error=dutch.MISTAKES["sure"])
        )

    def _mail_code(self) -> Response:
        network, organiser, _ = self.visit.organiser
        latest = self.sign_ins.latest(network, organiser)
        new = request_code(latest, network, organiser, self.visit.request.id, self.visit.request.at)
        is_sent = new is not None and self.sign_ins.save(new)
        return self.show(text=_SENT if is_sent else _TOO_SOON, has_code=True)

    def _try_code(self, digits: str) -> Response:
        """Count the try before answering, so that tries at the same moment learn nothing."""
        network, organiser, _ = self.visit.organiser
        latest = self.sign_ins.latest(network, organiser)
        if latest is None or not latest.is_valid(self.visit.request.at):
            return self.show(403, error=_CODE_ENDED)
        is_right = self.links.is_code(latest, digits)
        sign_in = latest.after_try(is_right)
        if not self.sign_ins.save(sign_in):
            return self.show(403, error="Probeer het nog een keer.", has_code=True)
        return self._start_session() if is_right else self._show_tries_left(sign_in)

    def _start_session(self) -> Response:
        session = self.links.session(self.visit.organiser, self.visit.request.at)
        return with_session(redirect(self.visit.url(self.visit.page)), session, self.visit.home)

    def _show_tries_left(self, sign_in: SignIn) -> Response:
        left = TRIES - sign_in.tries
        if not left:
            return self.show(403, error=_CODE_ENDED)
        more = f"Je kunt het nog {dutch.count(left, 'keer', 'keer')} proberen."
        return self.show(403, error=f"Die code klopt niet. {more}", has_code=True)


def sign_out(visit: OrganiserRequest) -> Response:
    """Sign an organiser out of this browser."""
    return without_session(redirect(visit.home), visit.home)
