"""Which input of an own page holds what was typed."""

from functions.amend.colleagues import correction_field
from shared.domain.actions.registrant import RegistrantAction
from shared.pages.own import OwnPageView


def by_input_id(view: OwnPageView, fields: dict[str, str]) -> dict[str, str]:
    """Return the typed values by the id of their input; several forms have a colleague's address."""
    ids = {}
    if view.act == RegistrantAction.INVITE:
        ids["colleague_email"] = "invite_email"
    elif view.act == RegistrantAction.ADDRESS:
        ids["email"] = "new_email"
    elif view.act == RegistrantAction.CORRECT:
        ids["colleague_email"] = correction_field(view.bounced, fields["colleague"])
    elif view.act == RegistrantAction.BRING and fields.get("colleague_name") in view.awaited:
        ids["colleague_email"] = f"colleague_email.{view.awaited.index(fields['colleague_name'])}"
    return {ids.get(name, name): value for name, value in fields.items()}
