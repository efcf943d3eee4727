"""Least privilege: every role has the rights that the recording shows it needs, and no others."""

import pytest
from botocore import xform_name

from shared.aws import keys
from tests.infra.permissions.calls import arn
from tests.infra.permissions.deployed import Deployed
from tests.infra.permissions.page import PAGE, page
from tests.infra.permissions.policy import Need, allows
from tests.infra.permissions.proof import Granted, RoleNeed, excess, unmet
from tests.infra.permissions.reach import called_by, talking, within
from tests.infra.permissions.recording import Call

# They need a recording of everything that people do, which takes half a minute.
pytestmark = pytest.mark.slow


def test_every_role_has_the_rights_that_it_needs(granted: Granted, needed: set[RoleNeed]) -> None:
    assert unmet(granted, needed) == []


def test_no_role_has_a_right_that_it_does_not_need(granted: Granted, needed: set[RoleNeed]) -> None:
    assert excess(granted, needed) == []


def test_every_role_in_the_template_is_in_the_recording(granted: Granted, needed: set[RoleNeed]) -> None:
    assert {want.role for want in needed} == set(granted)


def test_the_page_of_permissions_is_what_was_recorded(
    needed: set[RoleNeed], request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--permissions-update", default=False):
        PAGE.write_text(page(needed))
    assert PAGE.read_text() == page(needed), "make permissions writes it anew"


# --- the recording is complete: it has every call that our code can make


def test_the_recording_has_every_function_of_ours_that_a_handler_calls(
    recorded: list[Call], roles: Deployed
) -> None:
    for name, folder in roles.folders().items():
        recorded_names = {place.name for call in recorded if call.function == name for place in call.through}
        assert called_by(folder) - recorded_names == set(), name


def test_the_recording_has_every_call_inside_the_code_that_it_has(
    recorded: list[Call], roles: Deployed
) -> None:
    for name in roles.folders():
        mine = [call for call in recorded if call.function == name]
        for (file, function), code in talking().items():
            by = [call for call in mine if (file, function) in call.through]
            if by and not code.of_the_store:
                recorded_names = {place.name for call in by for place in call.through}
                assert within(code) - recorded_names == set(), f"{name}: {file} {function}"


def test_the_recording_has_every_operation_in_our_code(recorded: list[Call]) -> None:
    for place, code in talking().items():
        recorded_names = {xform_name(call.operation) for call in recorded if place in call.through}
        if recorded_names:
            assert code.operations - recorded_names == set(), place


def test_the_check_may_delete_every_kind_of_item_about_people(
    roles: Deployed, granted: Granted, needed: set[RoleNeed]
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


def test_nobody_reaches_another_table(granted: Granted, needed: set[RoleNeed]) -> None:
    for role, need, _ in needed:
        elsewhere = need._replace(resource=need.resource.replace("table/Table", "table/Other"))
        if elsewhere != need:
            assert not any(allows(grant, elsewhere) for grant in granted[role])


@pytest.mark.parametrize("function", ["Submit", "Manage", "Amend", "Schools", "Challenge", "Delivery"])
def test_functions_behind_visitors_and_events_cannot_change_a_network(
    roles: Deployed, granted: Granted, function: str
) -> None:
    for action in ("PutItem", "UpdateItem", "DeleteItem"):
        for pk in ("NETWORKS", "NETWORK#plg-2023", "DECISION#plg-2023", "WORDS", "REGISTER"):
            context = (("dynamodb:LeadingKeys", (pk,)),)
            need = Need(f"dynamodb:{action}", arn("dynamodb", "table/Table"), context)
            assert not any(allows(grant, need) for grant in granted[roles.role_of(function)])


def test_nobody_but_an_organiser_who_signed_in_changes_a_network(granted: Granted) -> None:
    table = arn("dynamodb", "table/Table")
    for pk in ("NETWORKS", "NETWORK#plg-2023"):
        changes = {
            (role, action)
            for action in ("PutItem", "UpdateItem", "DeleteItem")
            for role, grants in granted.items()
            for need in [Need(f"dynamodb:{action}", table, (("dynamodb:LeadingKeys", (pk,)),))]
            if any(allows(grant, need) for grant in grants)
        }
        assert changes == {("DecideRole", "PutItem")}


def test_a_right_that_is_taken_away_is_missed(granted: Granted, needed: set[RoleNeed]) -> None:
    less = {**granted, "DeliveryRole": granted["DeliveryRole"][:-1]}
    assert len(unmet(less, needed)) == 1


def test_a_right_that_is_added_is_found(granted: Granted, needed: set[RoleNeed]) -> None:
    more = granted["MailRole"][0]._replace(action="dynamodb:Scan")
    faults = excess({**granted, "MailRole": (*granted["MailRole"], more)}, needed)
    assert faults == [f"MailRole does not need dynamodb:Scan on {more.resource}"]
