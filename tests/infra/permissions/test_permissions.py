"""Least privilege, proven: every role is granted what was seen to be needed, and nothing else."""

import pytest
from botocore import xform_name

from shared.aws import keys
from tests.infra.permissions.calls import arn
from tests.infra.permissions.deployed import Deployed
from tests.infra.permissions.page import PAGE, page
from tests.infra.permissions.policy import Need, allows
from tests.infra.permissions.proof import Granted, Wanted, excess, unmet
from tests.infra.permissions.reach import called_by, talking, within
from tests.infra.permissions.recording import Call


def test_every_role_may_do_all_that_it_is_needed_for(granted: Granted, needed: set[Wanted]) -> None:
    assert unmet(granted, needed) == []


def test_no_role_may_do_anything_that_nobody_needs(granted: Granted, needed: set[Wanted]) -> None:
    assert excess(granted, needed) == []


def test_every_role_in_the_template_was_judged(granted: Granted, needed: set[Wanted]) -> None:
    assert {want.role for want in needed} == set(granted)


def test_the_page_of_permissions_is_what_was_recorded(
    needed: set[Wanted], request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--permissions-update", default=False):
        PAGE.write_text(page(needed))
    assert PAGE.read_text() == page(needed), "make permissions writes it anew"


# --- the recording is whole: what our code can call, was seen to be called


def test_each_function_was_seen_in_all_that_its_code_asks_of_aws(
    recorded: list[Call], roles: Deployed
) -> None:
    for name, folder in roles.folders().items():
        seen = {through.name for call in recorded if call.function == name for through in call.through}
        assert called_by(folder) - seen == set(), name


def test_whatever_a_function_went_through_it_went_through_whole(
    recorded: list[Call], roles: Deployed
) -> None:
    for name in roles.folders():
        mine = [call for call in recorded if call.function == name]
        for (file, code), known in talking().items():
            by = [call for call in mine if (file, code) in call.through]
            if by and not known.of_the_store:
                seen = {through.name for call in by for through in call.through}
                assert within(known) - seen == set(), f"{name}: {file} {code}"


def test_every_operation_that_our_code_names_was_seen(recorded: list[Call]) -> None:
    for place, known in talking().items():
        seen = {xform_name(call.operation) for call in recorded if place in call.through}
        if seen:
            assert known.operations - seen == set(), place


def test_what_retention_deletes_it_may_delete_of_every_kind(
    roles: Deployed, granted: Granted, needed: set[Wanted]
) -> None:
    deleted = {
        pk
        for want in needed
        if want.role == roles.role_of("Check") and want.need.action == "dynamodb:DeleteItem"
        for _, pks in want.need.context
        for pk in pks
    }
    assert deleted == set(keys.about_people("plg-2023"))


# --- the proof can fail


@pytest.mark.parametrize(
    ("sender", "allowed"), [("aanmelden@tweetal.example", True), ("directeur@tweetal.example", False)]
)
def test_mail_comes_from_our_address_and_from_no_other(granted: Granted, sender: str, allowed: bool) -> None:
    for resource in ("identity/tweetal.example", "configuration-set/ConfigurationSet"):
        need = Need("ses:SendEmail", arn("ses", resource), (("ses:FromAddress", (sender,)),))
        assert any(allows(grant, need) for grant in granted["MailRole"]) is allowed


def test_nobody_reaches_another_table(granted: Granted, needed: set[Wanted]) -> None:
    for role, need, _ in needed:
        elsewhere = need._replace(resource=need.resource.replace("table/Table", "table/Other"))
        if elsewhere != need:
            assert not any(allows(grant, elsewhere) for grant in granted[role])


@pytest.mark.parametrize("function", ["Submit", "Manage", "Amend", "Schools", "Challenge", "Delivery"])
def test_what_visitors_and_events_reach_cannot_change_what_a_network_says(
    roles: Deployed, granted: Granted, function: str
) -> None:
    for action in ("PutItem", "UpdateItem", "DeleteItem"):
        for pk in ("NETWORKS", "NETWORK#plg-2023", "DECISION#plg-2023", "WORDS", "REGISTER"):
            context = (("dynamodb:LeadingKeys", (pk,)),)
            need = Need(f"dynamodb:{action}", arn("dynamodb", "table/Table"), context)
            assert not any(allows(grant, need) for grant in granted[roles.role_of(function)])


def test_a_right_that_is_taken_away_is_missed(granted: Granted, needed: set[Wanted]) -> None:
    less = {**granted, "DeliveryRole": granted["DeliveryRole"][:-1]}
    assert len(unmet(less, needed)) == 1


def test_a_right_that_is_added_is_found(granted: Granted, needed: set[Wanted]) -> None:
    more = granted["MailRole"][0]._replace(action="dynamodb:Scan")
    found = excess({**granted, "MailRole": (*granted["MailRole"], more)}, needed)
    assert found == [f"MailRole does not need dynamodb:Scan on {more.resource}"]
