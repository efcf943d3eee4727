"""A web site's own server proves what it is in the way that its maker offers."""

import base64
import hashlib
import hmac

from shared.access.form_secret import carries_secret, form_secrets, may_carry_secret
from shared.access.links import Links

BODY = b'{"naam": "Sanne"}'
(SECRET,) = form_secrets(Links(["k" * 32]), "plg-2023", 0)


def proves(headers: dict[str, str] | None = None, query: dict[str, str] | None = None) -> bool:
    return carries_secret(headers or {}, query or {}, BODY, [SECRET])


def signature(message: bytes = BODY) -> bytes:
    return hmac.digest(SECRET.encode(), message, hashlib.sha256)


def test_a_header_or_the_address_carries_it() -> None:
    assert proves({"x-tweetal-secret": SECRET})
    assert proves(query={"secret": SECRET})


def test_makers_sign_the_body_with_it() -> None:
    assert proves({"typeform-signature": f"sha256={base64.b64encode(signature()).decode()}"})
    assert proves({"tally-signature": base64.b64encode(signature()).decode()})
    assert proves({"x-wpforms-webhook-signature": f"t=1679299200,v={signature(b'1679299200.' + BODY).hex()}"})
    webflow = {
        "x-webflow-timestamp": "1679299200",
        "x-webflow-signature": signature(b"1679299200:" + BODY).hex(),
    }
    assert proves(webflow)


def test_anything_else_proves_nothing() -> None:
    assert not proves()
    assert not proves({"x-tweetal-secret": ""}, {"secret": "x"})
    assert not proves({"typeform-signature": f"sha256={base64.b64encode(signature(b'other')).decode()}"})
    assert not may_carry_secret({"accept": "*/*"}, {})


def test_another_network_another_version_and_another_key_have_another_secret() -> None:
    links = Links(["k" * 32])
    others = [
        *form_secrets(links, "plg-2024", 0),
        *form_secrets(links, "plg-2023", 1),
        *form_secrets(Links(["x" * 32]), "plg-2023", 0),
    ]
    assert len({SECRET, *others}) == 4


def test_an_older_key_still_proves() -> None:
    assert SECRET in form_secrets(Links(["k" * 32, "new" * 11]), "plg-2023", 0)
