"""Every task of the handbook, played: its steps are followed word for word, and what they promise happens."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest

from local.world import World
from tests.conftest import ROOT
from tests.infra.permissions.recording import RecordingWorld
from tests.journeys.conftest import Story
from tests.journeys.handbook import HANDBOOK, Reader, Task, tasks
from tests.journeys.test_changed_form import posts as posts_a_changed_form
from tests.journeys.test_kept_posts import server_posts
from tests.journeys.test_sites import posts as posts_on_another_site
from tests.moment import Moment

TASKS = {task.title: task for task in tasks()}


EXAMPLES_OF_THEIRS = {"Eet je mee?"}  # what an organiser types


class Example(NamedTuple):
    """One organiser's case of a task: what is theirs, and what must have happened at the end.

    `mails` went out, as "kind first name", after so many `minutes`; `states` are people's by first name.
    """

    own: Mapping[str, Any] = {}
    says: str = ""
    mails: frozenset[str] = frozenset()
    states: Mapping[str, str] = {}
    undone: Mapping[str, str] = {}  # people's states, and None for no mail
    says_undone: str = ""
    closed: bool = False
    minutes: int = 0
    begins: str = ""  # whose latest mail it begins in


def sends(*mails: str) -> frozenset[str]:
    return frozenset(mails)


CODE = {"Code uit de mail": "the code"}  # whatever was mailed last
EXAMPLES = {
    "Ik wil inloggen": Example(CODE, "Wie komt er?", begins="info", says_undone="Inloggen"),
    "Het rapport kwam niet": Example(CODE, "info@voortgezetleren.nl", begins="info"),
    "Een collega wil het rapport ook": Example(
        {"E-mailadressen, elk op een eigen regel": "info@voortgezetleren.nl\nels@leren.example"},
        "els@leren.example",
        sends("report els"),
        says_undone="els@leren.example → info@voortgezetleren.nl",
    ),
    "Ik wil weten wie er komt": Example(
        {
            "Zoek in namen, scholen, adressen, opmerkingen en antwoorden": "Berg",
            "de persoon": "Anna Bos",
        },
        "anna@berg.example",
    ),
    "Ik wil alles in Excel": Example(says="spreadsheet"),
    "Ik wil een presentielijst": Example(says="Bos, Anna", closed=True),
    "Ik wil besluiten nemen": Example(
        {"de persoon": "Hanna Pit", "de school": "Dalcollege"},
        "Gedaan: ",
        sends("admitted hanna", "complete carla"),
        {"Hanna": "admitted"},
        {"Hanna": "declined"},
        closed=True,
    ),
    "Ik wil over één persoon beslissen": Example(
        {"de persoon": "Hanna Pit", "Waarom?": "belde vooraf"},
        "belde vooraf",
        sends("admitted hanna", "complete carla"),
        {"Hanna": "admitted", "Carla": "held"},
        {"Hanna": "held"},
        closed=True,
    ),
    "Iemand komt toch niet": Example(
        {"de persoon": "Anna Bos"},
        "Gedaan",
        sends("declined anna", "changed bram"),
        {"Anna": "declined"},
        {"Anna": "admitted"},
    ),
    "Een school mag met minder mensen komen": Example(
        {"de school": "Dalcollege", "Waarom?": "kleine school"},
        "uitzondering door info@voortgezetleren.nl",
        says_undone="Teruggenomen",
    ),
    "Ik wil eerst bellen en dan pas mailen": Example(
        {"Waarom?": "Ik bel eerst"}, "Het besluit wacht", says_undone="Houd het besluit vast"
    ),
    "Is dit spam?": Example(
        {"de school met mogelijke spam": "Casino", "Zoek een school of een persoon": "Win"},
        "Gedaan",
        states={"Win": "cancelled"},
        undone={"Win": "registered"},
    ),
    "Ik wil iemand met de hand aanmelden": Example(
        {
            "Naam": "Dirk Jol",
            "E-mailadres": "jol@berg.example",
            "Naam van de school": "Bergcollege",
            "Hoe weet je dit?": "belde op 3 april",
            "de persoon": "Dirk Jol",
        },
        "belde op 3 april",
        sends("confirmation jol"),
    ),
    "Een adres klopt niet": Example(
        {"de persoon": "Bea Mol", "Het goede e-mailadres": "bea@meer.example"},
        "Gedaan",
        sends("confirmation bea"),
    ),
    "Iemand heeft de mail niet": Example({"de persoon": "Carla Smit"}, "Gedaan", sends("confirmation carla")),
    "Iemand wil zijn gegevens zien": Example(
        says="We sturen je een mail met je gegevens", mails=sends("data anna"), begins="anna"
    ),
    "Iemand wil zijn gegevens weg": Example(
        says="gewist", mails=sends("changed bram"), begins="anna"
    ),
    "Is dit één school?": Example(
        {"de twee namen": "De Hoeksteen, Urk en de hoeksteen locatie Haven", "de school": "oeksteen"},
        "Gedaan",
        sends("complete dirk", "complete els"),
        says_undone="1 van 2",
    ),
    "Ik weet welke school iemand bedoelt": Example(
        {
            "de school": "Dalcollege",
            "Naam, plaats of BRIN-nummer": "Wolfsbos",
            "de school zoals het register die noemt": "Wolfsbos",
        },
        "Wolfsbos",
        says_undone="Dalcollege",
    ),
    "Ik wil een school nu herinneren": Example(
        {"de school": "Dalcollege"}, "Gedaan", sends("reminder carla")
    ),
    "Ik wil iedereen mailen": Example(
        {"wie het krijgt": "Wie nu zou meedoen", "Onderwerp": "Het programma", "Bericht": "Tot 10 mei!"},
        "Je bericht is verstuurd.",
        sends("message anna", "message bram"),
    ),
    "Ik wil iets aan een mail toevoegen": Example(
        {"Je doet mee": "Je kunt achter de school parkeren."},
        "Je kunt achter de school parkeren.",
        says_undone="Je kunt achter de school parkeren. → niets",
    ),
    "Ik wil een bijeenkomst verzetten": Example(
        {"Datum": "2023-07-06"},
        "donderdag 6 juli 2023",
        sends("moved anna", "moved bram"),
        says_undone="donderdag 6 juli 2023 → donderdag 29 juni 2023",
        closed=True,
        minutes=30,
    ),
    "Ik wil de deadline verzetten": Example(
        {"Laatste dag om je aan te melden": "2023-04-21"},
        "vrijdag 21 april 2023",
        sends("deadline anna", "deadline bram", "deadline carla", "deadline dirk", "deadline els"),
        says_undone="vrijdag 21 april 2023 → vrijdag 14 april 2023",
        minutes=30,
    ),
    "Ik wil iets van iedereen weten": Example(
        {"Vraag": "Eet je mee?", "het soort": "ja of nee"}, "Eet je mee?", says_undone="vervalt"
    ),
    "Ik wil iets anders veranderen": Example(
        {"Plaats": "Zaal 4"}, "Zaal 4", sends("moved anna", "moved bram"), closed=True, minutes=30,
        says_undone="Zaal 4 →",
    ),
    "Ik wil een netwerk voor volgend jaar": Example(says='id = "plg-2024"'),
    "Het formulier is veranderd": Example(
        {
            "E-mailadres": "frank@berg.example",
            "Hoe weet je dit?": "stond in de inzending",
            "de persoon": "Frank Vis",
        },
        "Gedaan",
        sends("confirmation frank"),
        {"Frank": "registered"},
        {"Frank": "declined"},
    ),
    "Een inzending klopt niet": Example(says="Gedaan"),
    "Is dat jullie website?": Example(
        {"de vraag over de website": "is dat jullie website?", "de website": "www.vo-raad.nl"},
        "Jullie website",
        sends("confirmation gijs"),
        {"Gijs": "registered"},
        {"Gijs": "registered"},
        says_undone="Niet jullie website",
    ),
}  # fmt: skip


class Desk(NamedTuple):
    """The desk at a moment: a reader who has signed in, and where their pages begin."""

    moment: Moment
    cookies: Mapping[str, str]
    home: str


def _signs_in(world: World) -> Desk:
    sanne = Reader(world, {})
    home = "/".join(sanne.link("info", "/organiser/").split("/")[:5])
    sanne.opens(home)
    sanne.posts(home, do="ask", sure="yes")
    sanne.posts(home, code=sanne.code())
    return Desk(Moment.of(world), sanne._cookies, home)


@pytest.fixture(scope="module")
def _desks(_world: RecordingWorld) -> Mapping[bool, Desk]:
    """The desk on the second day, and on the second day after the deadline."""
    _world.reset()
    story = Story(_world)
    story.registers("Anna Bos")
    story.registers("Bram Kuipers")
    story.registers("Carla Smit", "Dalcollege", email="carla@dal.example")
    story.registers("Dirk Mol", "De Hoeksteen", plaats="Urk", email="dirk@x.example")
    story.registers("Els Vos", "de hoeksteen locatie Haven", plaats="", email="els@y.example")
    story.registers("Bea Mol", "Meercollege", email="bounce@meer.example")
    story.registers("Win Een", "Casino", email="win@casino.example", website="https://casino.example")
    posts_on_another_site(story, "Gijs Top")
    posts_a_changed_form(story, "Frank Vis")
    server_posts(story, {"naam": "Jet Pool", "email": "jet@berg", "schoolnaam": "Bergcollege"})
    _world.next_day()
    before = _signs_in(_world)
    _world.set_clock(datetime.fromisoformat("2023-04-15T12:00:00+02:00"))
    _world.check()
    story.registers("Hanna Pit", "Dalcollege", email="hanna@dal.example")
    _world.next_day()
    return {False: before, True: _signs_in(_world)}


class Played:
    """A task with its example, in the world in which it is played."""

    def __init__(self, world: World, desk: Desk, task: Task) -> None:
        self.world, self.desk, self.task = world, desk, task
        self.example = EXAMPLES[task.title]
        desk.moment.put_back(world)
        own = {word: text if text != "the code" else self._code for word, text in self.example.own.items()}
        self.reader = Reader(world, own)
        self._mailed = len(world.mails())

    def _code(self) -> str:
        return self.reader.code()

    def steps(self) -> None:
        if self.example.begins:
            to = self.example.begins
            self.reader.reads_mail(
                [m for m in self.world.mails() if m["to"][0].startswith(to) and m["kind"] != "code"][-1]
            )
        else:
            self.at_the_overview()
        for step in self.task.steps:
            self.reader.follows(step)

    def at_the_overview(self) -> None:
        self.reader._cookies.update(self.desk.cookies)
        self.reader.begins(self.desk.home)

    def mails(self, minutes: int) -> set[str]:
        """Return what was mailed since, after so many minutes."""
        if minutes:
            self.world.set_clock(self.world.now + timedelta(minutes=minutes))
        else:
            self.world.sweep()
        new = [m for m in self.world.mails()[self._mailed :] if m["kind"] != "code"]
        return {f"{m['kind']} {m['to'][0].partition('@')[0]}" for m in new}

    def states(self, people: Mapping[str, str]) -> dict[str, str]:
        now = {r.name.split()[0]: r.state.value for r in self.world.registrations()}
        return {name: now[name] for name in people}


@pytest.fixture
def played(_world: RecordingWorld, _desks: Mapping[bool, Desk], request: pytest.FixtureRequest) -> Played:
    task = TASKS[request.param]
    return Played(_world, _desks[EXAMPLES[task.title].closed], task)


@pytest.mark.parametrize("played", EXAMPLES, indirect=True)
def test_a_task_does_what_the_handbook_says_and_can_be_undone_as_it_says(played: Played) -> None:
    example = played.example
    played.steps()
    assert example.says in played.reader.says() + played.reader.download()
    done = Moment.of(played.world)
    assert played.mails(example.minutes) == example.mails
    assert played.states(example.states) == example.states
    if played.task.undo:
        done.put_back(played.world)
        played.world.now += timedelta(minutes=1)
        if not example.begins:
            played.at_the_overview()
        played.reader.follows(played.task.undo)
        assert example.says_undone in played.reader.says(), played.reader.says()
        assert played.states(example.undone) == example.undone
        if example.minutes:
            assert played.mails(2 * example.minutes) == set()


def test_every_task_is_played() -> None:
    assert list(TASKS) == list(EXAMPLES)


def test_every_link_within_the_handbook_leads_to_a_heading() -> None:
    headings = {_anchor(title) for title in re.findall(r"^## (.+)$", HANDBOOK, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", HANDBOOK)) <= headings


def _anchor(title: str) -> str:
    """Write a heading as GitHub does in a link."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_what_the_handbook_quotes_outside_its_steps_stands_on_a_page_or_in_a_mail() -> None:
    files = [path for path in (ROOT / "shared").rglob("*.*") if path.suffix in (".html", ".jinja", ".py")]
    ours = " ".join(path.read_text(encoding="utf-8") for path in files)
    quoted = set(re.findall(r"“([^”…]+)”", " ".join(HANDBOOK.split()))) - EXAMPLES_OF_THEIRS
    assert [text for text in sorted(quoted) if text not in ours] == []
