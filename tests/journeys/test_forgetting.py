from datetime import datetime
from urllib.parse import urlencode

from local.web import Response
from shared.domain.registration.registration import ERASED, Registration, State
from tests.journeys.conftest import Story


def at(story: Story, text: str) -> None:
    story.world.set_clock(datetime.fromisoformat(text))


def page(story: Story, to: str) -> str:
    """Return the path of somebody's own page, as they were mailed it."""
    link: str = next(w for mail in story.mails(to=to) for w in mail["text"].split() if "/me/" in w)
    return "/" + link.partition("//")[2].partition("/")[2]


def acts(story: Story, path: str, **typed: str) -> Response:
    headers = {"content-type": "application/x-www-form-urlencoded", "origin": story.world.base_url}
    return story.world.http("POST", path, headers, urlencode(typed))


def stored(story: Story, reference: str) -> Registration:
    (registration,) = [r for r in story.world.registrations() if r.reference == reference]
    return registration


def leaves(story: Story, name: str = "Anna Bos") -> tuple[str, str]:
    """Have somebody register and leave again; return their reference and their page."""
    reference = story.registers(name, functie="rector")
    path = page(story, name.split()[0].lower())
    assert acts(story, path, action="cancel", sure="yes").status == 303
    return reference, path


def test_who_leaves_is_named_in_one_more_report_and_then_nowhere(story: Story) -> None:
    reference, _ = leaves(story)
    story.world.next_day()
    assert "Anna Bos" in story.mails("report")[-1]["text"]
    count = len(story.mails(to="anna"))
    story.world.next_day()
    left = stored(story, reference)
    assert (left.name, left.role, left.school) == (ERASED, "", "Bergcollege")
    story.world.next_day()
    assert "Anna Bos" not in str(story.mails("report")[-1])
    assert len(story.mails(to="anna")) == count  # nobody is mailed because somebody was erased


def test_whoever_undoes_it_at_once_has_everything_back(story: Story) -> None:
    reference, path = leaves(story)
    story.world.next_day()
    assert acts(story, path, action="restore", sure="yes").status == 303
    back = stored(story, reference)
    assert (back.name, back.role, back.state) == ("Anna Bos", "rector", State.REGISTERED)


def test_whoever_undoes_it_later_gives_their_name_again(story: Story) -> None:
    reference, path = leaves(story)
    story.world.next_day()
    story.world.next_day()
    assert "We hebben je naam al gewist" in story.world.http("GET", path).text
    assert acts(story, path, action="restore", sure="yes").status == 422
    assert acts(story, path, action="restore", sure="yes", name=" Anna  Bos ").status == 303
    back = stored(story, reference)
    assert (back.name, back.email, back.state) == ("Anna Bos", "anna@berg.example", State.REGISTERED)
    assert story.kinds("anna")[-1] == "confirmation"


def test_who_registers_again_has_the_same_reference_also_when_the_name_had_gone(story: Story) -> None:
    reference, _ = leaves(story)
    story.world.next_day()
    story.world.next_day()
    assert story.registers("Anna Bos") == reference
    assert story.states() == {"Anna": "registered"}


def test_after_the_deadline_the_page_of_who_left_is_gone_and_they_may_begin_anew(story: Story) -> None:
    reference, path = leaves(story)
    at(story, "2023-04-13T07:00:00+02:00")
    story.world.check()
    story.world.next_day()
    assert story.world.http("GET", path).status == 200
    story.world.next_day()
    assert story.world.http("GET", path).status == 404
    assert stored(story, reference).email == ""
    assert story.registers("Anna Bos") != reference


def test_on_one_mailbox_who_was_forgotten_twice_can_still_register(story: Story) -> None:
    for _ in range(3):
        for name in ("Anna Bos", "Bram Smit"):
            story.registers(name, email="info@berg.example")
        assert sorted(r.name for r in story.world.registrations() if not r.is_erased) == [
            "Anna Bos",
            "Bram Smit",
        ]
        for link in {w for m in story.mails(to="info") for w in m["text"].split() if "/me/" in w}:
            acts(story, "/" + link.partition("//")[2].partition("/")[2], action="erase", sure="yes")
        assert all(r.is_erased for r in story.world.registrations())
        story.world.next_day()  # for one mailbox gets three mails a day that anybody can cause


def test_spam_that_an_organiser_rejected_leaves_no_name_behind(story: Story) -> None:
    reference = story.registers("Casino Bonus", email="casino@spam.example", website="x")
    spam = stored(story, reference)
    assert story.world.table.save(
        spam.become(State.CANCELLED, story.world.now, "info@voortgezetleren.nl", "Casino is spam")
    )
    story.world.next_day()
    story.world.next_day()
    left = stored(story, reference)
    assert (left.name, left.email, left.history[-1].note) == (ERASED, "", "")
    assert story.mails(to="casino") == []


def test_retention_leaves_numbers_and_mails_nobody(story: Story) -> None:
    story.registers("Anna Bos")
    leaves(story, "Bram Smit")
    at(story, "2024-02-22T07:00:00+01:00")
    before = len(story.world.mails())
    story.world.check()
    assert story.world.registrations() == []
    assert len(story.world.mails()) == before
