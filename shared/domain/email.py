"""E-mail addresses that SES can deliver to."""

from email_validator import EmailNotValidError, validate_email


def email_address(text: str) -> str:
    """Return the address normalised; raise `ValueError` for one that SES cannot deliver to.

    SES has no SMTPUTF8: the local part is ASCII, the domain goes out as punycode (SES API, Destination).
    """
    try:
        checked = validate_email(text.strip(), strict=True, allow_smtputf8=False, check_deliverability=False)
    except EmailNotValidError as wrong:
        raise ValueError(str(wrong)) from wrong
    return checked.ascii_email or checked.normalized
