"""What an order is called, what its button says and what it will do, in Dutch; one text per action."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from shared.domain.actions.organiser.order import Order, OrderContext, OrganiserAction
from shared.domain.actions.organiser.typings import typed_text
from shared.domain.form.submission import InvalidError
from shared.domain.registration.registration import State
from shared.pages.organiser import ruling_texts, site_texts
from shared.pages.organiser.post_texts import complete, drop
from shared.pages.organiser.several_texts import about_several
from shared.phrases import dutch
from shared.phrases.mistakes import mistake_text

# The buttons on a school's page that lead to an order.
PERSON_BUTTONS: Mapping[OrganiserAction, str] = {
    OrganiserAction.ADMIT: "Laat meedoen",
    OrganiserAction.HOLD: "Laat wachten",
    OrganiserAction.DECLINE: "Wijs af",
    OrganiserAction.RELEASE: "Dit is echt",
    OrganiserAction.REJECT: "Dit is spam",
    OrganiserAction.RESTORE: "Zet terug",
    OrganiserAction.RESEND: "Mail opnieuw",
    OrganiserAction.CORRECT_ADDRESS: "Verbeter het adres",
}
SCHOOL_BUTTONS: Mapping[OrganiserAction, str] = {
    OrganiserAction.WAIVE: "Maak een uitzondering",
    OrganiserAction.UNWAIVE: "Trek de uitzondering in",
    OrganiserAction.REMIND: "Herinner nu",
}
# The button that carries out the order, on its own page.
ORDER_BUTTONS: Mapping[OrganiserAction, str] = {
    **PERSON_BUTTONS,
    OrganiserAction.REGISTER: "Meld aan",
    OrganiserAction.COMPLETE: "Meld aan",
    OrganiserAction.DROP: "Gooi weg",
    OrganiserAction.WAIVE: "Maak een uitzondering",
    OrganiserAction.UNWAIVE: "Trek in",
    OrganiserAction.REMIND: "Stuur de herinnering",
    OrganiserAction.HOLD_CLOSING: "Houd vast",
    OrganiserAction.RELEASE_CLOSING: "Geef vrij",
    OrganiserAction.TAKE_IN: "Neem ze op",
    OrganiserAction.SAME: "Dit is één school",
    OrganiserAction.DIFFERENT: "Dit zijn twee scholen",
    OrganiserAction.IS: "Dit is de school",
    OrganiserAction.UNDO_RULING: "Neem terug",
    OrganiserAction.OUR_SITE: "Dit is onze website",
    OrganiserAction.OTHER_SITE: "Dit is niet onze website",
    OrganiserAction.ONE_ADDRESS: "Dit is onze website",
}
# Of an order about a person: its title, what it does, and what can be done later; {} is the person's name.
_PERSON_TEXTS: Mapping[OrganiserAction, tuple[str, str, str]] = {
    OrganiserAction.ADMIT: (
        "{} laten meedoen?",
        "{} doet meteen mee. Dit geldt alleen voor deze persoon, en niet voor de rest van de school.",
        "Je kunt deze persoon later nog laten wachten of afwijzen.",
    ),
    OrganiserAction.HOLD: (
        "{} laten wachten op besluit?",
        "De plaats van {} is dan niet zeker.",
        "Je beslist later: laten meedoen of afwijzen.",
    ),
    OrganiserAction.DECLINE: (
        "{} afwijzen?",
        "{} kan niet meedoen.",
        "Je kunt deze persoon later toch nog laten meedoen.",
    ),
    OrganiserAction.RELEASE: (
        "Is de aanmelding van {} echt?",
        "De aanmelding van {} geldt dan als gewone aanmelding.",
        "Je kunt deze persoon later nog afwijzen.",
    ),
    OrganiserAction.REJECT: (
        "Is de aanmelding van {} spam?",
        "De aanmelding van {} gaat van de lijst.",
        "Je kunt de aanmelding eerst nog terugzetten. Daarna wissen we de naam.",
    ),
    OrganiserAction.RESTORE: (
        "{} terugzetten?",
        "{} staat dan weer op de lijst.",
        "Je kunt deze persoon later nog afwijzen.",
    ),
    OrganiserAction.RESEND: (
        "{} opnieuw mailen?",
        "{} krijgt de laatste mail nog een keer, met hoe het er nu voor staat.",
        "Dit kan hoogstens één keer per uur, en is niet terug te nemen.",
    ),
    OrganiserAction.CORRECT_ADDRESS: (
        "Het adres van {} verbeteren?",
        "{} krijgt een mail op het goede adres. Links uit eerdere mails werken niet meer.",
        "Je kunt het adres later nog een keer verbeteren.",
    ),
}


class OrderText(NamedTuple):
    """An order in words; `opposite` is the label of the link to the opposite order."""

    title: str
    button: str
    sentences: tuple[str, ...]
    opposite: str = ""


def order_text(context: OrderContext, order: Order) -> OrderText:
    """Write what an order is called, what its button says and what it will do."""
    write = _WRITERS.get(order.action, _about_person)
    title, *sentences = write(context, order)
    opposite = f"Nee: {ORDER_BUTTONS[order.opposite[0]].lower()}" if order.opposite else ""
    return OrderText(title, ORDER_BUTTONS[order.action], tuple(sentences), opposite)


def address_mistake(invalid: InvalidError) -> str:
    """Write why what was typed is no address for this person."""
    (error,) = invalid.errors
    if error.code == "known":
        return "Met dit adres is deze persoon al aangemeld. Zoek het op in het overzicht."
    return mistake_text(error, dutch)


def _about_person(_context: OrderContext, order: Order) -> tuple[str, ...]:
    if len(order.save) > 1:
        return about_several(order)
    (person,) = order.save
    return tuple(text.format(person.name) for text in _PERSON_TEXTS[order.action])


def _register(_context: OrderContext, order: Order) -> tuple[str, ...]:
    (person,) = order.register or order.save  # `save` may hold the name of an earlier registration
    person_text = f"{person.name} ({typed_text(person)})"
    return (
        f"{person.name} aanmelden?",
        f"{person_text} doet dan meteen mee."
        if person.state is State.ADMITTED
        else f"{person_text} telt dan mee.",
        "In de mail staat dat jullie de gegevens hebben ingevuld, en hoe je ze bekijkt, wijzigt of wist.",
        "Je kunt deze persoon later nog afwijzen.",
    )


def _waive(context: OrderContext, order: Order) -> tuple[str, ...]:
    school = order.school_name
    return (
        f"{school} met minder mensen laten meedoen?",
        f"De regel geldt dan niet voor {school}: wie zich heeft aangemeld, doet mee.",
        "Dat geldt ook voor collega’s die er nog bij komen. De school krijgt geen herinneringen meer.",
        f"{_next_decision(context)} krijgen zij een mail dat ze meedoen.",
        "Mag één persoon meteen meedoen? Kies dan bij die persoon “Laat meedoen”.",
        "Je kunt de uitzondering weer intrekken.",
    )


def _unwaive(_context: OrderContext, order: Order) -> tuple[str, ...]:
    return (
        f"De uitzondering voor {order.school_name} intrekken?",
        "De regel geldt dan weer voor deze school.",
    )


def _remind(_context: OrderContext, order: Order) -> tuple[str, ...]:
    return (
        f"{order.school_name} nu herinneren?",
        "Zij krijgen de mail die zegt hoeveel er nog nodig zijn, met de link voor een collega.",
        "Dit kan hoogstens één keer per dag, en is niet terug te nemen.",
    )


def _hold_closing(_context: OrderContext, _order: Order) -> tuple[str, ...]:
    return (
        "Het besluit vasthouden?",
        "De deadline beslist dan niets.",
        "Er gaan geen mails met een besluit uit, tot jullie het vrijgeven.",
    )


def _release_closing(context: OrderContext, _order: Order) -> tuple[str, ...]:
    return (
        "Het besluit vrijgeven?",
        f"{_next_decision(context)} beslist de deadline, en gaan de mails met het besluit uit.",
        "Wat dan is gemaild, is niet terug te nemen.",
    )


def _next_decision(context: OrderContext) -> str:
    is_closed = context.network.is_closed(context.now)
    return "De eerstvolgende ochtend om 7.00 uur" if is_closed else "De ochtend na de deadline"


_WRITERS: Mapping[OrganiserAction, Callable[[OrderContext, Order], tuple[str, ...]]] = {
    OrganiserAction.REGISTER: _register,
    OrganiserAction.COMPLETE: complete,
    OrganiserAction.DROP: drop,
    OrganiserAction.WAIVE: _waive,
    OrganiserAction.UNWAIVE: _unwaive,
    OrganiserAction.REMIND: _remind,
    OrganiserAction.HOLD_CLOSING: _hold_closing,
    OrganiserAction.RELEASE_CLOSING: _release_closing,
    OrganiserAction.TAKE_IN: site_texts.take_in,
    OrganiserAction.SAME: ruling_texts.same,
    OrganiserAction.DIFFERENT: ruling_texts.different,
    OrganiserAction.IS: ruling_texts.in_register,
    OrganiserAction.UNDO_RULING: ruling_texts.undo,
    OrganiserAction.OUR_SITE: site_texts.our_site,
    OrganiserAction.OTHER_SITE: site_texts.other_site,
    OrganiserAction.ONE_ADDRESS: site_texts.one_address,
}
