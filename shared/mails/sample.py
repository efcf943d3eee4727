"""A mail of each kind that can have an own paragraph, to somebody who does not exist: to be looked at."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.mail import Mail, PersonalLinks
from shared.domain.network.network import Network
from shared.domain.network.paragraphs import ParagraphKind
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, Registration, State
from shared.domain.rule.reminder import next_reminder
from shared.domain.schools.school import School
from shared.mails import registrant

_SCHOOLS = {"nl": "Voorbeeldschool", "en": "Example School"}
_LINKS = PersonalLinks("https://tweetal.example/me", "https://tweetal.example/join")
_BEFORE = timedelta(days=7)


def sample_mail(network: Network, kind: ParagraphKind) -> Mail:
    """Write a mail as it goes a week before the deadline, or at the deadline if that decides it."""
    robin, minimum = _robin(network), network.rule.min_per_school
    short, complete = _school(robin, max(1, minimum - 1)), _school(robin, minimum)
    today = network.deadline_day - _BEFORE
    remind = next_reminder(network, today)
    match kind:
        case "confirmation":
            return registrant.confirmation(network, robin, short, _LINKS, remind)
        case "invited":
            return registrant.invited(network, robin, replace(robin, name="Sam Visser"), complete, _LINKS)
        case "complete":
            return registrant.complete(network, robin, complete, _LINKS, robin.received_at)
        case "reminder":
            return registrant.reminder(network, robin, short, _LINKS, today, remind)
        case "admitted":
            return registrant.admitted(network, robin, _LINKS, network.closes_at)
        case "held":
            return registrant.held(network, _decided(robin, State.HELD, network), short, _LINKS)
        case "declined":
            return registrant.declined(network, _decided(robin, State.DECLINED, network), short, _LINKS)


def _robin(network: Network) -> Registration:
    at = network.closes_at - _BEFORE
    return Registration(
        network.id,
        "robin",
        f"{network.prefix}-7K3MQ2XD",
        State.REGISTERED,
        "Robin Bos",
        "robin@school.example",
        _SCHOOLS[network.language],
        at,
        history=(Change(at, State.REGISTERED, "person"),),
    )


def _decided(robin: Registration, state: State, network: Network) -> Registration:
    return robin.become(state, network.closes_at, "check", reason=Reason(ReasonCode.SHORT, people=1))


def _school(robin: Registration, people: int) -> School:
    counted = (robin,) * people
    return School("sample", robin.school, "", counted, counted, ())
