"""The daily check (EventBridge Scheduler): gather, plan, carry out; safe to run twice, late or after days."""

from collections import Counter
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from shared.aws.networks import Networks
from shared.aws.schools import Schools
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.network.network import Network
from shared.domain.rule.plan import Plan, plan
from shared.domain.schools.knowledge import SchoolKnowledge
from shared.log import FailedError, hides_error_text, logger
from shared.settings import read_settings

_ATTEMPTS = 3  # somebody may register or cancel while the check is at work; then it plans again
_LOG = logger("check")


class Services(NamedTuple):
    """What this function talks to."""

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
        try:
            done[network.id] = check(services().table, network, now, services().schools.at(now))
        except Exception as error:  # noqa: BLE001 whatever one network does, the others are checked
            failed.append(network.id)
            _LOG.error("check failed", network=network.id, error=type(error).__name__)
    if failed:
        raise CheckFailedError(failed)
    _LOG.info("checked", networks=done)
    return {"time": event["time"], "networks": done}


class CheckFailedError(FailedError):
    """A check that could not be finished for some networks: the scheduler tries again, an alarm tells."""


def check(table: Table, network: Network, now: datetime, known: SchoolKnowledge) -> dict[str, Any]:
    """Carry out the plan for one network, and return what was done."""
    done: Counter[str] = Counter()
    for _ in range(_ATTEMPTS):
        everyone, decisions = table.registrations(network.id), table.decisions(network.id)
        decided = plan(network, everyone, decisions, now, known, table.last_report(network.id))
        if table.unreadable_count(network.id):
            decided = decided.unsure()
        if _carry_out(table, network, decided, now, done):
            break
    return dict(done)


def _carry_out(table: Table, network: Network, decided: Plan, now: datetime, done: Counter[str]) -> bool:
    """Do what the plan says, each act once; False where somebody was faster and it must be planned again."""
    reminded = (*decided.reminders, *decided.session_reminders)
    acts = {"reminded": reminded, "erased": decided.erasures}
    named = [(r.state.value, r) for r in decided.decisions]
    named += [(act, r) for act, people in acts.items() for r in people]
    saved = [(act, table.save(r)) for act, r in named]
    done.update(act for act, ok in saved if ok)
    if not all(ok for _, ok in saved):
        return False
    if decided.forget is not None:
        done["forgotten"] += table.delete_people(network.id, decided.forget, now)
    if decided.report_day is not None:
        previous = table.last_report(network.id)
        done["reports"] += table.owe_report(network.id, decided.report_day.isoformat(), now, previous)
    return True
