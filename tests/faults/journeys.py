"""Everything that people and schedules do, each with what must be so when it is over, by hand."""

from tests.faults.people import NETWORK, People
from tests.faults.steps import (
    ANNA,
    BRAM,
    CHECK,
    Journey,
    acts,
    admits,
    at,
    mended,
    moved,
    pages,
    quietly,
    registers,
)

_TWO = {"anna": "confirmation complete|confirmation", "bram": "confirmation"}
_AFTER = "2023-04-15T07:00:00+02:00"

JOURNEYS: tuple[Journey, ...] = (
    Journey("register", (), (ANNA,), {"anna": "registered"}, {"anna": "confirmation"}),
    Journey(
        "register with a colleague",
        (),
        (registers("Anna Bos", collega_naam="Bram Kuipers", collega_email="bram@berg.example"),),
        {"anna": "registered", "bram": "registered"},
        {"anna": "confirmation", "bram": "invited"},
    ),
    Journey(
        "register again",
        (ANNA,),
        (registers("Anna Bos", functie="rector"),),
        {"anna": "registered"},
        {"anna": "confirmation already"},
    ),
    Journey(
        "two on one mailbox",
        (ANNA,),
        (registers("Bram Kuipers", "Dalcollege", emailadres="anna@berg.example"),),
        {"anna": "registered registered"},
        {"anna": "confirmation confirmation"},
    ),
    Journey("join", (ANNA,), (BRAM,), {"anna": "registered", "bram": "registered"}, _TWO),
    Journey(
        "cancel",
        (ANNA, BRAM),
        (acts("anna", action="cancel", sure="yes"),),
        {"anna": "cancelled", "bram": "registered"},
        {"anna": "confirmation complete cancelled", "bram": "confirmation changed"},
    ),
    Journey(
        "restore",
        (ANNA, BRAM, acts("anna", action="cancel", sure="yes")),
        (acts("anna", action="restore", sure="yes"),),
        {"anna": "registered", "bram": "registered"},
        {"anna": "confirmation complete cancelled confirmation", "bram": "confirmation changed complete"},
    ),
    Journey(
        "replace",
        (ANNA,),
        (acts("anna", action="replace", colleague_name="Carla Smit", colleague_email="carla@berg.example"),),
        {"anna": "cancelled", "carla": "registered"},
        {"anna": "confirmation cancelled", "carla": "invited"},
    ),
    Journey(
        "invite",
        (ANNA,),
        (acts("anna", action="invite", colleague_email="kim@berg.example"),),
        {"anna": "registered"},
        {"anna": "confirmation", "kim": "invitation"},
    ),
    Journey(
        "ask for a lost link",
        (ANNA,),
        (lambda people: people.done(people.posts(f"/links/{NETWORK}", None, email="anna@berg.example")),),
        {"anna": "registered"},
        {"anna": "confirmation links"},
    ),
    Journey(
        "an organiser signs in and admits who was late",
        (at("2023-04-15T06:00:00+02:00"), registers("Laat Komer"), at(_AFTER), CHECK),
        (People.asks_a_code, People.signs_in, admits),
        {"laat": "admitted"},
        {"laat": "late admitted"},
    ),
    Journey(
        "a check reminds",
        (ANNA, at("2023-04-12T07:00:00+02:00")),
        (CHECK,),
        {"anna": "registered"},
        {"anna": "confirmation reminder"},
    ),
    Journey(
        "a check decides",
        (ANNA, BRAM, registers("Carla Smit", "Dalcollege"), at(_AFTER)),
        (CHECK,),
        {"anna": "admitted", "bram": "admitted", "carla": "held"},
        {
            "anna": "confirmation complete admitted",
            "bram": "confirmation admitted",
            "carla": "confirmation held",
        },
    ),
    Journey(
        "a sweep finds what the stream lost",
        (quietly(ANNA), quietly(BRAM)),
        (People.sweeps,),
        {"anna": "registered", "bram": "registered"},
        # Whoever is counted first reads that the school is short, and hears when the other is.
        {"anna": "confirmation|confirmation complete", "bram": "confirmation|confirmation complete"},
    ),
    Journey(
        "a mail bounces",
        (),
        (registers("Bounce Bos"),),
        {"bounce": "registered"},
        {"bounce": "confirmation"},
    ),
    Journey(
        "a post of a changed form is kept, and released",
        (),
        (
            registers("Anna Bos", emailadres="", contactveld="anna@berg.example"),
            mended,
            lambda people: people.commands("form", "release", NETWORK),
        ),
        {"anna": "registered"},
        {"anna": "confirmation"},
    ),
    Journey(
        "a session moves",
        (ANNA, BRAM, at(_AFTER), CHECK, at("2023-04-20T09:00:00+02:00")),
        (moved,),
        {"anna": "admitted", "bram": "admitted"},
        {"anna": "confirmation complete admitted moved", "bram": "confirmation admitted moved"},
    ),
    Journey(
        "everybody is forgotten",
        (ANNA, BRAM, at("2024-03-01T07:00:00+01:00")),
        (CHECK,),
        {},
        {"anna": "confirmation complete", "bram": "confirmation"},
    ),
    Journey("open pages", (ANNA,), (pages,), {"anna": "registered"}, {"anna": "confirmation"}),
)
