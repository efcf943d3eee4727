"""The bucket of a client address, so coarse that it identifies nobody."""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


def client_bucket(address: str, network: str, at: datetime) -> str:
    """Return the bucket that counts the posts of an address in this hour (UTC): "2023-03-20T08-3f9a".

    It is empty for an address that identifies no client: this machine, or one inside a private network.
    It has sixteen bits of a hash that differs each hour: 65,536 IPv4 addresses share a bucket. So it
    identifies nobody, needs no secret key, and a robot that changes its address cannot fill the table.
    """
    return _bucket(address, network, f"{at.astimezone(UTC):%Y-%m-%dT%H}")


def day_bucket(address: str, network: str, at: datetime) -> str:
    """Return the bucket that counts the posts of an address in this day (UTC), as `client_bucket` does."""
    return _bucket(address, network, f"{at.astimezone(UTC):%Y-%m-%d}")


def _bucket(address: str, network: str, period: str) -> str:
    client = _client(address)
    if not client:
        return ""
    digest = hashlib.sha256(f"tweetal-visitor\n{network}\n{period}\n{client}".encode())
    return f"{period}-{digest.hexdigest()[:4]}"


@lru_cache(maxsize=1)  # a post is counted in two buckets
def _client(address: str) -> str:
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    ip = _carried(ip) or ip
    return _household(ip) if ip.is_global else ""


def _carried(ip: IPv4Address | IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address is made of, of which its owner can make any number."""
    if ip.version == 4:
        return None
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _household(ip: IPv4Address | IPv6Address) -> str:
    """Return an IPv4 address, or the /64 of an IPv6 address, within which one client has any number."""
    return str(ip if ip.version == 4 else ip_network((ip, 64), strict=False))
