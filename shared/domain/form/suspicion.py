"""Why a post is put aside for the organiser instead of being registered, and when even that ends."""

from enum import StrEnum

FLOOD = 1000  # people an hour from one address: more are refused, or a robot fills table and report


class Suspicion(StrEnum):
    """What made a post look like a robot's, as its history tells the organiser."""

    HONEYPOT = "het verborgen veld was ingevuld"
    TOO_FAST = "sneller ingevuld dan iemand kan typen"
    NO_WORK = "zonder bewijs van rekenwerk"
    TOO_MANY = "te veel aanmeldingen van één plek"
    UNLISTED_SITE = "van een website die niet in de lijst staat"
