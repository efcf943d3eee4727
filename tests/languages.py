"""Tells whether a text says something in another language, by words that are common in only that one."""

import re

_DUTCH = """
aan aangemeld aanmelden aanmelding afgemeld afmelden alle als beantwoord bericht beslist beste bewaard bij
bijeenkomst binnen collega collega's compleet daarna daarom dan dat dezelfde die dit doen doet door een
eigen fout geen gegevens gewist het hier hoe hoeft ik jaar jij jouw jullie kan klopt komt krijgt kun kunt
laat leer leren maak maandag mee meedoen meer meld mensen met mijn minstens naam naar neem niet niets nieuwe
nodig nog nu om ook opnieuw organisatie pagina plaats plek staat stuur te tot uit uitnodiging uur vanaf
veranderd verplicht voor vraag vragen vul waarom wachtlijst wat weten wie wij wijzig wil wissen woensdag
wordt ze zich zie zijn zodra
"""
_ENGLISH = """
about again already and anything are at because calendar cancel cancelled change colleague colleague's come
dear email enough error everything for from get has have how if it long more name need nothing number one or
other page place please questions register registered registration reply required see send somebody someone
still take than thanks that the then there they this to today together too town until up us what when where
whether who why will with yes you your
"""
_WORDS = {"nl": frozenset(_DUTCH.split()), "en": frozenset(_ENGLISH.split())}
# What is said in its own language wherever it stands: names of people, schools, organisers and an authority.
_NAMES = re.compile(
    r"Noor van Dijk|Piet Jansen|Montessori Lyceum|Voortgezet Leren|Autoriteit Persoonsgegevens"
    r"|Jan de Vries|Bergcollege|[\w.+-]+@[\w.-]+|https?://\S+"
)


def foreign(text: str, language: str) -> set[str]:
    """Return the words in a text that are only of the other language."""
    written = re.sub(r"https?://\S+", " ", text)  # a token may hold any word
    ours = _NAMES.sub(" ", " ".join(written.split())).casefold().replace("’", "'")
    said = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", ours)
    return set(said) & _WORDS[{"nl": "en", "en": "nl"}[language]]
