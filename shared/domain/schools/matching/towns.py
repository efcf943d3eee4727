"""Towns with a secondary school, by their postcodes; and municipalities that are named after none of them.

From DUO's list of vestigingen, November 2024: each range runs from the first to the last postcode of a town
that has a school, with no other town's school between. So a postcode as place is a place, a town as name is
no school, and towns whose postcodes begin with the same two digits are neighbours.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

_POSTCODES = """
1013-1106 amsterdam, 1112 diemen, 1114 amsterdam duivendrecht, 1132 volendam, 1135 edam, 1141 monnickendam,
1183-1185 amstelveen, 1211-1222 hilversum, 1251 laren, 1273-1276 huizen, 1314-1363 almere, 1381-1382 weesp,
1401-1406 bussum, 1412 naarden, 1421-1422 uithoorn, 1431 aalsmeer, 1442-1444 purmerend, 1503-1509 zaandam,
1544 zaandyk, 1561 krommenie, 1566 assendelft, 1602 enkhuizen, 1613 grootebroek, 1623-1628 hoorn, 1671
medemblik, 1701-1703 heerhugowaard, 1722 zuid scharwoude, 1741 schagen, 1771 wieringerwerf, 1782-1784 den
helder, 1787 julianadorp, 1791 den burg, 1813-1825 alkmaar, 1852 heiloo, 1861-1862 bergen nh, 1901-1902
castricum, 1941-1945 beverwyk, 1965 heemskerk, 1971-1973 ymuiden, 1981 velsen zuid, 1985 driehuis nh,
2011-2035 haarlem, 2042 zandvoort, 2051 overveen, 2061 bloemendaal, 2101-2102 heemstede, 2111 aerdenhout,
2131-2135 hoofddorp, 2152 nieuw vennep, 2161 lisse, 2171 sassenheim, 2182 hillegom, 2203 noordwyk, 2211
noordwykerhout, 2215 voorhout, 2221-2224 katwyk, 2231 rynsburg, 2241-2243 wassenaar, 2262 leidschendam,
2271-2274 voorburg, 2283-2287 ryswyk, 2313-2334 leiden, 2341 oegstgeest, 2353 leiderdorp, 2371
roelofarendsveen, 2391 hazerswoude dorp, 2401-2406 alphen aan ryn, 2421 nieuwkoop, 2491-2597 s gravenhage,
2611-2625 delft, 2641 pynacker, 2652 berkel en rodenrys, 2661-2662 bergschenhoek, 2665 bleiswyk, 2671-2672
naaldwyk, 2685 poeldyk, 2692-2694 s gravenzande, 2712-2725 zoetermeer, 2741 waddinxveen, 2771 boskoop,
2801-2806 gouda, 2871 schoonhoven, 2902-2908 capelle aan yssel, 2912-2914 nieuwerkerk aan yssel, 2922
krimpen aan yssel, 2941 lekkerkerk, 2975 ottoland, 2982-2983 ridderkerk, 2991-2992 barendrecht, 3012-3088
rotterdam, 3112-3122 schiedam, 3132-3136 vlaardingen, 3141-3142 maassluis, 3155 maasland, 3181 rozenburg,
3192-3193 hoogvliet rotterdam, 3201-3208 spykenisse, 3222 hellevoetsluis, 3232 brielle, 3241 middelharnis,
3245 sommelsdyk, 3261-3263 oud beyerland, 3286 klaaswaal, 3311-3328 dordrecht, 3331-3333 zwyndrecht,
3351-3356 papendrecht, 3362-3363 sliedrecht, 3371 hardinxveld giessendam, 3401 ysselstein, 3417 montfoort,
3432-3439 nieuwegein, 3442-3446 woerden, 3451-3452 vleuten, 3512-3582 utrecht, 3607 maarssen, 3621
breukelen, 3641 mydrecht, 3645 vinkeveen, 3701-3708 zeist, 3723 bilthoven, 3738 maartensdyk, 3742-3744
baarn, 3751 bunschoten spakenburg, 3761 soest, 3771-3772 barneveld, 3812-3825 amersfoort, 3833 leusden,
3842-3844 harderwyk, 3851 ermelo, 3862-3863 nykerk, 3871 hoevelaken, 3881 putten, 3888 uddel, 3891 zeewolde,
3904-3906 veenendaal, 3911 rhenen, 3941 doorn, 3953 maarsbergen, 3962 wyk by duurstede, 3992-3995 houten,
4001-4006 tiel, 4041 kesteren, 4102-4103 culemborg, 4133 vianen, 4142-4143 leerdam, 4191 geldermalsen,
4204-4207 gorinchem, 4254 sleeuwyk, 4261 wyk en aalburg, 4281 andel, 4301 zierikzee, 4333-4337 middelburg,
4382-4385 vlissingen, 4413 krabbendyke, 4461-4464 goes, 4501 oostburg, 4535-4537 terneuzen, 4561 hulst,
4611-4624 bergen op zoom, 4641 ossendrecht, 4651 steenbergen, 4661 halsteren, 4691 tholen, 4701-4707
roosendaal, 4715 rucphen, 4731 oudenbosch, 4761 zevenbergen, 4811-4837 breda, 4847 teteringen, 4873 etten
leur, 4881 zundert, 4902-4907 oosterhout, 4921 made, 4942 raamsdonksveer, 5012-5045 tilburg, 5051 goirle,
5056 berkel enschot, 5061-5062 oisterwyk, 5103 dongen, 5111 baarle nassau, 5142-5146 waalwyk, 5151 drunen,
5171 kaatsheuvel, 5212-5232 s hertogenbosch, 5245 rosmalen, 5262 vught, 5271 sint michielsgestel, 5281-5283
boxtel, 5301 zaltbommel, 5341-5343 oss, 5361 grave, 5363 velp, 5384 heesch, 5401-5402 uden, 5421 gemert,
5431 cuyk, 5451 mill, 5461-5467 veghel, 5473 heeswyk dinther, 5481 schyndel, 5504 veldhoven, 5521 eersel,
5531 bladel, 5553 valkenswaard, 5613-5654 eindhoven, 5666 geldrop, 5671 nuenen, 5684 best, 5689 oirschot,
5701-5709 helmond, 5711 someren, 5721 asten, 5741 beek en donk, 5753 deurne, 5802 venray, 5831 boxmeer, 5844
stevensbeek, 5911-5922 venlo, 5953 reuver, 5961 horst, 5963 hegelsom, 5981 panningen, 6004-6006 weert, 6021
budel, 6031 nederweert, 6042-6045 roermond, 6085 horn, 6093 heythuysen, 6101 echt, 6135 sittard, 6163-6164
geleen, 6171 stein, 6216-6228 maastricht, 6231 meerssen, 6271 gulpen, 6371 landgraaf, 6412-6419 heerlen,
6431 hoensbroek, 6443 brunssum, 6461 kerkrade, 6511-6546 nymegen, 6562 groesbeek, 6574 ubbergen, 6584
molenhoek, 6591 gennep, 6602-6603 wychen, 6651 druten, 6658 beneden leeuwen, 6661-6662 elst, 6663 lent, 6671
zetten, 6681 bemmel, 6706-6708 wageningen, 6713-6717 ede, 6812-6846 arnhem, 6851 huissen, 6865 doorwerth,
6881-6883 velp, 6891 rozendaal, 6902-6904 zevenaar, 6922 duiven, 6942 didam, 6952-6953 dieren, 7001-7009
doetinchem, 7064 silvolde, 7101-7102 winterswyk, 7122 aalten, 7131 lichtenvoorde, 7141 groenlo, 7152
eibergen, 7161 neede, 7201-7206 zutphen, 7231 warnsveld, 7241 lochem, 7251 vorden, 7271 borculo, 7312-7333
apeldoorn, 7391 twello, 7412-7423 deventer, 7443 nyverdal, 7451 holten, 7461-7463 ryssen, 7471 goor,
7481-7482 haaksbergen, 7491 delden, 7521-7545 enschede, 7552-7557 hengelo, 7572-7576 oldenzaal, 7581 losser,
7591 denekamp, 7602-7609 almelo, 7622 borne, 7642 wierden, 7651 tubbergen, 7671 vriezenveen, 7681
vroomshoop, 7701 dedemsvaart, 7711 nieuwleusen, 7731 ommen, 7742 coevorden, 7772 hardenberg, 7812-7825
emmen, 7861 oosterhesselen, 7891 klazienaveen, 7902-7905 hoogeveen, 7941-7944 meppel, 7951 staphorst, 7981
diever, 8011-8041 zwolle, 8064 zwartsluis, 8071 nunspeet, 8081-8082 elburg, 8091 wezep, 8101 raalte, 8131
wyhe, 8162 epe, 8181 heerde, 8225-8233 lelystad, 8251 dronten, 8256 biddinghuizen, 8264-8265 kampen, 8271
ysselmuiden, 8302-8304 emmeloord, 8321-8322 urk, 8331 steenwyk, 8401 gorredyk, 8431 oosterwolde, 8434
waskemeer, 8441-8448 heerenveen, 8471-8472 wolvega, 8503 joure, 8531 lemmer, 8561 balk, 8601-8602 sneek,
8701 bolsward, 8723 koudum, 8731 wommels, 8801-8802 franeker, 8861-8862 harlingen, 8891 midsland, 8899
vlieland, 8911-8935 leeuwarden, 9001 grou, 9076 sint annaparochie, 9101-9103 dokkum, 9163 nes, 9166
schiermonnikoog, 9201-9203 drachten, 9231 surhuisterveen, 9251 burgum, 9254 hurdegaryp, 9285 buitenpost,
9291 kollum, 9301 roden, 9331 norg, 9351 leek, 9401-9406 assen, 9411 beilen, 9461 gieten, 9471 zuidlaren,
9501-9503 stadskanaal, 9531 borger, 9561 ter apel, 9591 onstwedde, 9603 hoogezand, 9628 siddeburen,
9641-9646 veendam, 9665 oude pekela, 9671-9675 winschoten, 9695 bellingwolde, 9711-9743 groningen, 9751
haren gn, 9761 eelde, 9821 oldekerk, 9843 grypskerk, 9861 grootegast, 9901 appingedam, 9932 delfzyl, 9946
woldendorp, 9951 winsum, 9981 uithuizen, 9989 warffum
"""
_MUNICIPALITIES = """
aa en hunze, achtkarspelen, altena, beesel, berg en dal, berkelland, bernheze, borger odoorn, bronckhorst,
bunschoten, cranendonck, dalfsen, de bilt, de fryske marren, de ronde venen, dinkelland, drimmelen, dyk en
waard, echt susteren, edam volendam, eemsdelta, geertruidenberg, geldrop mierlo, gemert bakel, goeree
overflakkee, gooise meren, gulpen wittem, haarlemmermeer, halderberge, hellendoorn, het hogeland, heusden,
hoeksche waard, hof van twente, hollands kroon, horst aan maas, kaag en braassem, krimpenerwaard, laarbeek,
land van cuyk, lansingerland, leidschendam voorburg, leudal, lingewaard, loon op zand, maashorst,
meierystad, midden delfland, midden drenthe, midden groningen, moerdyk, molenlanden, montferland, mook en
middelaar, neder betuwe, nissewaard, noardeast fryslan, noordenveld, noordoostpolder, nuenen ca, oldambt,
oldebroek, olst wyhe, oost gelre, ooststellingwerf, opsterland, oude ysselstreek, ouder amstel, overbetuwe,
peel en maas, pekela, pynacker nootdorp, reimerswaal, renkum, rheden, ryssen holten, schouwen duiveland,
sittard geleen, sluis, smallingerland, stede broec, steenwykerland, stichtse vecht, sudwest fryslan,
teylingen, twenterand, tynaarlo, tytsjerksteradiel, utrechtse heuvelrug, velsen, voorne aan zee, voorst,
vyfheerenlanden, waadhoeke, waterland, west betuwe, west maas en waal, westerkwartier, westerveld,
westerwolde, westland, weststellingwerf, woensdrecht, zaanstad, zuidplas, zwartewaterland
"""


def _ranges() -> Iterator[tuple[int, int, str]]:
    for line in " ".join(_POSTCODES.split()).split(", "):
        codes, _, town = line.partition(" ")
        first, _, last = codes.partition("-")
        yield int(first), int(last or first), town


_RANGES = tuple(_ranges())
TOWNS = frozenset(town for *_, town in _RANGES)
MUNICIPALITIES = frozenset(" ".join(_MUNICIPALITIES.split()).split(", "))
PROVINCES = frozenset((
    "drenthe", "flevoland", "friesland", "fryslan", "gelderland", "limburg", "overyssel", "zeeland",
    "brabant", "noord brabant", "noord holland", "zuid holland", "holland", "nederland", "netherlands",
))  # fmt: skip
# Names beside the official one; `places.EVERYDAY` has those under which rulings are already stored.
NICKNAMES = {
    "flushing": "vlissingen", "hook of holland": "hoek van holland", "gravenhage": "s gravenhage",
    "hertogenbosch": "s hertogenbosch", "mokum": "amsterdam", "nimma": "nymegen", "ljouwert": "leeuwarden",
    "snits": "sneek", "it hearrenfean": "heerenveen", "drachten sl": "drachten", "grunn": "groningen",
}  # fmt: skip
_NEAR_RANGE = 3  # a postcode so near to a town's is taken for that town's


def town_at(postcode: int) -> str:
    """Return the town at a postcode, or nothing where no school is near."""
    away, town = min((max(first - postcode, postcode - last, 0), town) for first, last, town in _RANGES)
    return town if away <= _NEAR_RANGE else ""


@lru_cache(maxsize=5_000)
def town_shortened(first: str, end: str) -> str:
    """Return the only town with this first letter and this end: "A'veen" is Amstelveen."""
    fitting = [town for town in TOWNS if town[0] == first and town.endswith(end) and " " not in town]
    return fitting[0] if len(fitting) == 1 else ""


def is_town(key: str) -> bool:
    """Tell whether a place key is a town that has a school, or a municipality."""
    return key in TOWNS or key in MUNICIPALITIES


def are_neighbours(a: str, b: str) -> bool:
    """Tell whether two towns have postcodes that begin with the same two digits."""
    return not _REGIONS.get(a, frozenset()).isdisjoint(_REGIONS.get(b, frozenset()))


def _regions() -> dict[str, frozenset[int]]:
    regions: dict[str, set[int]] = defaultdict(set)
    for first, last, town in _RANGES:
        regions[town].update(range(first // 100, last // 100 + 1))
    return {town: frozenset(own) for town, own in regions.items()}


_REGIONS = _regions()
