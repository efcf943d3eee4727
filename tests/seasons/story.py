"""Tells a season, or what is left of it, as sentences that a person can read."""

from collections.abc import Iterator

from tests.seasons.rules import ZONE
from tests.seasons.script import Act, Season

_SAYS = {
    "register": "{person} registers for {school}{others}",
    "double": "{person} registers for {school}, and presses the button twice",
    "join": "{person} registers by the forward link of {other}",
    "again": "{person} registers once more, with another role",
    "robot": "a robot registers as {person} for {school}",
    "cancel": "{person} cancels",
    "restore": "{person} comes back",
    "replace": "{person} lets {other} go instead",
    "invite": "{person} has {other} invited",
    "change": "{person} corrects the school to {school}",
    "correct": "whoever brought {person} gives the right address",
    "address": "{person} says to have another address",
    "confirm": "{person} confirms it from there",
    "confirm_own": "{person} confirms the address with which they registered",
    "links": "{person} asks for the lost link",
    "revoke": "{person} makes all own links void",
    "erase": "{person} has everything erased",
    "move": "the operator has the session {days} days later",
    "deadline": "the operator has the deadline {days} days later",
    "minimum": "the operator has each school need {days} people",
    "places": "the operator has {days} places",
    "form_changes": "somebody renames a field of the web form",
    "form_mended": "the operator names it in the network's file, and releases what was kept",
    "check": "the check runs",
    "admit": "the organiser admits {person}",
    "hold": "the organiser holds {person}",
    "decline": "the organiser declines {person}",
    "correct_address": "the organiser gives the right address of {person}",
    "release": "the organiser says that {person} is real",
    "reject": "the organiser says that {person} is spam",
    "unreject": "the organiser puts {person} back",
    "take_in": "the organiser takes in who was late for the old deadline",
    "resend": "the organiser has {person} mailed again",
    "waive": "the organiser excepts the school of {person} from the rule",
    "unwaive": "the organiser takes the exception for the school of {person} back",
    "remind": "the organiser reminds the school of {person}",
    "by_hand": "the organiser registers {person} for {school} by hand",
    "same": "the organiser rules that {person} and {other} typed one school",
    "different": "the organiser rules that {person} and {other} typed two schools",
    "which": "the organiser rules that {person} typed {school}",
    "unrule": "the organiser takes back what was ruled on how {person} typed the school",
    "hold_closing": "the organiser holds the deadline's decisions",
    "release_closing": "the organiser releases the deadline's decisions",
}


def story(season: Season) -> Iterator[str]:
    """Yield the rules of a season, and then every act of it."""
    rules = season.rules
    yield (
        f"A school needs {rules.minimum} people before the end of {rules.deadline:%a %d %b}; "
        f"a short one is then: {rules.when_short}. Who comes late: {rules.late}. "
        f"A school may repair itself for {rules.repair_days} days."
    )
    for act in season.acts:
        luck = "" if not act.luck else f" [and things go wrong, luck {act.luck}]"
        yield f"{act.at.astimezone(ZONE):%a %d %b %H.%M}  {sentence(season, act)}{luck}"


def sentence(season: Season, act: Act) -> str:
    """Say what somebody does."""
    people = season.people
    person = f"{people[act.person].name} <{people[act.person].email}>" if act.person >= 0 else ""
    others = [people[number].name for number in act.others if act.person >= 0 and act.verb != "address"]
    typing = act.typing
    school = f"“{', '.join(filter(None, typing[1:4]))}”" if typing else ""
    brought = f" with {' and '.join(others)}" if others else ""
    return _SAYS[act.verb].format(
        person=person, school=school, other=" ".join(others), others=brought, days=next(iter(act.others), 0)
    )
