"""A small register, made by hand: every kind of school that matching has to tell apart."""

from shared.domain.schools.matching import Register, read_register

DUO = """\
VESTIGINGSNUMMER;VESTIGINGSNAAM;PLAATSNAAM;GEMEENTENAAM;INTERNETADRES;BEVOEGD GEZAG NUMMER
90AA00;Het Waterland College voor Lyceum Havo Mavo Vbo Lwoo;Edam;EDAM-VOLENDAM;waterland.example;40001
90AA01;Het Waterland College locatie Purmer;Purmerend;PURMEREND;waterland.example;40001
90AA02;Het Waterland College locatie De Rijp;Edam;EDAM-VOLENDAM; ;40001
90AB00;Stedelijk Gymnasium;Leiden;LEIDEN;www.gymleiden.example;40002
90AC00;Stedelijk Gymnasium;Haarlem;HAARLEM;www.gymhaarlem.example;40003
90AD00;Ichthus College SGM voor Atheneum Havo Mavo;Veenendaal;VEENENDAAL;ichthusveen.example;40004
90AE00;Ichthus College SGM voor Lyceum Havo Vmbo;Kampen;KAMPEN;ichthuskampen.example;40005
90AE02;Ichthus College SGM voor Lyceum Havo Vmbo;Dronten;DRONTEN;ichthusdronten.example;40005
90AF00;Lindenhof Scholen voor Havo, locatie Vlierbeek College;Amersfoort;AMERSFOORT;vlierbeek.example;40006
90AF01;Lindenhof Scholen voor Havo, locatie Akkerlyceum;Amersfoort;AMERSFOORT;akker.example;40006
90AG00;St.- Jozefmavo;Vlaardingen;VLAARDINGEN;www.jozefmavo.example;40007
90AH00;St Vituscollege;Bussum;GOOISE MEREN;www.vituscollege.example;40008
90AI00;Vitusmavo;Bussum;GOOISE MEREN;www.vitusmavo.example;40009
90AJ00;2College voor Lyceum Havo Mavo Vbo;Oisterwijk;OISTERWIJK;www.2college.example;40010
90AK00;KSE (Katholieke Scholengemeenschap Etten-Leur e.o.);Etten-Leur;ETTEN-LEUR;www.k-s-e.example;40011
90AL00;Het College voor Lyc Havo Mavo Vbo;Weert;WEERT;www.college.example;40012
90AM00;Willem Lodewijkgymnasium;Groningen;GRONINGEN;www.wlg.example;40013
90AN00;Visser 't Hooft Lyceum voor Havo Vwo;Leiden;LEIDEN;www.vhl.example;40014
90AO00;Maerlant Lyceum met Afdeling Havo;'s-Gravenhage;S GRAVENHAGE;www.maerlant.example;40015
90AP00;Gymnasium van de Trivia Scholengroep;Sittard;SITTARD-GELEEN;www.trivia.example;40016
90AQ00;Atheneum van de Trivia Scholengroep;Sittard;SITTARD-GELEEN;www.trivia.example;40016
90AR00;De Meerwaarde;Barneveld;BARNEVELD;www.meerwaarde.example;40017
90AS00;De Meerwaarde Praktijkonderwijs;Barneveld;BARNEVELD;www.meerwaarde.example;40017
90AT00;Panterijn Scholengemeenschap voor Vwo Havo;Wageningen;WAGENINGEN;www.panterijn.example;40018
90AU01;Groenweg VMBO Ede;Ede;EDE;www.groenweg.example;40019
90AU02;Groenweg VMBO Velp;Velp;RHEDEN;www.groenweg.example;40019
90AU03;Groenweg VMBO Sneek;Sneek;SUDWEST-FRYSLAN;www.groenweg.example;40019
90AU04;Groenweg VMBO Nijkerk;Nijkerk;NIJKERK;www.groenweg.example;40019
90AU05;Groenweg VMBO Lelystad;Lelystad;LELYSTAD;www.groenweg.example;40019
90AU06;Groenweg VMBO Emmeloord;Emmeloord;NOORDOOSTPOLDER;www.groenweg.example;40019
90AV00;Zuiderlicht College;Amsterdam;AMSTERDAM;www.zoom-bestuur.example;40020
90AW00;De Apollo;Amsterdam;AMSTERDAM;www.zoom-bestuur.example;40020
90AX00;Nieuw Noord Openbare SGM voor Vwo Havo;Rotterdam;ROTTERDAM;www.osghugodegroot.example;40021
90AY00;Merkland College Oudenbosch;Oudenbosch;HALDERBERGE;merkland.example;40022
90AZ00;Merkland College Zevenbergen;Zevenbergen;MOERDIJK;zevenbergen.merkland.example;40022
90BA00;Vrije School Zuid-Holland;Rotterdam;ROTTERDAM;vsr.example;40023
90BB00;Vrije School Zutphen-Groningen;Zutphen;ZUTPHEN;vszg.example;40024
90BB01;Vrije School Zutphen-Groningen;Groningen;GRONINGEN;vszg.example;40024
90BC00;Vrije School Noord-Holland;Bergen (NH);BERGEN NH;krh.example;40025
"""


def register() -> Register:
    """Return the sample."""
    return read_register(DUO.encode("windows-1252"))
