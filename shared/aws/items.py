"""Items of the table: how each kind is written and read."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from sys import intern
from typing import Any

from shared.aws import keys
from shared.aws.first_reasons import reason_and_note
from shared.aws.versions import check, newest
from shared.domain.decision import SCHOOL_RULINGS, Decision, Kind
from shared.domain.network.fields import TYPED_FIELDS
from shared.domain.outbox import MailRecord, MailState, ReportRequest
from shared.domain.registration.reason import Reason, ReasonCode
from shared.domain.registration.registration import Change, EarlierTyping, Invitation, Registration, State

_TEXTS = ("reference", *TYPED_FIELDS)
_INSTANTS = (
    "again_at",
    "reminded_at",
    "links_at",
    "data_at",
    "resent_at",
    "new_email_at",
    "unconfirmed_since",
    "confirmed_at",
)
_DATES = ("reminded_of", "session_reminded")
_OPTIONAL = (
    "invited_by",
    "via",
    "reminded",
    "origin",
    "unjudged",
    "posted_from",
    "mail_domain",
)
_MAPPINGS = ("extra", "again", "questions", "consents")
_ADDRESSES = ("new_email", "former_email")


def stamp(at: datetime) -> str:
    """Write an instant so that instants sort as text: "2023-04-14T21:59:59.900Z"."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """Read an instant."""
    return datetime.fromisoformat(text)


def from_registration(r: Registration) -> dict[str, Any]:
    """Write a registration, without the attributes that are empty."""
    item = {key: getattr(r, key) for key in (*_TEXTS, *_ADDRESSES, *_OPTIONAL, *_MAPPINGS)}
    return {
        **{key: value for key, value in item.items() if value not in ("", None, {})},
        **{key: stamp(at) for key in _INSTANTS if (at := getattr(r, key))},
        **{key: day.isoformat() for key in _DATES if (day := getattr(r, key))},
        "pk": keys.registrations_of(r.network),
        "sk": r.person_key,
        "state": r.state.value,
        "received_at": stamp(r.received_at),
        "history": [_from_change(change) for change in r.history],
        **({"without_address": list(r.without_address)} if r.without_address else {}),
        **({"links_version": r.links_version} if r.links_version else {}),
        **({"links_by_owner": True} if r.links_by_owner else {}),
        **(
            {"invitations": [{"email": i.email, "at": stamp(i.at)} for i in r.invitations]}
            if r.invitations
            else {}
        ),
        **({"earlier_typings": list(map(_from_typing, r.earlier_typings))} if r.earlier_typings else {}),
        "revision": r.revision,
        **(
            {"v": newest("REGISTRATION")}
            if any(change.state is State.UNCONFIRMED for change in r.history)
            else {}
        ),
    }


def to_registration(item: Mapping[str, Any]) -> Registration:
    """Read a registration; raise `UnknownVersionError` if a later release wrote it."""
    check(item)
    stored = {name: reader(value) for name, value in item.items() if (reader := _READERS.get(name))}
    own = {"network": intern(keys.network_of(item)), "person_key": item["sk"]}
    return Registration(**{**_REQUIRED, **stored, **own})


def _many(reader: Callable[[Any], Any]) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    return lambda values: tuple(map(reader, values))


def address_pointer(network: str, key: str, person_key: str) -> dict[str, Any]:
    """Write that the person who registers with an address, whose key this is, has another key already."""
    return {"pk": keys.registrations_of(network), "sk": key, "person_key": person_key}


def is_pointer(item: Mapping[str, Any]) -> bool:
    """Say whether an item of the registrations only points to a person who corrected their address."""
    return "person_key" in item


def _instant_or_none(item: Mapping[str, Any], key: str) -> datetime | None:
    return instant(item[key]) if key in item else None


def _date_or_none(item: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(item[key]) if key in item else None


def _from_typing(typing: EarlierTyping) -> dict[str, Any]:
    texts = {"school": typing.school, "place": typing.place, "brin": typing.brin, "via": typing.via}
    return {**{name: text for name, text in texts.items() if text}, "until": stamp(typing.until)}


def _to_typing(item: Mapping[str, Any]) -> EarlierTyping:
    school, place, brin, via = (item.get(name, "") for name in ("school", "place", "brin", "via"))
    return EarlierTyping(school, place, brin, instant(item["until"]), via)


def _to_invitation(item: Mapping[str, Any]) -> Invitation:
    return Invitation(item["email"], instant(item["at"]))


def _from_change(change: Change) -> dict[str, Any]:
    return {
        "at": stamp(change.at),
        "state": change.state.value,
        "by": change.by,
        **({"note": change.note} if change.note else {}),
        **({"reason": _from_reason(change.reason)} if change.reason else {}),
    }


def _to_change(item: Mapping[str, Any]) -> Change:
    at, state, by = instant(item["at"]), State(item["state"]), intern(item["by"])
    if "why" in item:  # version 1
        reason, note = reason_and_note(item["why"], by, at)
        return Change(at, state, by, note, reason)
    return Change(
        at, state, by, item.get("note", ""), _to_reason(item["reason"]) if "reason" in item else None
    )


def _from_reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code.value,
        **({"reference": reason.reference} if reason.reference else {}),
        **({"fields": list(reason.fields)} if reason.fields else {}),
        **({"people": reason.people} if reason.people else {}),
        **({"until": reason.until.isoformat()} if reason.until else {}),
        **({"day": reason.day.isoformat()} if reason.day else {}),
        **({"by": reason.by} if reason.by else {}),
        **({"minimum": reason.minimum} if reason.minimum else {}),
        **({"repair_days": reason.repair_days} if reason.repair_days else {}),
    }


def _to_reason(item: Mapping[str, Any]) -> Reason:
    return Reason(
        ReasonCode(item["code"]),
        reference=item.get("reference", ""),
        fields=tuple(item.get("fields", ())),
        people=int(item.get("people", 0)),
        until=_date_or_none(item, "until"),
        day=_date_or_none(item, "day"),
        by=item.get("by", ""),
        minimum=int(item.get("minimum", 0)),
        repair_days=int(item.get("repair_days", 0)),
    )


# How each attribute of a registration is read, where an item has it; what many have is in memory once.
_READERS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys((*_TEXTS, *_ADDRESSES, *_OPTIONAL), str),
    **dict.fromkeys(_MAPPINGS, dict),
    **dict.fromkeys(_INSTANTS, instant),
    **dict.fromkeys(_DATES, date.fromisoformat),
    **dict.fromkeys(("role", "place"), intern),
    "state": State,
    "received_at": instant,
    "history": _many(_to_change),
    "without_address": tuple,
    "reminded": int,
    "links_version": int,
    "links_by_owner": bool,
    "invitations": _many(_to_invitation),
    "earlier_typings": _many(_to_typing),
    "revision": int,
}
_REQUIRED = dict.fromkeys(("name", "email", "school"), "")  # by Registration; an item lacks what is empty


def from_decision(decision: Decision) -> dict[str, Any]:
    """Write a decision."""
    ends = {"until": decision.until, "undone_at": decision.undone_at}
    return {
        "pk": keys.SCHOOL_RULINGS if decision.kind in SCHOOL_RULINGS else keys.decisions_of(decision.network),
        "sk": decision.id,
        "network": decision.network,
        "kind": decision.kind.value,
        "about": decision.about,
        "by": decision.by,
        "why": decision.why,
        "at": stamp(decision.at),
        **({"value": decision.value} if decision.value else {}),
        **{key: stamp(end) for key, end in ends.items() if end},
    }


def to_decision(item: Mapping[str, Any]) -> Decision:
    """Read a decision."""
    return Decision(
        network=item.get("network") or keys.network_of(item),
        id=item["sk"],
        kind=Kind(item["kind"]),
        about=item["about"],
        by=item["by"],
        why=item["why"],
        at=instant(item["at"]),
        until=_instant_or_none(item, "until"),
        undone_at=_instant_or_none(item, "undone_at"),
        value=item.get("value", ""),
    )


def from_mail(record: MailRecord) -> dict[str, Any]:
    """Write a mail record."""
    return {
        "pk": keys.mails_of(record.network),
        "sk": record.id,
        "kind": record.kind,
        "reference": record.reference,
        "state": record.state.value,
        "at": stamp(record.at),
        "missing": record.missing,
        "reason": record.reason,
        **({"due": stamp(record.due)} if record.due else {}),
        **({"sessions": list(record.sessions)} if record.sessions is not None else {}),
        **({"deadline": stamp(record.deadline)} if record.deadline else {}),
        **({"waits": record.waits} if record.waits is not None else {}),
        **({"has_own_uids": True} if record.has_own_uids else {}),
        **({"bounced_at": stamp(record.bounced_at)} if record.bounced_at else {}),
        **({"tried_at": stamp(record.tried_at)} if record.tried_at else {}),
    }


def to_mail(item: Mapping[str, Any]) -> MailRecord:
    """Read a mail record."""
    return MailRecord(
        network=keys.network_of(item),
        id=item["sk"],
        kind=item["kind"],
        reference=item["reference"],
        state=MailState(item["state"]),
        at=instant(item["at"]),
        missing=int(item["missing"]),
        reason=item["reason"],
        due=_instant_or_none(item, "due"),
        sessions=tuple(item["sessions"]) if "sessions" in item else None,
        deadline=_instant_or_none(item, "deadline"),
        waits=item.get("waits"),
        has_own_uids=bool(item.get("has_own_uids")),
        bounced_at=_instant_or_none(item, "bounced_at"),
        tried_at=_instant_or_none(item, "tried_at"),
    )


def from_report_request(network: str, request: ReportRequest) -> dict[str, Any]:
    """Write a request for a report."""
    weekly = {"weekly_since": request.weekly_since} if request.weekly_since else {}
    return {"pk": keys.reports_of(network), "sk": request.day, "at": stamp(request.at), **weekly}


def to_report_request(item: Mapping[str, Any]) -> ReportRequest:
    """Read a request for a report."""
    return ReportRequest(item["sk"], instant(item["at"]), item.get("weekly_since", ""))
