"""The door: a code by mail, typed once, becomes a session; without the mailbox nobody gets past it."""

from datetime import timedelta
from typing import NamedTuple

from shared.access.links import Links
from shared.access.organiser import COOKIE, OrganiserRequest
from shared.access.sign_in import SESSION, TRIES, SignIn, ask
from shared.aws.table import Table
from shared.http import Response, page, redirect, with_cookie
from shared.pages.organiser import door_page
from shared.phrases import dutch
from shared.request import posted_fields

_SENT = "We hebben je een code gemaild. Hij werkt tien minuten."
_LATELY = "Er is net al een code gemaild. Een nieuwe kan na een minuut, en hoogstens tien keer per dag."
_AWAY = "Je was te lang weg. Log opnieuw in."
_TICK = "Zet eerst het vinkje."
_OVER = "Die code werkt niet meer. Vraag een nieuwe."


class Door(NamedTuple):
    """What stands at the door of a visit."""

    visit: OrganiserRequest
    table: Table
    links: Links

    def show(self, status: int = 200, said: str = "", wrong: str = "", enter: bool = False) -> Response:
        """Show the door again: a button that mails a code, or where to type it."""
        html = door_page(self.visit.network, self.visit.address, said, wrong, enter)
        return page(status, html, form_to="")

    def knock(self) -> Response:
        """Do what a form at the door asks."""
        if not self.visit.asked.is_from_our_page:
            return self.show(403)
        fields = posted_fields(self.visit.asked)
        if "code" in fields:
            return self._enter("".join(fields["code"].split()))
        if fields.get("do") != "ask":
            return self.show(403, wrong=_AWAY)
        # Link scanners press buttons too; a tick only a person sets, or each report would mail a code.
        return self._ask() if fields.get("sure") == "yes" else self.show(422, wrong=_TICK)

    def _ask(self) -> Response:
        network, person, _ = self.visit.organiser
        before = self.table.sign_in(network, person)
        new = ask(before, network, person, self.visit.asked.id, self.visit.asked.at)
        sent = new is not None and self.table.keep_sign_in(new)
        return self.show(said=_SENT if sent else _LATELY, enter=True)

    def _enter(self, typed: str) -> Response:
        """Count the try before saying what came of it, so that tries at the same moment learn nothing."""
        now = self.visit.asked.at
        network, person, _ = self.visit.organiser
        found = self.table.sign_in(network, person)
        if found is None or not found.opens(now):
            return self.show(403, wrong=_OVER)
        right = self.links.is_code(found, typed)
        tried = found.tried(right)
        if not self.table.keep_sign_in(tried):
            return self.show(403, wrong="Probeer het nog een keer.", enter=True)
        return self._open() if right else self._wrong(tried)

    def _open(self) -> Response:
        session = self.links.session(self.visit.organiser, self.visit.asked.at)
        return with_cookie(
            redirect(self.visit.url(self.visit.page)), COOKIE, session, self.visit.home, SESSION
        )

    def _wrong(self, tried: SignIn) -> Response:
        left = TRIES - tried.tries
        if not left:
            return self.show(403, wrong=_OVER)
        more = f"Je kunt het nog {dutch.count(left, 'keer', 'keer')} proberen."
        return self.show(403, wrong=f"Die code klopt niet. {more}", enter=True)


def leave(visit: OrganiserRequest) -> Response:
    """Sign an organiser out of this browser."""
    return with_cookie(redirect(visit.home), COOKIE, "", visit.home, timedelta())
