"""The words in names of Dutch schools that say little, and how abbreviations are written out.

This is general knowledge of Dutch school names. Every word is as `shared.domain.text.fold` leaves it.
"""


def y(text: str) -> str:
    """Write "ij" as "y", because people mix "Huijgens" and "Huygens", "Bijlmer" and "Bylmer"."""
    return text.replace("ij", "y")


def _table(text: str) -> frozenset[str]:
    return frozenset(y(text).split())


# These are written out before anything else; one short form may stand for several words.
WRITTEN_OUT = {
    "sg": "scholengemeenschap", "sgm": "scholengemeenschap", "sgs": "scholengemeenschap",
    "scholengem": "scholengemeenschap", "scholengemeensch": "scholengemeenschap",
    "schoolgemeenschap": "scholengemeenschap", "scholengemeensschap": "scholengemeenschap",
    "csg": "christelijk scholengemeenschap", "rsg": "regionaal scholengemeenschap",
    "osg": "openbaar scholengemeenschap", "ksg": "katholiek scholengemeenschap",
    "rksg": "katholiek scholengemeenschap", "gsg": "gereformeerd scholengemeenschap",
    "ksgm": "katholiek scholengemeenschap", "ors": "openbaar regionaal scholengemeenschap",
    "chr": "christelijk", "christelijke": "christelijk", "kath": "katholiek", "katholieke": "katholiek",
    "roomskatholiek": "katholiek", "roomskatholieke": "katholiek", "rk": "katholiek",
    "prot": "protestants", "protestantse": "protestants", "pc": "protestants christelijk",
    "opb": "openbaar", "openb": "openbaar", "openbare": "openbaar", "bijzondere": "bijzonder",
    "geref": "gereformeerd", "gereformeerde": "gereformeerd", "reg": "regionaal",
    "regionale": "regionaal", "reformatorische": "reformatorisch", "evangelische": "evangelisch",
    "joodse": "joods", "interconf": "interconfessioneel", "interconfessionele": "interconfessioneel",
    "algemene": "algemeen", "sted": "stedelijk", "stedelijke": "stedelijk", "gem": "gemeentelijk",
    "gemeente": "gemeentelijk", "gemeentelijke": "gemeentelijk", "vrije": "vrij",
    "vrijeschool": "vrij school", "vrijzinnige": "vrijzinnig", "lyc": "lyceum", "gymn": "gymnasium",
    "gym": "gymnasium", "ath": "atheneum", "athenum": "atheneum", "coll": "college",
    "kollege": "college", "col": "college", "skoalle": "school", "vbo": "vmbo",
    "tto": "tweetalig", "isk": "schakelklas", "praktijkonderwijs": "praktijk",
    "praktijkschool": "praktijk", "praktijkcollege": "praktijk", "pro": "praktijk",
    "vrijeschoolonderwijs": "vrij school", "schakelklassen": "schakelklas", "loc": "locatie",
    "locactie": "locatie", "vest": "locatie", "vst": "locatie", "vestiging": "locatie",
    "nevenvestiging": "locatie", "hoofdlocatie": "locatie", "dependance": "locatie", "stg": "stichting",
    "kon": "koning", "1e": "eerste", "2e": "tweede", "3e": "derde", "4e": "vierde",
    "basisschool": "basisschool", "hogeschool": "hogeschool",
    "joh": "johannes", "rdam": "rotterdam", "adam": "amsterdam",
}  # fmt: skip

# A number as a word is the same number.
NUMBERS = {
    "twee": "2", "drie": "3", "vier": "4", "vyf": "5", "zes": "6", "zeven": "7", "acht": "8", "negen": "9",
    "tien": "10", "elf": "11", "twaalf": "12", "5e": "vyfde", "6e": "zesde", "1ste": "eerste",
    "2de": "tweede", "3de": "derde", "4de": "vierde", "5de": "vyfde",
}  # fmt: skip
# What chains of schools were called before: Yuverta is Wellant, Citaverde and Helicon (merged in 2021), Aeres
# is Groenhorst and Nordwin (aeres.eu, news of 19 June 2020), Vonk is Clusius (DUO's list has both names).
FORMER = {
    "wellant": "yuverta", "citaverde": "yuverta", "helicon": "yuverta",
    "groenhorst": "aeres", "nordwin": "aeres", "clusius": "vonk",
}  # fmt: skip

# Words that tie a name together.
SMALL = _table(
    """
    de het een t der den des d van v vd vh voor te in op aan bij en e ad met uit o i h eo
    """
)

# Words that fit every school: they mean nothing, written or left out.
GENERIC = _table(
    """
    school scholen onderwijs onderw voortgezet middelbaar middelbare vo scholengroep scholengr
    scholenfederatie onderwijsgroep onderwijsgr scholencombinatie instelling locatie mijn onze
    havisten leerlingen gebouw groep basis kader bl kb kbl bbl bk tl gl lwoo eoa lhno lto leao
    afdeling afd vor n nvt niet geen onbekend
    sector team onderbouw bovenbouw sectie vakgroep unit leerjaar klas brugklas vavo tl hoofdgebouw
    deelschool domein
    """
)

# What people at a school do: written after its name, it says nothing about the school.
ROLES = _table(
    """
    teamleider teamleidster docent docente docenten leraar lerares leraren leerkracht directeur directrice
    directie rector rectrix conrector conrectrice adjunct decaan mentor coordinator zorgcoordinator
    afdelingsleider schoolleider schoolleiding administratie secretariaat secretaris secretaresse concierge
    medewerker beleidsmedewerker projectleider bestuurder voorzitter stagiair stagiaire ouder leerling
    student gepensioneerd teacher principal
    """
)

# Words at the start of an answer that points to another one: "zie collega", "zelfde als Jan".
POINTERS = _table("zie idem dito zelfde dezelfde hetzelfde same ibidem")

# Levels that many schools teach: beside a role or a town they name no school.
TAUGHT = _table("mavo havo vmbo vwo")

# Words that alone name no school: roles, subjects, pointers to another answer, and placeholders.
NO_NAME = (
    ROLES
    | POINTERS
    | _table(
        """
    nederlands engels duits frans spaans latyn grieks klassieke talen wiskunde rekenen natuurkunde scheikunde
    biologie aardrykskunde geschiedenis economie bedryfseconomie maatschappyleer muziek tekenen
    handvaardigheid informatica godsdienst levensbeschouwing filosofie nask ckv lo techniek
    hierboven boven bovenstaand bovenstaande eerder genoemd collega
    weet ik wy we ons eigen later volgt wordt invullen ingevuld als dat ken
    test testen tester testje asdf asd qwerty xxx xx foo naam schoolnaam voorbeeld example dummy probeersel
    niks niets none na unknown blanco leeg diverse verschillende meerdere anders overig overige
    """
    )
)

# Denomination or way of teaching: some people write it and others leave it out, so alone it tells nothing.
COLOUR = _table(
    """
    christelijk katholiek rooms protestants openbaar bijzonder gereformeerd regionaal reformatorisch
    evangelisch joods interconfessioneel algemeen stedelijk gemeentelijk vrij vrijzinnig
    scholengemeenschap montessori dalton jenaplan tweetalig vak beroeps school
    """
)

# Kinds of school: "Vituscollege" and "Vitusmavo" are two schools.
KINDS = _table(
    """
    college lyceum gymnasium atheneum mavo havo vmbo vwo praktijk schakelklas
    """
)
LEVELS = _table("gymnasium atheneum mavo havo vmbo vwo")

# Kinds that exist beside a school of the same name, so that writing them or not makes a difference.
SEPARATE_KINDS = _table("praktijk schakelklas")

# Titles and saints: people write, shorten or omit them.
TITLES = _table(
    """
    sint st sancta mgr monseigneur dr doctor ds dominee ir ingenieur prof professor burg
    burgemeester pater pastoor
    """
)

# Words of organisations that are no secondary school: boards, partnerships, primary schools, mbo, higher
# education.
NOT_SECONDARY = _table(
    """
    stichting bestuur schoolbestuur samenwerkingsverband vereniging koepel basisschool obs cbs kbs rkbs
    pcbs roc mbo hbo hogeschool universiteit pabo lerarenopleiding zelfstandig adviseur zzp
    """
)

# Names of a group, whose schools have names of their own: "NUOVO Scholen", "Lucas Onderwijs".
GROUPS = _table("scholen onderwijs onderwijsgroep onderwijsgr scholenfederatie scholencombinatie")

# Word endings that people write apart or together.
ENDINGS = (
    "scholengemeenschap", "college", "kollege", "lyceum", "gymnasium", "atheneum", "skoalle", "school",
    "mavo", "havo", "vmbo",
)  # fmt: skip
