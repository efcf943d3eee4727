"""The page "Wie komt er?", of a network as an organiser finds it before and after the deadline."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.domain.network.questions import Question
from shared.domain.outbox import MailRecord, MailState
from shared.domain.registration.erasure import erased
from shared.domain.registration.registration import Registration, State
from shared.domain.report.report import Report
from shared.pages.organiser import Desk
from shared.pages.organiser.overview import overview_page
from shared.pages.organiser.people import people_page
from tests.people import AT, colleagues, someone
from tests.shared.mails.people import PLG

AFTER = datetime(2023, 4, 16, 8, tzinfo=UTC)
ANNA, BRAM = colleagues("Dalcollege", "Anna Bram")
QUESTIONS = (
    Question(id="eten", label="Eet je mee?", kind="text"),
    Question(id="dieet", label="Dieet?", sensitive=True),
    Question(id="mee", label="Neem je iemand mee?", kind="yes-no"),
)
NETWORK = PLG.model_copy(update={"form": PLG.form.model_copy(update={"questions": QUESTIONS})})


def report(*people: Registration, at: datetime = AT, mails: Any = ()) -> Report:
    return Report(NETWORK, people, mails, None, at)


def page(listed: Report, **query: str) -> str:
    home = "/organiser/token"
    desk = Desk(NETWORK, "sanne@leren.example", home, f"{home}/people", "form", listed.at)
    return people_page(desk, listed, query)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("</header>")[2]).split())


def names(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="school/[^"]+">([^<]+)<', html)


def test_before_the_deadline_it_says_who_would_take_part_apart_from_who_is_short() -> None:
    said = words(page(report(ANNA, BRAM, someone())))
    assert "2 mensen van 1 school zouden meedoen als de deadline nu was." in said
    assert "alle 3 zou nu meedoen 2 school is te kort 1" in said


def test_after_it_who_takes_part_stands_apart_from_who_waits_is_held_or_late() -> None:
    anna, bram = (replace(r, state=State.ADMITTED) for r in (ANNA, BRAM))
    others = someone(state=State.HELD), someone("Lot Vos", "lot@vos.example", state=State.LATE, school="Vos")
    listed = report(anna, bram, *others, at=AFTER)
    said = words(page(listed))
    assert "2 mensen van 1 school doen mee." in said
    assert "alle 4 doet mee 2 wacht op besluit 1 te laat 1" in said
    home = words(overview_page(Desk(NETWORK, "s@x.example", "/o/t", "/o/t", "form", AFTER), listed, {}))
    assert "2 mensen van 1 school doen mee. Wie komt er? wacht op besluit 1 te laat 1" in home


def test_nobody_is_said_to_take_part_before_the_decision_went_out() -> None:
    said = words(page(report(ANNA, BRAM, at=AFTER)))
    assert "2 mensen van 1 school doen mee. Bij 2 van hen gaat het besluit nog uit." in said


def test_who_is_registered_twice_counts_once_and_who_is_erased_is_left_out() -> None:
    lot = someone("Lot Bos", "lot@dal.example", school="Dalcollege")
    twice = replace(lot, person_key=f"{lot.person_key}#lot", reference="PLG-2")
    gone = erased(someone("Kees Pot", "kees@pot.example", state=State.CANCELLED), AT)
    html = page(report(ANNA, lot, twice, gone))
    assert "2 mensen van 1 school" in words(html)
    assert "dubbel 1" in words(html)
    assert "gewist" not in html


def test_the_list_is_sorted_as_dutch_lists_are_or_by_school_or_by_who_came_last() -> None:
    people = [
        someone("Jan de Vries", "a@x.example", school="Bergcollege"),
        someone("Anna van der Berg", "b@x.example", school="Zeelyceum"),
        someone("Bo IJsbrandij", "c@x.example", at=AFTER, school="Dalcollege"),
    ]
    listed = report(*people, at=AFTER)
    assert names(page(listed)) == ["Anna van der Berg", "Bo IJsbrandij", "Jan de Vries"]
    assert names(page(listed, sort="school")) == ["Jan de Vries", "Bo IJsbrandij", "Anna van der Berg"]
    assert names(page(listed, sort="since"))[0] == "Bo IJsbrandij"
    assert names(page(listed, sort="<x>")) == names(page(listed))


def test_foreign_letters_are_sorted_and_searched_as_people_here_type_them() -> None:
    people = [
        someone(f"Jan {last}", f"{n}@x.example") for n, last in enumerate(("Żak", "Øster", "Otten", "Łys"))
    ]
    assert names(page(report(*people))) == ["Jan Łys", "Jan Øster", "Jan Otten", "Jan Żak"]
    assert names(page(report(*people), q="oster")) == ["Jan Øster"]


@pytest.mark.parametrize("typed", ["06 123", "061234", "+31 6 1234", "0031 (0)6-1234"])
def test_a_number_is_searched_as_it_was_called_from_here_or_abroad(typed: str) -> None:
    jan = someone(phone="+31 6 1234 5670")
    assert names(page(report(ANNA, jan), q=typed)) == ["Jan de Vries"]


@pytest.mark.parametrize("typed", ["berg van", "college dal anna", "Dalcollege", "anna@"])
def test_the_overview_looks_for_words_in_any_order(typed: str) -> None:
    others = someone("Jan van den Berg", "jan@zee.example", school="Zeelyceum"), ANNA, BRAM
    desk = Desk(NETWORK, "s@x.example", "/o/t", "/o/t", "form", AT)
    schools = overview_page(desk, report(*others), {"q": typed}).partition('id="scholen"')[2]
    assert ("Zeelyceum" in schools, "Dalcollege</a>" in schools) == ("berg" in typed, "berg" not in typed)


def test_a_page_beyond_the_last_is_the_last() -> None:
    said = words(
        page(report(*(someone(f"Jan Bos{n}", f"{n}@x.example") for n in range(41))), **{"from": "400"})
    )
    assert "41 mensen: 41 tot en met 41." in said


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("rolstoel", "Opmerking: Ik kom met een <rolstoel>."),
        ("veget", "Eet je mee?: ja, vegetarisch"),
        ("0612", "06 12 34 56 78"),
        ("wo", "dag: wo"),
        ("jan BERG college", "Jan de Vries"),
        ("jan@berg", "jan@berg.example"),
        ("ja", "Neem je iemand mee?: ja"),
    ],
)
def test_a_search_shows_whom_it_came_upon_and_where(query: str, where: str) -> None:
    jan = someone(
        remarks="Ik kom met een <rolstoel>.",
        phone="06 12 34 56 78",
        questions={"eten": "ja, vegetarisch", "dieet": "noten", "mee": "yes"},
        extra={"dag": "wo"},
    )
    html = page(report(ANNA, BRAM, jan), q=query)
    assert names(html) == ["Jan de Vries"]
    assert where.replace("<", "&lt;").replace(">", "&gt;") in words(html)


def test_a_sensitive_answer_is_on_no_list_and_no_search_comes_upon_it() -> None:
    jan = someone(questions={"dieet": "noten"})
    assert "noten" not in page(report(jan))
    assert "Niemand gevonden" in page(report(jan), q="noten")


def test_a_long_remark_is_cut_around_what_was_searched() -> None:
    jan = someone(remarks=f"{'a ' * 300}rolstoel{' b' * 300}")
    html = page(report(jan), q="rolstoel")
    assert re.search(r"Opmerking:</strong> …[a ]+rolstoel[b ]+…<", html)
    jan = someone(remarks=f"{'a ' * 300}végétarisch{' b' * 300}")
    assert "végétarisch" in page(report(jan), q="VEGETARISCH")


def test_mail_and_phone_are_links_and_who_is_unreachable_is_marked() -> None:
    jan = someone(phone="+31 (0)6-12 34")
    bounce = MailRecord(jan.network, "m1", "confirmation", jan.reference, MailState.BOUNCED, AT)
    html = page(report(jan, mails=[bounce]))
    assert '<a href="mailto:jan@berg.example">jan@berg.example</a>' in html
    assert '<a href="tel:+3161234">+31 (0)6-12 34</a>' in html
    assert "<strong>Onbereikbaar</strong>" in html


def test_a_state_is_kept_while_one_searches_and_sorts_and_is_of_no_use_to_a_script() -> None:
    html = page(report(ANNA, BRAM, someone()), state="short", q='"><script>', sort="school")
    assert "<script>" not in html
    assert 'name="state" value="short"' in html
    assert "people?q=%22%3E%3Cscript%3E&amp;state=short" in html
    assert html.count('#lijst"') >= 4  # each leads to the list, not to the top of the page
    assert names(page(report(ANNA, BRAM, someone()), state="short")) == ["Jan de Vries"]


def test_three_hundred_people_are_pages_below_40_kb_that_lead_to_each_other() -> None:
    people = [
        someone(
            f"Annemieke van den Berg-Jansen {n}",
            f"annemieke.vandenberg.{n}@scholengemeenschap-{n % 120}.example",
            school=f"Scholengemeenschap {n % 120} van de Veluwe",
            place="Hardenberg",
            role="docent Nederlands",
            phone="06 12 34 56 78",
            remarks="Ik kom een half uur later, want ik geef nog les op onze school. Tot dan!" * (n % 5 == 0),
        )
        for n in range(300)
    ]
    listed, shown = report(*people), list[str]()
    for first in range(0, 300, 40):
        html = page(listed, **{"from": str(first)})
        assert len(html.encode()) < 40_000
        assert ("Volgende mensen" in html, "Vorige mensen" in html) == (first < 280, first > 0)
        shown += names(html)
    assert len(set(shown)) == 300
