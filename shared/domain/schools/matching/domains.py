"""E-mail domains: of one school, of a board whose schools share it, or of a free mail provider."""

_FREE = frozenset(
    """
    aol.com caiway.nl casema.nl chello.nl freedom.nl gmail.com gmx.com gmx.net googlemail.com
    hetnet.nl home.nl hotmail.com hotmail.nl icloud.com kpnmail.nl kpnplanet.nl live.com live.nl
    mac.com me.com msn.com online.nl onsbrabantnet.nl outlook.com outlook.nl planet.nl proton.me
    protonmail.com quicknet.nl solcon.nl t-mobile.nl tele2.nl telfort.nl upcmail.nl xs4all.nl
    yahoo.com yahoo.nl ziggo.nl zonnet.nl
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
# Hosts before a school's own domain that do not mean another school.
_SERVICE = ("www.", "mail.", "student.", "leerling.", "leerlingen.", "docent.", "o365.")


def school_domain(domain: str) -> str:
    """Return an e-mail domain that may identify a school; empty for a free mail provider."""
    host = domain.strip().lower().rpartition("@")[2].rstrip(".")
    for service in _SERVICE:
        host = host.removeprefix(service)
    return "" if registered_domain(host) in _FREE else host


def registered_domain(domain: str) -> str:
    """Return the domain that its owner registered: "espritscholen.nl" for "berlage.espritscholen.nl"."""
    return ".".join(domain.split(".")[-2:])


def first_label(domain: str) -> str:
    """Return the part of a domain that names the school: its subdomain, or the word before ".nl"."""
    return domain.split(".")[0]
