"""ALTCHA's protocol, version 1: the vectors were made by the npm package altcha-lib 1.4.1."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.access.proof_of_work import HARDEST, LASTS, challenge, solved_challenge
from tests.work import done

KEY = b"een geheim van de test"
AT = datetime(2023, 3, 20, 8, 13, 10, tzinfo=UTC)
# Made with this key, number and salt by that library.
THEIRS: dict[str, Any] = {
    "algorithm": "SHA-256",
    "challenge": "1535b147c89202f731e0f3116f27ed0372261dd7a8290c152f03088185a8a968",
    "salt": "0123456789abcdef01234567?expires=1679300000&network=plg-2023&",
    "signature": "733a8335bd289bb27993934a75e29e4d7a00540df0b2b2129178df64dd503465",
    "number": 4242,
}
# The number that it finds in the challenge which we make at 08:13:20 for "request-1".
FOUND = 28637


def packed(solution: object) -> str:
    return base64.b64encode(json.dumps(solution).encode()).decode()


def made(network: str = "plg-2023", request: str = "request-1") -> dict[str, Any]:
    return challenge(KEY, network, AT, request)


def test_what_the_protocols_own_library_made_and_solved_is_proof() -> None:
    assert solved_challenge([KEY], packed(THEIRS), "plg-2023", AT) == THEIRS["challenge"]
    wrong = THEIRS | {"number": 4243}
    assert not solved_challenge([KEY], packed(wrong), "plg-2023", AT)


def test_what_we_make_is_solved_by_the_protocols_own_library() -> None:
    at = datetime(2023, 3, 20, 8, 13, 20, tzinfo=UTC)
    ours = challenge(KEY, "plg-2023", at, "request-1")
    assert solved_challenge([KEY], packed(ours | {"number": FOUND}), "plg-2023", at) == ours["challenge"]
    assert ours["maxnumber"] == HARDEST >= FOUND


def test_a_challenge_differs_each_time() -> None:
    assert made() != made(request="request-2")


def test_who_did_the_work_shows_it_once_in_time_and_for_one_network() -> None:
    payload = done(made())
    assert solved_challenge([b"old", KEY], payload, "plg-2023", AT) == made()["challenge"]
    assert solved_challenge([KEY], payload, "plg-2023", AT + LASTS - timedelta(seconds=1))
    assert not solved_challenge([KEY], payload, "plg-2023", AT + LASTS)
    assert not solved_challenge([KEY], payload, "lob-2023", AT)
    assert not solved_challenge([b"other"], payload, "plg-2023", AT)


def test_a_digit_of_the_number_moved_to_the_salt_makes_no_second_proof() -> None:
    solution = json.loads(base64.b64decode(done(made())))
    digits = str(solution["number"])
    assert len(digits) > 1
    moved = solution | {"salt": solution["salt"] + digits[0], "number": digits[1:]}
    assert not solved_challenge([KEY], packed(moved), "plg-2023", AT)


@pytest.mark.parametrize("part", ["salt", "number", "signature"])
def test_without_one_of_its_parts_it_proves_nothing(part: str) -> None:
    solution = json.loads(base64.b64decode(done(made())))
    for other in ({}, {part: ""}, {part: None}, {part: [solution[part]]}, {part: "\ud800"}):
        changed = {key: value for key, value in solution.items() if key != part} | other
        assert not solved_challenge([KEY], packed(changed), "plg-2023", AT)


@given(st.text() | st.binary().map(lambda b: base64.b64encode(b).decode()) | st.just(packed([[[]]]) * 40))
def test_whatever_is_sent_instead_proves_nothing(payload: str) -> None:
    assert solved_challenge([KEY], payload, "plg-2023", AT) == ""
