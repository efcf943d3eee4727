"""Where a post comes from, kept so coarsely that it says of nobody who they are."""

import hashlib
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


def client_bucket(address: str, network: str, at: datetime) -> str:
    """Return under what the posts of an address in this hour (UTC) are counted: "2023-03-20T08-3f9a".

    Empty for an address that says nothing of who visits: this very machine, or one inside somebody's network.
    Sixteen bits of a hash that differs each hour: 65,536 addresses of IPv4 share them, so nobody can be found
    by it, no key has to be kept for that, and a robot with ever new addresses fills no table.
    """
    whose = _whose(address)
    if not whose:
        return ""
    hour = f"{at.astimezone(UTC):%Y-%m-%dT%H}"
    digest = hashlib.sha256(f"tweetal-visitor\n{network}\n{hour}\n{whose}".encode())
    return f"{hour}-{digest.hexdigest()[:4]}"


def _whose(address: str) -> str:
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return _household(ip) if ip.is_global else ""


def _household(ip: IPv4Address | IPv6Address) -> str:
    """Return an address of IPv4, and of IPv6 the /64 within which anybody has as many as they like."""
    return str(ip if ip.version == 4 else ip_network((ip, 64), strict=False))
