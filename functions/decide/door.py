"""Signing in and out: a mailed code, typed once, becomes a session; nobody gets in without the mailbox."""

from datetime import timedelta
from typing import NamedTuple

from shared.access.code_requests import AN_HOUR, CodeLimit, CodeRequest
from shared.access.ended_sessions import EndedSessions
from shared.access.links import Links
from shared.access.organiser import OrganiserRequest
from shared.access.session_cookie import code_browser_of, with_code_browser, with_session, without_session
from shared.access.sign_in import TRIES, SignIn
from shared.access.sign_ins import SignIns
from shared.domain.form.client_bucket import client_bucket
from shared.http import Response, page, redirect
from shared.log import logger, measure
from shared.pages.organiser import door_page
from shared.phrases import dutch
from shared.request import posted_fields

_LOG = logger("decide")
_A_MINUTE = timedelta(minutes=1)
_AT_ONCE = 25  # requests for codes of one organiser at the same moment, each of which the others may precede
_SENT = "We hebben je een code gemaild. Hij werkt alleen in deze browser, tot {} uur."
_TOO_SOON = "We hebben je net een code gemaild. Een nieuwe kan na een minuut."
_TOO_MANY = (
    "Er is te vaak een code gevraagd. We mailen je nu geen nieuwe. "
    "Open het overzicht uit een ander rapport, of probeer het over een uur."
)
_AGAIN = "Probeer het nog een keer."
_ELSEWHERE = "Een code werkt alleen in de browser waarin je hem vroeg. Vraag hier een nieuwe."
_SESSION_ENDED = "Je was te lang weg. Log opnieuw in."
_CODE_ENDED = "Die code werkt niet meer. Vraag een nieuwe."


class Door(NamedTuple):
    """The forms that an organiser sees before signing in; `new_id` is for a code or a session."""

    visit: OrganiserRequest
    sign_ins: SignIns
    links: Links
    new_id: str
    metrics: str

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
        at, earlier = self.visit.request.at, self._sign_in_of_browser()
        has_code = earlier is not None and earlier.is_valid(at)
        if earlier and has_code and at - earlier.requested_at < _A_MINUTE:
            return self.show(text=_TOO_SOON, has_code=True)
        if limit := self._count_request():
            self._note_failure(limit)
            return self.show(429, *(_TOO_MANY, "") if has_code else ("", _TOO_MANY), has_code=has_code)
        sign_in = SignIn(network, organiser, self.new_id, at)
        if not self.sign_ins.save(sign_in):
            return self.show(503, error=_AGAIN)
        kept = self.links.browser(self.visit.organiser, sign_in)
        ends = dutch.clock(self.visit.network.local(sign_in.ends))
        return with_code_browser(self.show(text=_SENT.format(ends), has_code=True), kept, self.visit.home)

    def _count_request(self) -> CodeLimit | None:
        """Count one more request for a code; return the limit that it meets, and count nothing then."""
        network, at, client = self.visit.network, self.visit.request.at, self.visit.request.visitor
        place, earlier_place = (client_bucket(client, network.id, hour) for hour in (at, at - AN_HOUR))
        new = CodeRequest(at, self.visit.report, place)
        for _ in range(_AT_ONCE):
            requests = self.sign_ins.requests(network.id, self.visit.organiser.person_key)
            limit = requests.limit_met_by(new, network.local(at).date(), earlier_place)
            if limit or self.sign_ins.save_requests(requests.with_request(new)):
                return limit
        return CodeLimit.MAILBOX

    def _try_code(self, digits: str) -> Response:
        """Count the try before answering, so that tries at the same moment learn nothing."""
        earlier = self._sign_in_of_browser()
        if earlier is None:
            self._note_failure("other_browser")
            return self.show(403, error=_ELSEWHERE)
        if not earlier.is_valid(self.visit.request.at):
            self._note_failure("ended_code")
            return self.show(403, error=_CODE_ENDED)
        is_right = self.links.is_code(earlier, digits)
        sign_in = earlier.after_try(is_right)
        if not self.sign_ins.save(sign_in):
            return self.show(403, error=_AGAIN, has_code=True)
        if is_right:
            return self._start_session()
        self._note_failure("wrong_code")
        return self._show_tries_left(sign_in)

    def _sign_in_of_browser(self) -> SignIn | None:
        """Return the code that this browser requested; None if it requested none in the last minutes."""
        visit = self.visit
        id_ = self.links.read_browser(code_browser_of(visit.request), visit.organiser, visit.request.at)
        return self.sign_ins.get(visit.network.id, visit.organiser.person_key, id_) if id_ else None

    def _note_failure(self, kind: str) -> None:
        """Log and count that somebody did not get in, for the operator's alarm."""
        network = self.visit.network.id
        measure(self.metrics, "SignInFailed", 1, "Count", {"service": "decide"}, network=network, kind=kind)

    def _start_session(self) -> Response:
        _LOG.info("signed in", network=self.visit.network.id)
        session = self.links.session(self.visit.organiser, self.visit.request.at, self.new_id)
        return with_session(redirect(self.visit.url(self.visit.page)), session, self.visit.home)

    def _show_tries_left(self, sign_in: SignIn) -> Response:
        left = TRIES - sign_in.tries
        if not left:
            return self.show(403, error=_CODE_ENDED)
        more = f"Je kunt het nog {dutch.count(left, 'keer', 'keer')} proberen."
        return self.show(403, error=f"Die code klopt niet. {more}", has_code=True)


def sign_out(visit: OrganiserRequest, ended_sessions: EndedSessions) -> Response:
    """Sign an organiser out: the session ends here as well as in this browser."""
    ended_sessions.end(visit.network.id, visit.session, visit.request.at)
    return without_session(redirect(visit.home), visit.home)
