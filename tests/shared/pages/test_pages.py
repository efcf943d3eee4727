from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import HttpUrl

from shared.domain.form.draft import Draft, draft
from shared.domain.form.submission import InvalidError, check
from shared.domain.network.network import Network
from shared.domain.network.parts import Session
from shared.http import FieldMessage, Problem
from shared.pages import form_page, problem_page, thanks_page
from shared.pages.problems import field_messages
from shared.phrases import dutch

OPEN = datetime(2023, 3, 20, 8, tzinfo=UTC)
TOO_LATE = datetime(2023, 4, 14, 22, tzinfo=UTC)
FAILED = Problem(503, "unavailable", "Het lukt nu even niet", "Dat ligt aan ons.")
MISTAKES = [
    ("naam", "Jan de Vries"),
    ("email", "jan@berg"),
    ("brin", "x" * 21),
    ("opmerkingen", "een\ntwee"),
    ("collega_naam", "Ann"),
    ("collega_email", "ann@berg.example"),
    ("collega_naam", "Bo"),
    ("collega_email", "bo@berg"),
    ("dieet", "vega"),
    ("forward", "token"),
]


class Html(HTMLParser):
    """A page's tags with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def of(self, id_: str) -> dict[str, str]:
        return next(attributes for _, attributes in self.tags if attributes.get("id") == id_)


def refused(network: Network, typed: Draft) -> str:
    with pytest.raises(InvalidError) as invalid:
        check(typed)
    problem = Problem(
        422, "not-valid", "Controleer het formulier", "x", field_messages(invalid.value.errors, dutch)
    )
    return form_page(network, OPEN, typed, problem)


@pytest.fixture
def mistakes(network: Network) -> Html:
    return Html(refused(network, draft(MISTAKES)))


def test_each_mistake_stands_at_its_field_and_the_summary_leads_there(mistakes: Html) -> None:
    wrong = {each["id"] for each in mistakes.all("input") if each.get("aria-invalid") == "true"}
    assert wrong == {"email", "school", "colleague_email.1"}
    links = [each["href"] for each in mistakes.all("a") if each["href"].startswith("#")]
    assert {link.removeprefix("#") for link in links} == wrong | {"content"}
    for id_ in wrong:
        assert f"{id_}-error" in mistakes.of(id_)["aria-describedby"].split()
        assert mistakes.of(f"{id_}-error")["class"] == "error"


def test_the_summary_is_announced_and_gets_the_focus(mistakes: Html) -> None:
    summary = next(each for each in mistakes.all("div") if each.get("role") == "alert")
    assert summary["tabindex"] == "-1"
    assert "autofocus" in summary
    assert "Fout: Controleer het formulier" in mistakes.words
    assert "Je e-mailadres: dit e-mailadres klopt niet." in mistakes.words


def test_a_mistake_without_a_field_on_the_page_leads_to_the_form(network: Network) -> None:
    mistake = FieldMessage("first_name", "too_long", "Dit is te lang.")
    problem = Problem(422, "not-valid", "Controleer het formulier", "x", (mistake,))
    page = Html(form_page(network, OPEN, Draft(), problem))
    assert [each["href"] for each in page.all("a") if each["href"].startswith("#")] == ["#content", "#form"]


def test_every_field_has_its_own_label_and_whatever_describes_it_exists(mistakes: Html) -> None:
    ids = [attributes["id"] for _, attributes in mistakes.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    shown = [
        each for each in mistakes.all("input") + mistakes.all("textarea") if each.get("type") != "hidden"
    ]
    assert {each["id"] for each in shown} == {each["for"] for each in mistakes.all("label")}
    for each in shown:
        assert set(each.get("aria-describedby", "").split()) <= set(ids)
        assert "autocomplete" in each or each["id"] == "remarks"


def test_what_was_typed_is_sent_again(network: Network) -> None:
    page = Html(refused(network, draft(MISTAKES)))
    again = draft([*((each["name"], each["value"]) for each in page.all("input")), ("remarks", "een\ntwee")])
    first = draft(MISTAKES)
    assert {field: value for field, value in again.values.items() if value} == first.values
    assert again.extra == first.extra
    assert [row.field("email") for row in again.colleagues] == [
        row.field("email") for row in first.colleagues
    ]


def test_our_own_form_sends_a_name_that_the_network_gives_another_meaning_under_one_of_ours(
    network: Network,
) -> None:
    form = network.form.model_copy(update={"fields": {"name": "school", "mail": "email", "email": "remarks"}})
    other = network.model_copy(update={"form": form})
    page = Html(form_page(other, OPEN, Draft()))
    assert page.of("name")["name"] == "tweetal_name"
    assert page.of("email")["name"] == "tweetal_email"
    assert page.of("school")["name"] == "school"


def test_the_honeypot_is_hidden_from_people(mistakes: Html) -> None:
    website = mistakes.of("website")
    assert (website["tabindex"], website["autocomplete"], website["value"]) == ("-1", "off", "")
    assert any(each.get("aria-hidden") == "true" for each in mistakes.all("div"))


def test_an_empty_form_has_room_for_a_colleague_and_no_mistakes(network: Network) -> None:
    page = Html(form_page(network, OPEN, Draft()))
    assert page.of("colleague_email")["name"] == "colleague_email"
    assert "Aanmelden – Leernetwerk" in page.words
    assert "Aanmelden kan tot en met vrijdag 14 april 2023." in page.words
    assert "Van elke school doen minstens 2 mensen mee." in page.words
    assert not any("aria-invalid" in attributes for _, attributes in page.tags)


def test_after_the_deadline_the_form_says_who_decides(network: Network) -> None:
    assert "Voortgezet Leren\nbeslist dan of je mee kunt doen" in form_page(network, TOO_LATE, Draft())


def test_a_failure_stands_above_what_was_typed(network: Network) -> None:
    page = Html(form_page(network, OPEN, draft([("naam", "Jan")]), FAILED))
    assert page.of("name")["value"] == "Jan"
    assert "Fout: Het lukt nu even niet" in page.words


def test_whom_to_ask_is_on_every_page_of_a_network(network: Network) -> None:
    for page in (problem_page(FAILED, network), thanks_page(network, "PLG-1", late=False)):
        assert "info@voortgezetleren.nl" in page
        assert "030 – 23 24 880" in page
    assert "mailto" not in problem_page(FAILED)


def test_who_is_put_aside_is_promised_no_mail(network: Network) -> None:
    page = thanks_page(network, "PLG-1", late=False, quarantined=True)
    assert "De organisatie kijkt ernaar" in page
    assert "Je krijgt binnen" not in page
    assert "ongewenste mail" not in page


def test_who_named_a_colleague_without_an_address_reads_whose_address_is_missing(network: Network) -> None:
    page = thanks_page(network, "PLG-1", late=False, without_address=("Jan Bos",))
    assert "We missen het e-mailadres van Jan Bos" in page


def test_a_form_that_comes_back_still_carries_what_it_has_no_input_for(network: Network) -> None:
    typed = Draft(extra={"dieet": "vega"}, consents={"akkoord": "ja"}, questions={"lunch": "ja"})
    inputs = [attributes for tag, attributes in Html(form_page(network, OPEN, typed)).tags if tag == "input"]
    sent = {each["name"]: each["value"] for each in inputs if each.get("type") == "hidden"}
    assert sent == {"dieet": "vega", "akkoord": "ja", "question_lunch": "ja"}


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ['"><script>alert(1)</script>', "</textarea><b>", "{{ 7 * 7 }}", "' onfocus='x", "</style><style>*"]
)


@given(TEXT, TEXT)
def test_what_somebody_types_is_never_markup(network: Network, typed: str, key: str) -> None:
    fields = ("name", "school", "remarks", "collega_naam", "website", "forward")
    plain = Html(form_page(network, OPEN, draft([*((f, "x") for f in fields), ("key", "x")])))
    page = Html(form_page(network, OPEN, draft([*((f, f"x{typed}") for f in fields), (f"key{key}", "x")])))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]
    assert [list(attributes) for _, attributes in page.tags] == [
        list(attributes) for _, attributes in plain.tags
    ]


def test_our_own_form_tells_the_call_first_but_no_link_that_is_for_participants(network: Network) -> None:
    there = Session(
        **network.sessions[0].model_dump(exclude_none=True),
        address="Plein 6",
        online_url="https://meet.example/plg",
    )
    call = HttpUrl("https://call.example/plg")
    told = {"summary": "Samen <leren>.", "costs": "Gratis.", "call_url": call, "sessions": (there,)}
    html = form_page(network.model_copy(update=told), OPEN, Draft({}))
    before = html.partition("<form")[0]
    for words in (
        "Samen &lt;leren&gt;.",
        "Gratis.",
        'href="https://call.example/plg"',
        "Plein 6",
        "10 mei 2023",
    ):
        assert words in before
    assert "meet.example" not in html
