"""What an e-mail domain says about a school: its own, a board's that many share, or anybody's mailbox."""

_FREE = frozenset(
    """
    aol.com caiway.nl casema.nl chello.nl freedom.nl gmail.com gmx.com gmx.net googlemail.com
    hetnet.nl home.nl hotmail.com hotmail.nl icloud.com kpnmail.nl kpnplanet.nl live.com live.nl
    mac.com me.com msn.com online.nl onsbrabantnet.nl outlook.com outlook.nl planet.nl proton.me
    protonmail.com quicknet.nl solcon.nl t-mobile.nl tele2.nl telfort.nl upcmail.nl xs4all.nl
    yahoo.com yahoo.nl ziggo.nl zonnet.nl
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
# Hosts that a school puts before its own domain without meaning another school.
_SERVICE = ("www.", "mail.", "student.", "leerling.", "leerlingen.", "docent.", "o365.")


def school_domain(domain: str) -> str:
    """Return an e-mail domain that may tell the school, or nothing for everybody's mail."""
    host = domain.strip().lower().rpartition("@")[2].rstrip(".")
    for service in _SERVICE:
        host = host.removeprefix(service)
    return "" if site(host) in _FREE else host


def site(domain: str) -> str:
    """Return the domain that its owner registered: "berlage.espritscholen.nl" is of "espritscholen.nl"."""
    return ".".join(domain.split(".")[-2:])


def label(domain: str) -> str:
    """Return the word of a domain that names the school: its subdomain, or else its own word."""
    return domain.split(".")[0]
