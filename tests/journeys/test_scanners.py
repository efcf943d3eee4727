"""Link scanners open what is mailed and press what they find; nothing comes of it, a whole season long."""

from tests.journeys.conftest import Story
from tests.journeys.scanner import Scanner
from tests.journeys.season import after_the_deadline, all_links, before_the_deadline, everything


def test_whoever_opens_every_link_and_presses_every_button_changes_nothing(story: Story) -> None:
    tried: dict[str, int] = {}
    for part in (before_the_deadline, after_the_deadline):
        part(story)
        before, scanner = everything(story.world), Scanner(story.world)
        for link in all_links(story.world):
            scanner.open(link)
        assert everything(story.world) == before
        tried |= scanner.pressed
    assert {mail["kind"] for mail in story.world.mails()} == {
        "confirmation", "invited", "complete", "reminder", "late", "admitted", "held", "changed", "cancelled",
        "already", "links", "data", "invitation", "report",
    }  # fmt: skip
    # It did press: each act of an own page, the form behind a forwarded link, the door, the lost link.
    pressed = " ".join(tried)
    for act in ("change", "invite", "replace", "cancel", "links", "data", "revoke", "erase", "restore"):
        assert f"action={act}" in pressed, act
    for place in ("/networks/plg-2023/registrations", "do=ask", "/links/plg-2023"):
        assert place in pressed, place
    assert set(tried.values()) <= {303, 422, 403}
