"""Many at the same moment, on engines that judge writes one by one: who comes second gives way."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest

from functions.amend import handler as amend
from functions.check.handler import check
from functions.submit import handler as submit
from functions.submit import logged_responses, take
from functions.submit.recent_people import RecentPeople
from functions.submit.services import Services
from shared.access.links import Links
from shared.aws.networks import Networks
from shared.aws.post_counter import PostCounter
from shared.aws.refusal_counts import RefusalCounts
from shared.aws.schools import Schools
from shared.aws.store import Store
from shared.aws.table import Table
from shared.aws.wire import UnavailableError
from shared.domain.network.network import Network
from shared.domain.registration.registration import NEXT, Registration, State
from shared.domain.rule.standing import Standing, standing_of
from shared.domain.schools.knowledge import NOTHING
from shared.domain.schools.school import school_of
from tests.at_once import at_once
from tests.conftest import PLG
from tests.engines import SERVERS
from tests.functions.submit.posts import URLENCODED, event, json_post
from tests.people import AT, colleagues, someone

pytestmark = pytest.mark.parametrize("engine", SERVERS, indirect=True)

LINKS = Links(["key"])
CLOSED = datetime(2023, 4, 15, 5, tzinfo=UTC)


@pytest.fixture
def served(table: Table, plg: Network, monkeypatch: pytest.MonkeyPatch) -> Table:
    """The handlers of the web, each as it is after its cold start."""
    monkeypatch.setenv("TABLE", "tweetal")
    networks, schools = Networks(table), Schools(table)
    visits, refusals = PostCounter(Store("tweetal")), RefusalCounts(Store("tweetal"))
    taking = Services(
        table, networks, lambda: LINKS, schools, RecentPeople(), lambda: visits, lambda: refusals
    )
    amending = amend.Services(table, networks, LINKS, schools, "https://tweetal.example")
    for module in (submit, take, logged_responses):
        monkeypatch.setattr(module, "services", lambda: taking)
    monkeypatch.setattr(amend, "services", lambda: amending)
    return table


def limited(table: Table, limit: str) -> Network:
    """Apply the first network with a limit."""
    section, _, setting = limit.partition(": ")
    toml = PLG.read_text().replace(f"[{section}]\n", f"[{section}]\n{setting}\n")
    assert setting in toml
    return table.apply_network(toml, "limited", AT)


def everyone(table: Table) -> dict[str, Registration]:
    return {r.name: r for r in table.registrations("plg-2023")}


def admitted(table: Table) -> set[str]:
    return {name for name, r in everyone(table).items() if r.state is State.ADMITTED}


def changes(registrant: Registration, network: Network, action: str, at: datetime, **typed: str) -> int:
    """Post a form of somebody's own page, and return what it answered."""
    token = LINKS.me(registrant, network).rpartition("/")[2]
    body = "&".join(f"{key}={value}" for key, value in {"action": action, **typed}.items())
    posted = event(body, URLENCODED, at=at, origin="https://api.example")
    answer = amend.handler(posted | {"pathParameters": {"token": token}}, None)
    status: int = answer["statusCode"]
    return status


def test_fifty_posts_of_one_person_are_one_registration_and_one_answer(served: Table) -> None:
    posts = [json_post(request_id=f"request-{number}") for number in range(50)]
    answers = at_once(*(partial(submit.handler, post, None) for post in posts))
    said = {(answer["statusCode"], answer["body"]) for answer in answers}
    (jan,) = served.registrations("plg-2023")
    ((status, body),) = said
    assert (status, json.loads(body)["reference"]) == (201, jan.reference)
    assert len(jan.history) == 1


def test_twenty_posts_of_two_colleagues_are_two_registrations(served: Table) -> None:
    sent = {"name": "Anna Bos", "email": "anna@berg.example", "school": "Bergcollege"}
    both = {**sent, "participants": [{"name": "Bram Kuipers", "email": "bram@berg.example"}]}
    posts = [json_post(both, request_id=f"request-{number}") for number in range(20)]
    answers = at_once(*(partial(submit.handler, post, None) for post in posts))
    assert {answer["statusCode"] for answer in answers} == {201}
    assert len({answer["body"] for answer in answers}) == 1
    assert sorted(everyone(served)) == ["Anna Bos", "Bram Kuipers"]


def test_fifty_people_on_one_mailbox_are_fifty_people(table: Table) -> None:
    names = [f"{first}{last}a Bos" for first in "BDFGH" for last in "klmnprstvw"]
    people = [someone(name, "info@berg.example") for name in names]
    at_once(*(partial(table.register, [person]) for person in people))
    assert sorted(everyone(table)) == sorted(names)


def test_two_checks_at_once_give_the_last_places_to_whole_schools_that_came_first(table: Table) -> None:
    network = limited(table, "registration: max_participants = 5")
    people = [
        someone(name, f"{name}@{school}.example".lower(), AT + timedelta(minutes=number), school=school)
        for number, school in enumerate(
            ("Bergcollege", "Dalcollege", "Meerlyceum", "Zeegymnasium", "Bosmavo")
        )
        for name in ("Anna", "Bram")
    ]
    at_once(*(partial(table.register, [person]) for person in people))
    at_once(*[partial(check, table, network, CLOSED, NOTHING)] * 3)
    states = [r.state for r in sorted(table.registrations("plg-2023"), key=lambda r: r.received_at)]
    assert states == [State.ADMITTED] * 4 + [State.HELD] * 6


def test_two_checks_at_once_admit_no_more_of_one_school_than_it_may_bring(table: Table) -> None:
    network = limited(table, "rule: max_per_school = 3")
    people = colleagues("Bergcollege", "Anna Bram Carla Daan Eva Frits Guus Hanna")
    at_once(*(partial(table.register, [person]) for person in people))
    at_once(*[partial(check, table, network, CLOSED, NOTHING)] * 3)
    assert len(admitted(table)) == 3
    assert len(everyone(table)) == 8


def test_who_cancels_while_the_check_decides_is_cancelled_and_both_are_in_the_history(
    served: Table, plg: Network
) -> None:
    names = "Anna Bram Carla Daan Eva Frits Guus Hanna"
    people = served.register(colleagues("Bergcollege", names))
    leaves = [partial(changes, registrant, plg, "cancel", CLOSED, sure="yes") for registrant in people[:6]]
    checks = [partial(check, served, plg, CLOSED, NOTHING)] * 2
    at_once(*leaves, *checks)
    check(served, plg, CLOSED, NOTHING)
    assert [everyone(served)[r.name].state for r in people[:6]] == [State.CANCELLED] * 6
    assert admitted(served) == {"Guus", "Hanna"}
    for person in everyone(served).values():
        steps = [change.state for change in person.history]
        assert all(after in NEXT[before] for before, after in pairwise(steps))


def test_who_corrects_their_data_while_the_check_reminds_keeps_both(served: Table, plg: Network) -> None:
    people = [colleagues(f"School {'x' * number}", "Anna")[0] for number in range(8)]
    for person in people:
        served.register([person])
    day = datetime(2023, 3, 31, 5, tzinfo=UTC)
    acts = [
        partial(
            changes,
            registrant,
            plg,
            "change",
            day,
            name=registrant.name,
            school=registrant.school,
            role="rector",
        )
        for registrant in people
    ]
    at_once(*acts, partial(check, served, plg, day, NOTHING))
    check(served, plg, day, NOTHING)
    assert {(r.role, r.reminded) for r in served.registrations("plg-2023")} == {("rector", 14)}


def test_of_two_organisers_who_decide_about_one_person_at_once_one_must_look_again(
    table: Table,
) -> None:
    for number in range(10):
        table.register([someone(email=f"jan-{number}@berg.example")])
    for seen in table.registrations("plg-2023"):
        admits = seen.become(State.ADMITTED, AT, "sanne@x.example", "welkom")
        declines = seen.become(State.DECLINED, AT, "els@x.example", "te vol")
        stored = at_once(partial(table.save, admits), partial(table.save, declines))
        now = table.registration("plg-2023", seen.person_key)
        assert now is not None
        assert sorted(stored) == [False, True]
        assert now.state is (State.ADMITTED if stored[0] else State.DECLINED)


def test_two_who_cancel_at_once_leave_a_school_of_three_one_short(served: Table, plg: Network) -> None:
    anna, bram, carla = served.register(colleagues("Bergcollege", "Anna Bram Carla"))
    answers = at_once(
        *(partial(changes, registrant, plg, "cancel", AT, sure="yes") for registrant in (anna, bram))
    )
    assert answers == [303, 303]
    school = school_of(carla.person_key, served.registrations("plg-2023"), NOTHING)
    assert [r.name for r in school.counted] == ["Carla"]
    assert standing_of(plg, school, (), AT).standing is Standing.SHORT


def test_two_who_make_room_for_the_same_colleague_at_once_do_not_both_have_it(
    served: Table, plg: Network
) -> None:
    people = served.register(colleagues("Bergcollege", "Anna Bram"))
    kim = {"colleague_name": "Kim", "colleague_email": "kim@berg.example"}
    answers = at_once(*(partial(changes, registrant, plg, "replace", AT, **kim) for registrant in people))
    assert sorted(answers) == [303, 422]
    assert sorted(r.state.value for r in everyone(served).values()) == [
        "cancelled",
        "registered",
        "registered",
    ]


def test_nothing_of_another_kind_is_lost_while_transactions_meet(table: Table) -> None:
    pairs = [colleagues(f"School {'x' * number}", "Anna Bram") for number in range(15)]
    registers = [partial(table.register, pair) for pair in pairs]
    puts = [partial(table.request_report, "plg-2023", f"2023-03-{day}", AT) for day in range(10, 20)]
    assert all(at_once(*registers, *puts))
    assert not any(at_once(*puts))
    assert len(table.registrations("plg-2023")) == 30


def test_of_one_address_sixty_are_registered_whoever_counts_at_the_same_moment(
    table: Table, plg: Network
) -> None:
    bucket, counter = "2023-03-20T08-3f9a", PostCounter(Store("tweetal"))
    people = [someone(f"Naam {i}", f"n{i}@berg.example", unjudged=bucket) for i in range(72)]
    for person in people:
        table.register([person])
    stored = table.everybody(plg.id)

    def judge(part: int) -> None:
        """Judge a third of everybody, as others do, while visitors are counted as well."""
        for person in stored[part % 3 :: 3]:
            with suppress(UnavailableError):  # Lambda tries again
                table.judge(plg, [person], AT)

    at_once(
        *(partial(judge, part) for part in range(6)), lambda: counter.count(plg.id, bucket, AT, 2) and None
    )
    while table.judge(plg, table.everybody(plg.id), AT):
        pass
    states = [r.state for r in table.registrations(plg.id)]
    assert len(states) == 72
    assert states.count(State.REGISTERED) in (58, 59, 60)
    assert counter.count(plg.id, bucket, AT, 0) == 74
