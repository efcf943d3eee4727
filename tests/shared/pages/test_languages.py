"""Both languages show the same pages: the same parts, fields and links, and no word of the other."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shared import pages
from shared.domain.form.draft import draft
from shared.domain.form.submission import FieldError, InvalidError, check
from shared.domain.network.network import Network
from shared.domain.registration.bounces import BouncedAddresses, BouncedColleague
from shared.domain.registration.registration import Change, State
from shared.domain.schools.school import school_of
from shared.http import Problem
from shared.pages import (
    address_page,
    erased_page,
    form_page,
    links_page,
    own_page,
    problem_page,
    problems,
    revoked_page,
    thanks_page,
)
from shared.pages.own import OwnPageView
from shared.phrases.language import phrases_of
from shared.problems import UNAVAILABLE
from tests.asking import ANSWERS, asking
from tests.languages import foreign
from tests.people import AT, colleagues, someone
from tests.shared.mails.people import ENGLISH, PLG
from tests.shared.pages.test_pages import MISTAKES, OPEN, TOO_LATE, Html

_TEMPLATES = Path(pages.__file__).parent / "templates"
WITHOUT_REPAIR = {"repair_days": 0, "min_per_school": 3}


KIM = BouncedColleague("PLG-K1MK1MK1", "kim@x.example")
KIMS = (KIM, KIM._replace(may_correct=True))


def own_pages(network: Network) -> Iterator[str]:
    """A registrant's own page in every state, with few and many colleagues, in time and after."""
    rule = network.rule.model_copy(update=WITHOUT_REPAIR)
    others = [network.model_copy(update={"rule": rule}), network.model_copy(update={"sessions": ()})]
    for asked in (network, *others):
        for state in State:
            for people in ("", "Anna", "Anna Bram", "A B C D E F G H I"):
                for at in (AT, AT + timedelta(days=30)):
                    yield own_page(view(asked, state, people)._replace(at=at))


def view(network: Network, state: State = State.REGISTERED, people: str = "") -> OwnPageView:
    history = (Change(AT, State.REGISTERED, "person"), Change(AT, state, "person"))
    me = someone(state=state, history=history, again={"place": "Ede"}, role="-", place="Ede")
    school = school_of(me.person_key, [me, *colleagues("Bergcollege", people)])
    return OwnPageView(network, me, school, AT, "token", "https://tweetal.example/join/x")


def question_pages(network: Network) -> Iterator[str]:
    """The form and the own page of a network with questions: empty, answered, and with a mistake."""
    missing = FieldError("question_eten", "required"), FieldError("question_klassen", "not_a_number")
    problem = problems.not_valid(problems.field_messages(missing, phrases_of(network)))
    yield form_page(network, OPEN, draft([("naam", "Jan")]))
    yield form_page(network, OPEN, draft([("naam", "Jan")]), problem)
    for state in State:
        seen = view(network, state)
        yield own_page(seen)
        yield own_page(seen, problem, {"question_klassen": "x"})
        yield own_page(seen._replace(me=replace(seen.me, questions=ANSWERS), done="answered"))


def mistaken(network: Network) -> Problem:
    with pytest.raises(InvalidError) as invalid:
        check(draft(MISTAKES))
    return problems.not_valid(problems.field_messages(invalid.value.errors, phrases_of(network)))


def all_pages(network: Network) -> list[str]:
    sure = problems.field_messages([FieldError("cancel_sure", "required")], phrases_of(network))
    seen = view(network)
    wrong = problems.not_valid(
        problems.field_messages([FieldError("colleague_email.1", "required")], phrases_of(network))
    )
    done = ("changed", "invited", "brought", "replaced", "cancelled", "restored", "links", "data", "")
    left = replace(seen.me, history=(*seen.me.history, Change(AT, State.CANCELLED, "person")))
    return [
        *own_pages(network),
        *(own_page(seen._replace(done=what)) for what in done),
        own_page(seen._replace(me=replace(left, state=State.CANCELLED))),
        own_page(seen._replace(me=replace(seen.me, without_address=("Kim Bos", "Bo")), act="bring"), wrong),
        own_page(seen._replace(bounced=BouncedAddresses(KIMS, ("kim@y.example",)))),
        own_page(seen._replace(bounced=BouncedAddresses((), ("kim@y.example",)), at=network.closes_at)),
        own_page(seen, problems.NOT_NOW),
        own_page(seen, problems.not_valid(sure)),
        address_page(network, replace(left, new_email="kim@z.example")),
        erased_page(network),
        revoked_page(network),
        links_page(network),
        links_page(network, is_sent=True),
        links_page(network, problem=mistaken(network), typed="x"),
        *(thanks_page(network, "PLG-7K3MQ2XD", late) for late in (False, True)),
        thanks_page(network, "PLG-7K3MQ2XD", late=False, quarantined=True),
        thanks_page(network, "PLG-7K3MQ2XD", late=False, without_address=("Jan Bos",)),
        *(form_page(network, at, draft([("naam", "Jan")])) for at in (OPEN, TOO_LATE)),
        form_page(network, OPEN, draft(MISTAKES), mistaken(network)),
        form_page(network, OPEN, draft(MISTAKES), UNAVAILABLE),
        problem_page(UNAVAILABLE, network),
        *question_pages(asking(network)),
    ]


@pytest.fixture(scope="module")
def told() -> dict[str, list[str]]:
    return {network.language: all_pages(network) for network in (PLG, ENGLISH)}


def test_every_page_is_there_in_every_language() -> None:
    dutch, english = ({p.name for p in (_TEMPLATES / language).iterdir()} for language in ("nl", "en"))
    assert dutch == english


def test_a_page_has_the_same_parts_fields_and_links_in_every_language(told: dict[str, list[str]]) -> None:
    for dutch, english in zip(told["nl"], told["en"], strict=True):
        assert without_language(Html(dutch)) == without_language(Html(english))


def without_language(page: Html) -> list[tuple[str, dict[str, str]]]:
    return [
        (tag, {k: same_service(v) for k, v in each.items() if k not in ("lang", "content")})
        for tag, each in page.tags
    ]


def same_service(value: str) -> str:
    """Return a link to another service without its text, which is in the reader's language."""
    is_elsewhere = value.startswith(("mailto:?", "https://"))
    return value.partition("?")[0] if is_elsewhere else value


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_word_of_another_language_is_on_a_page(told: dict[str, list[str]], language: str) -> None:
    for page in told[language]:
        assert f'<html lang="{language}">' in page
        shown = re.sub(r"<(style|script|textarea).*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
        assert foreign(shown, language) == set()


def test_who_comes_to_no_network_reads_dutch() -> None:
    assert '<html lang="nl">' in problem_page(problems.UNKNOWN_LINK)
