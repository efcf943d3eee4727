"""The daily check (EventBridge Scheduler): read, plan, carry out; safe to run twice, late or after days."""

from collections import Counter
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.registration.confirming import mailed_to_confirm
from shared.domain.registration.judging import has_waited_long
from shared.domain.report.rhythm import next_request
from shared.domain.rule.plan import Plan, plan
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.log import FailedError, hides_error_text, logger
from shared.settings import read_settings

_ATTEMPTS = 3  # if somebody registers or cancels during a check, it plans again
_LOG = logger("check")


class Services(NamedTuple):
    """The services that this function talks to."""

    table: Table
    networks: Networks
    schools: Schools


@cache
def services() -> Services:
    """Connect on first use."""
    table = Table(Store(read_settings().table))
    return Services(table, Networks(table), Schools(table))


@hides_error_text
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Check every network as of the scheduled time; one that fails leaves the others whole."""
    now = datetime.fromisoformat(event["time"])
    done: dict[str, Any] = {}
    failed: list[str] = []
    for network in services().networks.at(now).values():
        if network.is_probe:  # it has no report, and the probe deletes its own person
            continue
        try:
            done[network.id] = check(services().table, network, now, services().schools.at(now))
        except Exception as error:  # noqa: BLE001 a failing network must not stop the others
            failed.append(network.id)
            _LOG.error("check failed", network=network.id, error=type(error).__name__)
    if failed:
        raise CheckFailedError(failed)
    _LOG.info("checked", networks=done)
    return {"time": event["time"], "networks": done}


class CheckFailedError(FailedError):
    """The check failed for these networks: the scheduler tries again, and an alarm tells the operator."""


def check(table: Table, network: Network, now: datetime, knowledge: SchoolKnowledge) -> dict[str, Any]:
    """Carry out the plan for one network, and return how often each act was done."""
    done: Counter[str] = Counter()
    for _ in range(_ATTEMPTS):
        todo = plan_check(table, network, now, knowledge)
        if _carry_out(table, network, todo, now, knowledge, done):
            break
    return dict(done)


def plan_check(table: Table, network: Network, now: datetime, knowledge: SchoolKnowledge) -> Plan:
    """Return what a check at an instant does for one network, as the table is now."""
    whole = table.whole(network.id)
    reported, versions = table.last_report_at(network.id), table.version_history(network, now)
    mailed = mailed_to_confirm(table.mails(network.id) if network.confirms_addresses else ())
    todo = plan(
        network, whole.registrations, whole.decisions, now, knowledge, reported, versions, mailed=mailed
    )
    return todo.unsure() if whole.unreadable_count or has_waited_long(whole.everybody, now) else todo


def _carry_out(
    table: Table, network: Network, todo: Plan, now: datetime, knowledge: SchoolKnowledge, done: Counter[str]
) -> bool:
    """Do each act of the plan once; False if a registration has changed since, which needs a new plan."""
    changes = [("confirmations", r) for r in todo.confirmations]
    changes += [(r.state.value, r) for r in todo.decisions]
    changes += [("reminded", r) for r in (*todo.reminders, *todo.session_reminders)]
    changes += [("erased", r) for r in (*todo.erasures, *todo.answer_erasures)]
    saved = [(act, table.save(registration)) for act, registration in changes]
    done.update(act for act, is_saved in saved if is_saved)
    if not all(is_saved for _, is_saved in saved):
        return False
    if todo.forget is not None:
        done["forgotten"] += table.delete_people(network.id, todo.forget, now)
    if todo.report_day is not None:
        done["reports"] += _request_report(table, network, todo.report_day, now, knowledge)
    return True


def _request_report(
    table: Table, network: Network, today: date, now: datetime, knowledge: SchoolKnowledge
) -> bool:
    """Request the report of a day, if there is one: where reports go weekly, not each day has one."""
    last, settled = None, False
    if network.report == "weekly" and network.is_closed(now):
        from shared.domain.report.report import Report  # few checks need it

        last, whole = (
            max(table.reports(network.id), key=lambda r: r.at, default=None),
            table.whole(network.id),
        )
        settled = Report(
            network,
            whole.registrations,
            table.mails(network.id),
            None,
            now,
            whole.decisions,
            knowledge=knowledge,
            unreadable_count=whole.unreadable_count,
        ).is_settled
    request = next_request(network, last, today, now, is_settled=settled)
    if request is None:
        return False
    return table.request_report(network.id, request.day, now, request.weekly_since)
