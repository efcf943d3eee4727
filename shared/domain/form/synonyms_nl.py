"""What Dutch forms call our fields; one name a line or between commas, in any spelling.

Names compare without case, accents, signs, "je", "uw", "de", "van" and the like (`names.py`), and in either
order: "naam school" is also "schoolnaam" and "Naam van je school". `WEAK` names count only where no other
answer is a better one: an "organisatie" is a school unless there is a "school" too.
"""

STRONG = {
    "name": """
        naam, volledige naam, voor en achternaam, voornaam en achternaam, naam volledig, naam
        deelnemer, naam aanmelder, naam docent, naam leraar, naam aanvrager, naam inzender, naam
        persoon, naam achternaam, voornaam achternaam, voornaam tussenvoegsel achternaam, voor
        achternaam, wat is je naam, hoe heet je, hoe heet u
    """,
    "first_name": """
        voornaam, roepnaam
    """,
    "infix": """
        tussenvoegsel, tussenvoegsels, tussenv, tussenvoegsel s, voorvoegsel, voorvoegsels
    """,
    "last_name": """
        achternaam, familienaam, geslachtsnaam, achternamen
    """,
    "email": """
        email, mail, emailadres, mailadres, email adres, mail adres, zakelijk emailadres, werk
        email, zakelijke email, school email, email school, emailadres school, emailadres
        schoolorganisatie, email deelnemer, emailadres deelnemer, email persoon, emailadres
        persoon, email adres werk, emailadres werk
    """,
    "role": """
        functie, functie rol, rol, functietitel, functieomschrijving, functie school, functie
        binnen school, rol school, rol binnen school, beroep, functienaam, functie deelnemer,
        functie persoon
    """,
    "phone": """
        telefoon, tel, telefoonnummer, telefoon nummer, telnr, tel nr, tel nummer, mobiel,
        mobielnummer, mobiel nummer, mobiele telefoon, mobiel telefoonnummer, gsm, gsm nummer,
        telefoonnr, telefoon mobiel, nummer telefoon, telefoonnummer school, mobiele nummer,
        vast nummer, telefoon werk
    """,
    "school": """
        school, naam school, schoolnaam, naam onderwijsinstelling, onderwijsinstelling, school
        naam, middelbare school, naam middelbare school, school organisatie, school of
        organisatie, naam school organisatie, school instelling, naam school instelling,
        schoolnaam plaats, naam school plaats, naam plaats school
    """,
    "place": """
        plaats, plaatsnaam, schoolplaats, plaats school, plaatsnaam school, vestigingsplaats,
        stad, school plaats, plaats vestiging
    """,
    "brin": """
        brin, brinnummer, brin nummer, brincode, brin code, brinnr, brin nr, school brin,
        brinnummer school, brin nummer school, brin code school
    """,
    "remarks": """
        opmerkingen, opmerking, toelichting, vragen opmerkingen, vragen of opmerkingen,
        opmerkingen of vragen, opmerkingen vragen, overige opmerkingen, bijzonderheden, wat wil
        je nog kwijt, wil je nog iets kwijt, iets
    """,
}
# These give way to a name that says it more plainly.
FAIR = {
    "name": """
        roepnaam achternaam, naam voorletters, naam voluit, voornaam naam
    """,
    "phone": """
        werktelefoon, 06 nummer, 06
    """,
    "place": """
        standplaats, vestigingsplaats school, stad staat school, school gevestigd, school staat,
        plaats school gevestigd, plaats school staat, plaats staat school
    """,
    "school": """
        naam organisatie school
    """,
    "role": """
        rol organisatie
    """,
    "remarks": """
        ons meegeven
    """,
}
WEAK = {
    "name": """
        contactpersoon, naam contact, naam contactpersoon, deelnemer, aanmelder, contact,
        ingevuld door, aangemeld door, namen
    """,
    "first_name": """
        voorletters, voorletter, initialen, voornamen
    """,
    "email": """
        email contact, email contactpersoon, emailadres contactpersoon, mail contact, email
        prive, prive emailadres, prive mail, werkmail, schoolmail, school emailadres, mailadres
        school, school mailadres, emailadressen, mailadressen, emails
    """,
    "phone": """
        telefoon contact, telefoonnummer contactpersoon, telefoon contactpersoon, telefoon
        prive, telefonisch
    """,
    "school": """
        organisatie, naam organisatie, organisatienaam, instelling, naam instelling, bedrijf,
        bedrijfsnaam, naam bedrijf, werkgever, schoolbestuur, scholengemeenschap, waar werk je,
        waar werkt u, organisatie instelling, instituut, naam instituut, scholengroep, naam
        scholengemeenschap, werkzaam bij
    """,
    "place": """
        locatie, vestiging, locatie school, schoollocatie, vestiging school, gemeente,
        woonplaats, dorp
    """,
    "role": """
        vak, titel functie, positie, werkzaam als, ik ben werkzaam als, hoofdfunctie
    """,
    "remarks": """
        bericht, vraag, vragen, aanvullende informatie, notitie, notities, motivatie, uw bericht
    """,
}
# A name with one of these is of one more person.
COLLEAGUE = """
    collega, collegas, collegaas, medeaanmelder, medecollega, mededeelnemer, mededeelnemers,
    introducee, introducees
"""
# What holds people, one after another: a text in it is somebody's name.
PEOPLE = """
    deelnemers, personen, teamleden, aanmeldingen, mensen
"""
# What says which person: the first is the registrant.
ORDINALS = """
    eerste tweede derde vierde vijfde
"""
# These words say nothing about which field a name means.
FILLERS = """
    je jouw jou uw u de het een van der den mijn in op welke welk wat is zijn waar werk werkt
    bij werkzaam vul hier graag aub svp ben heb nog wil kwijt die meekomt meedoet meegaat
    meeneemt meebrengt neemt mee onder en binnen hoe heet bereiken kunnen we verplicht optioneel
    optie invullen veld indien van toepassing
"""
# Whose a field is, where its other words say which field it is: "E-mail docent".
PERSON = """
    deelnemer deelneemster docent docente leraar lerares leerkracht aanmelder aanvrager inzender
    invuller medewerker cursist persoon gebruiker
"""
# Beside a word for a person: one more person. Beside a field: what somebody typed instead of a choice.
OTHER = """
    andere anders extra namelijk nl overig overige mede
"""
# What numbers a person, as "persoon2" does.
ROW = """
    rij regel
"""
# Words that say how to fill in a field; left out where nobody knows a name with them.
VAGUE = """
    zakelijk zakelijke persoonlijk huidige eventuele aanvullende vrije ruimte bereikbaar waarop
    via bij bent ik aan als verbonden geef geeft les lesgeeft kies selecteer noteer typ ons
    heeft met bevestiging correspondentie vo eigen officiele juiste komt kom neem meekomt
    meekomen meenemen voor
"""
# An address that is asked for a second time.
CONFIRMING = """
    bevestig bevestiging herhaal herhaling nogmaals controle check opnieuw herhalen bevestigen
"""
# A box that people tick to agree.
CONSENT = """
    akkoord toestemming privacy avg gdpr voorwaarden privacyverklaring privacybeleid
    privacystatement
"""
# What people type for a colleague who does not come.
NOBODY = """
    nee, geen, n v t, nvt, niet van toepassing, niemand, geen collega, nog niet bekend, onbekend,
    nog onbekend, volgt, volgt nog, -
"""
# What a box or a question sends that asks whether a colleague comes.
YES = """
    ja, wel
"""
# A field that begins so is of somebody else, who does not take part.
ELSEWHERE = """
    factuur facturatie facturen administratie directeur directie rector leidinggevende bestuur ouder
    noodgeval
"""
