"""Tells a season, or what is left of it, as sentences that a person can read."""

from collections.abc import Iterator

from tests.seasons.rules import ZONE
from tests.seasons.script import Act, Season

_SAYS = {
    "register": "{who} registers for {school}{others}",
    "double": "{who} registers for {school}, and presses the button twice",
    "join": "{who} registers by the forward link of {other}",
    "again": "{who} registers once more, with another role",
    "robot": "a robot registers as {who} for {school}",
    "cancel": "{who} cancels",
    "restore": "{who} comes back",
    "replace": "{who} lets {other} go instead",
    "invite": "{who} has {other} invited",
    "change": "{who} corrects the school to {school}",
    "links": "{who} asks for the lost link",
    "revoke": "{who} makes all own links void",
    "erase": "{who} has everything erased",
    "move": "the operator has the session some days later",
    "form_changes": "somebody renames a field of the web form",
    "form_mended": "the operator names it in the network's file, and releases what was kept",
    "check": "the check runs",
    "admit": "the organiser admits {who}",
    "hold": "the organiser holds {who}",
    "decline": "the organiser declines {who}",
    "release": "the organiser says that {who} is real",
    "reject": "the organiser says that {who} is spam",
    "unreject": "the organiser puts {who} back",
    "resend": "the organiser has {who} mailed again",
    "waive": "the organiser excepts the school of {who} from the rule",
    "unwaive": "the organiser takes the exception for the school of {who} back",
    "remind": "the organiser reminds the school of {who}",
    "by_hand": "the organiser registers {who} for {school} by hand",
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
    who = f"{people[act.who].name} <{people[act.who].email}>" if act.who >= 0 else ""
    others = [people[number].name for number in act.others]
    typing = act.typing
    school = f"“{', '.join(filter(None, typing[1:4]))}”" if typing else ""
    brought = f" with {' and '.join(others)}" if others else ""
    return _SAYS[act.verb].format(who=who, school=school, other=" ".join(others), others=brought)
