"""The invented people and schools of the mail tests, and every mail that they can get."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from shared.domain.actions.registrant import add_invitation
from shared.domain.mail import Mail, PersonalLinks
from shared.domain.message import Audience, Message, MessageGroup
from shared.domain.network.network import Network, read_network
from shared.domain.network.sessions import session_entries
from shared.domain.network.version_history import closing
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.colleague import replaced
from shared.domain.registration.identity import make_reference
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import ORGANISER, Change, Registration, State
from shared.domain.report.report import Report
from shared.domain.schools.school import School, schools
from shared.mails import on_request, registrant
from shared.mails.calendar import CalendarRevision
from shared.mails.code import code_mail
from shared.mails.message import message_mail
from shared.mails.together import together

PLG_FILE = Path(__file__).parents[3] / "networks" / "plg-2023.toml"
PLG = read_network(PLG_FILE.read_text(encoding="utf-8"), "networks/plg-2023.toml")
ENGLISH = PLG.model_copy(
    update={
        "language": "en",
        "title": "Learning Network Professional Learning Communities (PLG)",
        "sessions": tuple(s.model_copy(update={"place": "near Utrecht"}) for s in PLG.sessions),
    }
)
LINKS = PersonalLinks(me="https://tweetal.example/me/noor", forward="https://tweetal.example/join/noor")
ADDRESS_LINK = "https://tweetal.example/me/new"
PAGES = "https://tweetal.example/organiser/sanne"
EARLY = datetime(2023, 3, 20, 8, tzinfo=UTC)
DECIDED = datetime(2023, 4, 15, 5, tzinfo=UTC)
LOST = datetime(2023, 5, 11, 5, tzinfo=UTC)
LATE = datetime(2023, 4, 15, 10, tzinfo=UTC)


def person(name: str = "Noor van Dijk", /, **other: Any) -> Registration:
    """A registered person, whose address and reference follow from their name."""
    key = name.casefold().replace(" ", ".")
    defaults: dict[str, Any] = {
        "network": PLG.id,
        "person_key": key,
        "reference": make_reference("PLG", key),
        "state": State.REGISTERED,
        "name": name,
        "email": f"{key}@school.example",
        "school": "Montessori Lyceum",
        "place": "Zeist",
        "received_at": EARLY,
    }
    made = Registration(**(defaults | other))
    return made if made.history else replace(made, history=(Change(made.received_at, made.state, "person"),))


def school(*people: Registration) -> School:
    """The one school of these people."""
    (only,) = schools(people)
    return only


def waiting(here: School) -> School:
    """A school whose people wait for a place."""
    return replace(here, waiting={r.person_key: ReasonCode.NETWORK_FULL for r in here.counted})


NOOR = person()
PIET = person("Piet Jansen", role="teamleider", phone="06 - 12 34 56 78", invited_by=NOOR.reference)
RECORD = MailRecord(PLG.id, "m1", "confirmation", NOOR.reference, MailState.DELIVERED, EARLY)
MESSAGE = Message(
    PLG.id,
    date(2023, 4, 20),
    1,
    DECIDED,
    "info@leren.example",
    "",
    "Het programma van 10 mei",
    "Tot 10 mei!\n\nNeem mee:\n- je rooster\n- een vraag over <je school>\n\nGroet, Sanne",
    "https://www.voortgezetleren.nl/programma.pdf",
    Audience((MessageGroup.COMING,), session="2023-05-10"),
    (NOOR.reference, PIET.reference),
)
IN_ENGLISH = replace(
    MESSAGE,
    subject="The programme of 10 May",
    text="See you on 10 May!\n\nPlease bring:\n- your timetable\n- a question about <your school>\n\nSanne",
)
ALONE, PAIR = school(NOOR), school(NOOR, PIET)


def mails(noor: Registration = NOOR, piet: Registration = PIET, network: Network = PLG) -> dict[str, Mail]:
    """Every mail to a registrant, by the name of its golden file."""
    alone, pair = school(noor), school(noor, piet)
    waiting_alone, waiting_pair = waiting(alone), waiting(pair)
    late = replace(noor, state=State.LATE, received_at=LATE)
    short = Reason(ReasonCode.SHORT, people=1)
    declined = noor.become(State.DECLINED, DECIDED, "check", reason=short)
    was_admitted = noor.become(State.ADMITTED, DECIDED, "check", reason=Reason(ReasonCode.COMPLETE, people=2))
    lost = Reason(
        ReasonCode.REPAIR_ENDED, piet.reference, people=1, until=date(2023, 5, 10), day=date(2023, 5, 3)
    )
    gone = piet.become(State.ADMITTED, DECIDED, "check").become(State.CANCELLED, LATE, "person")
    reopened = closing(network, datetime(2023, 5, 5, 22, tzinfo=UTC))
    full = Reason(ReasonCode.NETWORK_FULL)
    left = noor.become(State.ADMITTED, DECIDED, "check", "").become(State.CANCELLED, LATE, "person", "")
    window = network.registration.model_copy(update={"confirm": "always"})
    confirms = network.model_copy(update={"registration": window})
    new, brought = replace(noor, unconfirmed_since=EARLY), replace(piet, unconfirmed_since=EARLY)
    in_vain = Reason(ReasonCode.UNCONFIRMED)
    uncounted = new.become(State.UNCONFIRMED, EARLY, "check", reason=in_vain)
    without = school(noor, brought.become(State.UNCONFIRMED, EARLY, "check", reason=in_vain))
    own = "Parkeren kan <achter> de school." if network.language == "nl" else "Park <behind> the school."
    adds = network.model_copy(update={"paragraphs": {"confirmation": own}})
    made = {
        "confirmation-paragraph": registrant.confirmation(adds, noor, pair, LINKS, None),
        "confirmation-short": registrant.confirmation(network, noor, alone, LINKS, date(2023, 3, 31)),
        "confirmation-awaited": registrant.confirmation(
            network, replace(noor, without_address=("Jan Bos",)), alone, LINKS, date(2023, 3, 31)
        ),
        "confirmation-complete": registrant.confirmation(network, noor, pair, LINKS, None),
        "confirmation-waiting": registrant.confirmation(network, noor, waiting_pair, LINKS, None),
        "confirmation-waiting-short": registrant.confirmation(network, noor, waiting_alone, LINKS, None),
        "complete-waiting": registrant.complete(network, noor, waiting_pair, LINKS, EARLY),
        "waiting": registrant.about_places(network, noor, waiting_pair, LINKS, EARLY),
        "place": registrant.about_places(network, noor, pair, LINKS, EARLY),
        "confirmation-by-hand": registrant.confirmation(
            network, replace(noor, invited_by=ORGANISER), alone, LINKS, None
        ),
        "confirmation-to-confirm": registrant.confirmation(confirms, new, alone, LINKS, None),
        "invited-to-confirm": registrant.invited(confirms, brought, noor, pair, LINKS),
        "admitted-to-confirm": registrant.admitted(
            confirms, new.become(State.ADMITTED, DECIDED, "person"), LINKS, DECIDED
        ),
        "confirm": registrant.confirm(confirms, new, LINKS),
        "unconfirmed": registrant.unconfirmed(confirms, uncounted, alone, LINKS),
        "changed-unconfirmed": registrant.changed(network, noor, without, LINKS, EARLY),
        "invited": registrant.invited(network, piet, noor, pair, LINKS),
        "complete": registrant.complete(network, noor, pair, LINKS, EARLY),
        "changed": registrant.changed(network, noor, alone, LINKS, EARLY),
        "changed-waived": registrant.changed(network, noor, replace(alone, is_waived=True), LINKS, EARLY),
        "changed-by-loss": registrant.changed(
            network, noor, school(noor, piet.become(State.CANCELLED, EARLY, "person", "")), LINKS, EARLY
        ),
        "cancelled": registrant.cancelled(
            network, noor.become(State.CANCELLED, EARLY, "person", ""), alone, LINKS
        ),
        "cancelled-by-hand": registrant.cancelled(
            network, noor.become(State.CANCELLED, EARLY, "sanne@x.example", ""), alone, LINKS
        ),
        "cancelled-replaced": registrant.cancelled(network, *_replaced(noor), LINKS),
        "reminder": registrant.reminder(network, noor, alone, LINKS, date(2023, 4, 7), date(2023, 4, 12)),
        "deadline-short": registrant.deadline(
            network, noor, alone, LINKS, _earlier(network), date(2023, 4, 7), EARLY
        ),
        "deadline-complete": registrant.deadline(network, noor, pair, LINKS, _earlier(network), None, EARLY),
        "deadline-waiting": registrant.deadline(
            network, noor, waiting_pair, LINKS, _earlier(network), None, EARLY
        ),
        "deadline-held": registrant.deadline(
            network,
            noor.become(State.HELD, DECIDED, "check", reason=short),
            alone,
            LINKS,
            _earlier(network),
            None,
            EARLY,
        ),
        "deadline-admitted": registrant.deadline(
            network,
            noor.become(State.ADMITTED, DECIDED, "check"),
            pair,
            LINKS,
            _earlier(network),
            None,
            EARLY,
        ),
        "deadline-repair": registrant.deadline(
            reopened, was_admitted, school(was_admitted, gone), LINKS, network, None, LATE
        ),
        "deadline-late-past": registrant.deadline(
            network, late, school(late, piet), LINKS, reopened, None, LATE
        ),
        "deadline-late": registrant.deadline(
            network, late, school(late, piet), LINKS, _earlier(network), None, EARLY
        ),
        "deadline-unknown": registrant.deadline(network, noor, alone, LINKS, None, None, EARLY),
        "deadline-past": registrant.deadline(
            network,
            noor,
            alone,
            LINKS,
            closing(network, LATE + timedelta(milliseconds=1)),
            None,
            LATE,
        ),
        "late": registrant.late(network, late, LINKS),
        "late-invited": registrant.late(
            network, replace(piet, state=State.LATE, received_at=LATE), LINKS, noor
        ),
        "admitted": registrant.admitted(network, noor, LINKS, DECIDED),
        "admitted-by-hand": registrant.admitted(network, replace(noor, invited_by=ORGANISER), LINKS, DECIDED),
        "moved": registrant.moved(network, noor, LINKS, _entries(network), CalendarRevision(DECIDED, (), 1)),
        "upcoming": registrant.upcoming(network, noor, LINKS, network.sessions[1]),
        "held": registrant.held(
            network, noor.become(State.HELD, DECIDED, "check", reason=short), alone, LINKS
        ),
        "held-after-loss": registrant.held(
            network, was_admitted.become(State.HELD, LOST, "check", reason=lost), alone, LINKS
        ),
        "held-waiting": registrant.held(
            network, noor.become(State.HELD, DECIDED, "check", reason=full), waiting_pair, LINKS
        ),
        "held-by-hand": registrant.held(
            network, noor.become(State.HELD, DECIDED, "sanne@x.example"), alone, LINKS
        ),
        "declined-after-loss": registrant.declined(
            network, was_admitted.become(State.DECLINED, LOST, "check", reason=lost), alone, LINKS
        ),
        "declined": registrant.declined(network, declined, school(declined), LINKS),
        "unreachable": registrant.unreachable(network, noor, LINKS, by_link=False, may_correct=True),
        "unreachable-by-link": registrant.unreachable(network, noor, LINKS, by_link=True, may_correct=False),
        "already": on_request.already(network, noor, LINKS),
        "cancelled-admitted": registrant.cancelled(network, left, alone, LINKS),
        "address": on_request.address(network, noor, LINKS._replace(address=ADDRESS_LINK)),
        "readdressed": on_request.readdressed(network, noor, LINKS),
        "links": on_request.links(network, noor, LINKS),
        "data": on_request.data(network, noor, LINKS, [RECORD]),
        "invitation": on_request.invitation(
            network, add_invitation(noor, "piet@school.example", EARLY), alone, LINKS, EARLY
        ),
    }
    message = MESSAGE if network.language == "nl" else IN_ENGLISH
    to_both = [message_mail(network, message, [(person, LINKS)]) for person in (noor, piet)]
    of_piet = registrant.admitted(network, piet, LINKS, DECIDED)
    return made | {
        "message": to_both[0],
        "message-shared": together(to_both),
        "together-admitted": together([made["admitted"], of_piet]),
        "together-evening": together([made["already"], made["complete"], made["invited"]]),
        "together-one": together([made["already"], made["complete"]]),
        "together-many": together([made["held"], made["late-invited"]] * 5),
    }


def _earlier(network: Network) -> Network:
    """The network with the deadline that it had at first: 14 March."""
    return closing(network, network.end_of_day(EARLY, -6))


def _replaced(noor: Registration) -> tuple[Registration, School]:
    """Noor as she leaves, and her school with Hugo in her place."""
    left, came = replaced(
        noor, "Hugo Pot", "hugo@school.example", "seed", Change(EARLY, noor.state, "person")
    )
    return left, school(left, came)


def _entries(network: Network) -> tuple[str, ...]:
    """The second session a week earlier, and a fifth that there was."""
    first, second, third, fourth = network.sessions
    was = second.model_copy(update={"date": second.date - timedelta(days=7)})
    fifth = fourth.model_copy(update={"date": date(2023, 12, 12)})
    return session_entries(network.model_copy(update={"sessions": (first, was, third, fourth, fifth)}))


@cache
def every() -> Mapping[str, Mail]:
    """Every mail but the report, in every language that it has, by the name of its golden file."""
    by_language = ((network.language, mails(network=network)) for network in (PLG, ENGLISH))
    registrants = {
        f"{language}/{name}": mail for language, made in by_language for name, mail in made.items()
    }
    return MappingProxyType(registrants | {"code": code_mail(PLG, "042137", EARLY)})


def report_open() -> Report:
    """A report a week before the deadline, with something in every section."""
    jan = person("Jan Kok", place="Driebergen", extra={"dieet": "geen", "hoe gevonden": "site"})
    why = (Change(EARLY, State.QUARANTINED, "person", reason=Reason(ReasonCode.HONEYPOT)),)
    spam = person("Win op www.win.example", state=State.QUARANTINED, school="Casino", place="", history=why)
    people = [*_many(), NOOR, jan, spam, _left(EARLY + timedelta(hours=3))]
    lost = MailRecord(PLG.id, "m1", "confirmation", NOOR.reference, MailState.BOUNCED, EARLY)
    return Report(PLG, people, [lost], EARLY - timedelta(hours=1), datetime(2023, 4, 7, 5, tzinfo=UTC))


def report_closed() -> Report:
    """A report of the day after the decision: people taking part, held, and one who was late."""
    everyone = [*_many(), NOOR]
    decided = [
        r.become(State.HELD if s.missing(2) else State.ADMITTED, DECIDED, "check", reason=_reason(s))
        for s in schools(everyone)
        for r in s.registrations
    ]
    late = person("Lieke Vos", school="School 1", place="Ede", state=State.LATE, received_at=LATE)
    return Report(PLG, [*decided, late], [], DECIDED - timedelta(days=1), DECIDED + timedelta(days=1))


def _reason(school: School) -> Reason:
    missing, people = school.missing(2), len(school.counted)
    return Reason(ReasonCode.SHORT, people=missing) if missing else Reason(ReasonCode.COMPLETE, people=people)


def _many() -> list[Registration]:
    """Five schools, of which two with one person, that came in over some weeks."""
    return [
        person(
            f"{name} {letter}",
            school=f"School {number}",
            place="Ede",
            received_at=EARLY - timedelta(days=45 - 8 * number + 3 * (at // 2)),
        )
        for number, letter in enumerate("ABCDE", 1)
        for at, name in enumerate(("Emma", "Bram", "Dewi")[: 1 + number % 3])
    ]


def _left(at: datetime) -> Registration:
    return person("Kees Pot", school="School 2", place="Ede").become(State.CANCELLED, at, "person", "")
