"""What people do: each step is one function, and its docstring is the line that is printed."""

import hashlib
import re
from datetime import UTC, datetime, time

from shared.domain.outbox import MailState
from shared.domain.rule.reminder import reminder_days
from tests.cloud import bridges
from tests.cloud.cloud import Cloud
from tests.cloud.site import expect

ORGANISER = "els@voorbeeld.example"
BARLAEUS, VOSSIUS = "Barlaeus Gymnasium", "Vossius Gymnasium"


def register_by_script(cloud: Cloud) -> None:
    """Jip registers by JSON: an item in the table, and a mail by way of the stream."""
    reference = cloud.register("Jip Jansen", "jip@berg.example", BARLAEUS)
    assert cloud.person("jip@berg.example").reference == reference
    letter = cloud.mailbox.wait_for("jip@berg.example", "Je bent aangemeld, nog 1 collega nodig")
    assert reference in letter.text
    cloud.wait_for_state(f"{reference}-confirmation-1", MailState.SENT)


def register_by_form(cloud: Cloud) -> None:
    """Kim of the same school posts a plain form, and Jip hears that the school is complete."""
    fields = {"naam": "Kim de Wit", "emailadres": "kim@berg.example", "school": BARLAEUS}
    expect(201, cloud.visitor().sends_form(f"/networks/{cloud.network}/registrations", **fields))
    assert cloud.person("kim@berg.example").school == BARLAEUS
    cloud.mailbox.wait_for("jip@berg.example", "Je school is compleet")
    cloud.mailbox.wait_for("kim@berg.example", "Je bent aangemeld")


def follow_link(cloud: Cloud) -> None:
    """Noor, alone of her school, follows the link in her mail to her page, and invites a colleague."""
    cloud.register("Noor Smit", "noor@dal.example", VOSSIUS)
    letter = cloud.mailbox.wait_for("noor@dal.example", "nog 1 collega nodig")
    noor, own = cloud.visitor(), letter.link("me")
    page = expect(200, noor.opens(own)).text
    assert VOSSIUS in page
    assert "Noor" in page
    expect(303, noor.sends_form(own, action="invite", colleague_email="lot@dal.example"))
    assert [i.email for i in cloud.person("noor@dal.example").invitations] == ["lot@dal.example"]
    cloud.mailbox.wait_for("lot@dal.example", "")
    assert VOSSIUS in expect(200, cloud.visitor().opens(letter.link("join"))).text


def suggest_schools(cloud: Cloud) -> None:
    """Who types a part of a name is shown the school of the register."""
    schools = cloud.visitor().opens("/schools?q=barl").json()
    assert [school["name"] for school in schools] == [BARLAEUS], schools


def solve_challenge(cloud: Cloud) -> None:
    """A browser gets work to do, which can be done."""
    work = cloud.visitor().opens(f"/networks/{cloud.network}/challenge").json()
    salted = (f"{work['salt']}{number}".encode() for number in range(work["maxnumber"] + 1))
    assert any(hashlib.sha256(each).hexdigest() == work["challenge"] for each in salted)


def check(cloud: Cloud) -> None:
    """The daily check of the first reminder's day reminds Noor alone, and reports to the organiser."""
    network = cloud.table.network_at(cloud.network, datetime.now(UTC))
    assert network
    (day, _), *_ = reminder_days(network)
    at = datetime.combine(day, time(7), network.zone)
    done = bridges.start_check(cloud.stack.resources["Check"], at)
    assert done["networks"] == {cloud.network: {"reminded": 1, "reports": 1}}, done
    cloud.mailbox.wait_for("noor@dal.example", "nog 1 collega nodig: Proefnetwerk")
    report = cloud.mailbox.wait_for(ORGANISER, "1 school compleet, 1 te kort")
    assert "Noor Smit" in report.text
    reminded = [mail.reference for mail in cloud.table.mails(cloud.network) if mail.kind == "reminder"]
    assert reminded == [cloud.person("noor@dal.example").reference]


def sign_in(cloud: Cloud) -> None:
    """The organiser opens the report's link, is mailed a code, types it, and sees all three people."""
    overview = cloud.mailbox.wait_for(ORGANISER, "compleet").link("organiser")
    els = cloud.visitor()
    assert "Noor" not in els.opens(overview).text
    expect(200, els.sends_form(overview, do="ask", sure="yes"))
    code = re.search(r"^ +(\d{6})$", cloud.mailbox.wait_for(ORGANISER, "code").text, re.MULTILINE)
    assert code
    wrong = f"{(int(code[1]) + 1) % 1_000_000:06}"
    expect(403, els.sends_form(overview, code=wrong))
    expect(403, cloud.visitor().sends_form(overview, code=code[1]))  # another browser
    expect(303, els.sends_form(overview, code=code[1]))
    page = expect(200, els.opens(f"{overview}/people")).text
    assert all(name in page for name in ("Jip Jansen", "Kim de Wit", "Noor Smit"))


def deliver(cloud: Cloud) -> None:
    """An event of SES by way of SNS makes Jip's mail delivered."""
    mail = f"{cloud.person('jip@berg.example').reference}-confirmation-1"
    bridges.publish_delivery(cloud.stack.resources["MailEvents"], cloud.network, mail)
    cloud.wait_for_state(mail, MailState.DELIVERED)
