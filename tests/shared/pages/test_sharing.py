"""Links to other people's services: what they say, and that they name nobody."""

from datetime import date, time
from urllib.parse import parse_qs, unquote, urlsplit

from shared.domain.network.network import Network
from shared.domain.network.parts import Session
from shared.pages.sharing import agenda_links, share_links

FORWARD = "https://tweetal.example/join/abc.def?x=1&y=2"


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_a_colleagues_link_is_passed_on_by_mail_whatsapp_and_teams(plg: Network) -> None:
    mail, whatsapp, teams = share_links(plg, FORWARD)
    assert [link.service for link in (mail, whatsapp, teams)] == ["Mail", "WhatsApp", "Teams"]
    assert query(mail.url)["subject"] == plg.title
    assert query(mail.url)["body"].split()[-1] == FORWARD
    assert query(whatsapp.url)["text"].endswith(FORWARD)
    assert query(teams.url)["href"] == FORWARD
    assert plg.title in query(teams.url)["msgText"]


def test_a_space_in_a_mail_is_no_plus(plg: Network) -> None:
    assert "+" not in share_links(plg, FORWARD)[0].url


def test_an_english_network_shares_in_english(plg: Network) -> None:
    english = plg.model_copy(update={"language": "en"})
    assert unquote(share_links(english, FORWARD)[1].url).count("Will+you+join") == 1


def test_a_session_is_put_in_an_agenda_at_its_instant_in_utc(plg: Network) -> None:
    session = plg.sessions[0]
    google, outlook = (query(link.url) for link in agenda_links(plg, session))
    start, _, _ = google["dates"].partition("/")
    day = f"{session.date:%Y%m%d}"
    assert start.startswith(day)
    assert outlook["startdt"].replace("-", "").replace(":", "") == start
    assert outlook["subject"] == google["text"]
    assert google["location"] == session.where


def test_a_session_over_midnight_ends_on_the_next_day(plg: Network) -> None:
    late = Session(date=date(2023, 6, 29), start=time(20), end=time(0, 30), place="Utrecht")
    network = plg.model_copy(update={"sessions": (late,)})
    google = query(agenda_links(network, late)[0].url)
    assert google["dates"] == "20230629T180000Z/20230629T223000Z"
