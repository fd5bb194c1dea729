"""The demand: class groups, courses with their lessons, other times, busy times. All is invented."""

# Subjects and mbo domains by the short name that the tables use.
SUBJECTS = {
    "inf": "informatica",
    "na": "natuurkunde",
    "wi": "wiskunde",
    "sk": "scheikunde",
    "ec": "economie",
    "en": "Engels",
    "oo": "O&O",
    "pie": "PIE",
    "bwi": "BWI",
    "zw": "zorg en welzijn",
    "wtb": "werktuigbouwkunde",
    "mech": "mechatronica",
    "elek": "elektrotechniek",
    "bouw": "bouwkunde",
    "zorg": "verpleegkunde",
    "soft": "software",
    "log": "logistiek",
}

# school | grid variant | class groups with their number of pupils
CLASSES = """
dom | standard | v2 29, h2 28, h3 27, v3 30, h4 26, v4 24, h5 25, v5 21
val | standard | v2 26, h2 27, h3 25, v3 24, h4 22, v4 23
box | standard | v1 30, m3 25, h3 28, m4 24, h4 27, v4 22, h5 23
vel | standard | h2 29, m3 26, h3 28, v3 27, m4 23, h4 25, v4 20
bes | standard | k3a 18, k3b 17, k4a 16, k4b 18, t3 24
hel | pauze-A | t3 26, h3 28, z3 17, p3 18
hel | pauze-B | t4 23, h4 24, z4 16, p4 16
deu | standard | b3a 17, b3b 16, b4a 15, b4b 17, t4 22, w3 16, w4 14, z3 18, z4 15
tec | standard | wtb1 24, wtb2 20, wtb3 18, mec1 22, mec2 19, mec3 16, ele1 21, ele2 18, ele3 15, sof1 27, sof2 24, sof3 20
zor | standard | vp1 28, vp2 25, vp3 22, ig1 26, ig2 24
ste | standard | bou1 24, bou2 22, bou3 19, ele1 20, ele2 17, log1 25, log2 21, log3 18, bbl-bou 16, bbl-ele 15, bbl-log 12
"""

# Options: accepted licence (1e, 2e, mbo); who shares it (vrij, wens, max2; else one person); hoog, laag; praktijk;
# gast:<responsible staff>; lokaal:<room>; naam:<name>; twee (two teachers at once).
# id (begins with the school) | subject | class groups | level | weeks | lessons ("of": or else) | options
COURSES = """
dom-inf-h4 | inf | h4 | havo | | do 1-2, do 3 | 2e
dom-inf-v4 | inf | v4 | vwo | | vr 1-2, vr 4 | 2e
dom-inf-v5 | inf | v5 | vwo | | di 3-4, vr 5-6 | 1e max2 lokaal:dom-112
dom-na-h4 | na | h4 | havo | | di 1-2, di 4 of vr 3 | 2e hoog lokaal:dom-204
dom-na-v5 | na | v5 | vwo | | wo 1-2, wo 4 | 1e hoog lokaal:dom-204
dom-wi-h3 | wi | h3 | havo | | wo 1-2, wo 3 | 2e
dom-wi-v3 | wi | v3 | vwo | | wo 5-6, vr 3-4 of wo 7-8 | 2e wens
dom-oo-v2 | oo | v2 | vwo | | di 5-6, di 7-8 | 2e gast:dom-hvl
dom-oo-h2 | oo | h2 | havo | T1 | wo 1-3 of do 5-7 | 2e gast:dom-hvl
dom-sk-h5 | sk | h5 | havo | | di 1-2 of vr 5-6, di 3 of vr 7 | 2e
dom-sk-v4 | sk | v4 | vwo | | wo 3-4, do 1-2 | 2e vrij
dom-ec-h4 | ec | h4 | havo | | do 5-6, do 7 | 2e gast:dom-tsm
dom-ec-v5 | ec | v5 | vwo | | di 5-6, do 1-2 | 1e
dom-en-h4 | en | h4 | havo | | ma 3-4, wo 5 | 2e wens

val-inf-h4 | inf | h4 | havo | | do 1 of vr 1, do 3 of vr 3 | 2e
val-inf-v4 | inf | v4 | vwo | | vr 2, vr 4 | 2e hoog
val-na-h4 | na | h4 | havo | | do 1, do 2 | 2e gast:val-cwa
val-na-v4 | na | v4 | vwo | | wo 1, wo 3 | 2e gast:val-cwa
val-wi-h2 | wi | h2 | havo | | vr 1, vr 2 | 2e
val-oo-h2 | oo | h2 | havo | T1 | di 4-5 of do 4-5 | 2e gast:val-cwa lokaal:val-O1
val-oo-v2 | oo | v2 | vwo | | wo 1-2, wo 4 | 2e gast:val-cwa lokaal:val-O1
val-oo-h3 | oo | h3 | havo | | do 3-4 | 2e gast:val-cwa lokaal:val-O1
val-oo-v3 | oo | v3 | vwo | | di 1-2 | 2e gast:val-cwa twee hoog lokaal:val-O1
val-sk-h4 | sk | h4 | havo | | do 3, do 4 | 2e gast:val-cwa
val-ec-v4 | ec | v4 | vwo | | di 1, do 2 of di 2 | 2e
val-ec-h3 | ec | h3 | havo | | vr 1 | 2e gast:val-mro
val-en-v3 | en | v3 | vwo | | vr 1, vr 2 | 2e

box-inf-h4 | inf | h4 | havo | | vr 1-2, vr 3 | 2e lokaal:box-B12
box-inf-v4 | inf | v4 | vwo | | do 3-4, do 6-7 | 2e max2 lokaal:box-B12
box-na-h4 | na | h4 | havo | | di 3-4, do 1-2 | 2e vrij gast:box-lbe
box-wi-h3 | wi | h3 | havo | | ma 3-4 of vr 6-7, vr 3-4 | 2e max2
box-oo-v1 | oo | v1 | vwo | A | vr 5-7 | 2e naam:O&O-project
box-sk-h5 | sk | h5 | havo | | wo 1-2, wo 4 | 2e gast:box-lbe
box-ec-h4 | ec | h4 | havo | | do 1-2, do 4 | 2e
box-ec-m3 | ec | m3 | mavo | | wo 1-2, wo 3 | 2e gast:box-lbe laag
box-en-m4 | en | m4 | mavo | | wo 3-4, wo 5-6 | 2e

vel-inf-h4 | inf | h4 | havo | | di 1-2, di 4-5 | 2e
vel-inf-m3 | inf | m3 | mavo | | wo 7-8 of do 8-9, vr 3-4 | 2e vrij laag
vel-na-h4 | na | h4 | havo | | di 6-7, di 8 | 2e lokaal:vel-031
vel-na-v3 | na | v3 | vwo | | vr 1-2, vr 3 | 2e lokaal:vel-031
vel-wi-m3 | wi | m3 | mavo | | wo 1-2, wo 3-4 | 2e
vel-oo-h2 | oo | h2 | havo | T2 | wo 4-6, wo 7-8 | 2e gast:vel-pka
vel-oo-v3 | oo | v3 | vwo | | di 1-3 | 2e gast:vel-pka
vel-sk-v4 | sk | v4 | vwo | | di 4-5, di 7-8 | 1e hoog
vel-sk-h3 | sk | h3 | havo | A | vr 1-2, vr 4-5 | 2e gast:vel-pka laag
vel-ec-m4 | ec | m4 | mavo | | di 1-2, di 4 | 2e
vel-ec-h3 | ec | h3 | havo | | di 6-7 of do 6-7, di 8 of do 8 | 2e

bes-inf-t3 | inf | t3 | vmbo-tl | | do 1-2, do 3-4 | 2e
bes-wi-k4 | wi | k4a | vmbo-kb | | di 1-2, wo 3-4 | 2e vrij
bes-ec-k4 | ec | k4b | vmbo-kb | | do 5-6 | 2e
bes-en-k4 | en | k4b | vmbo-kb | | do 1-2, do 3-4 | 2e gast:bes-lka
bes-pie-3a | pie | k3a | vmbo-kb | | di 1-2, di 3-4 | 2e gast:bes-rzi praktijk lokaal:bes-P1
bes-pie-3b | pie | k3b | vmbo-kb | | di 5-6 of do 5-6, di 7-8 of do 7-8 | 2e gast:bes-rzi praktijk vrij lokaal:bes-P1
bes-pie-4 | pie | k4a | vmbo-kb | | do 5-6 of do 1-2, do 7-8 of do 3-4 | 2e praktijk max2 hoog
bes-bwi-3 | bwi | k3b | vmbo-kb | | do 1-2, do 3-4 | 2e gast:bes-rzi praktijk lokaal:bes-P2
bes-bwi-4 | bwi | k4b | vmbo-kb | | vr 1-2, vr 3-4 | 2e gast:bes-rzi praktijk lokaal:bes-P2
bes-zw-3 | zw | k3a | vmbo-kb | | vr 1-2, vr 3-4 | 2e gast:bes-nha

hel-inf-h4 | inf | h4 | havo | | vr 1-2, vr 4 of vr 5 | 2e
hel-inf-t3 | inf | t3 | vmbo-tl | | do 5-6, do 7-8 | 2e
hel-na-t4 | na | t4 | vmbo-tl | | ma 1-2, ma 3 | 2e
hel-na-h3 | na | h3 | havo | | ma 5, di 5-6 | 2e vrij
hel-wi-t4 | wi | t4 | vmbo-tl | | vr 5-6, vr 7 | 2e
hel-sk-t4 | sk | t4 | vmbo-tl | | do 3-4 of vr 3-4, do 5 of wo 5 | 2e
hel-ec-t4 | ec | t4 | vmbo-tl | | do 6, do 7-8 | 2e gast:hel-sab
hel-pie-3 | pie | p3 | vmbo-kb | | di 1-2, di 3-4 | 2e gast:hel-gto praktijk lokaal:hel-P1
hel-pie-4 | pie | p4 | vmbo-kb | | do 6-7, do 8 | 2e gast:hel-gto praktijk lokaal:hel-P1
hel-zw-3 | zw | z3 | vmbo-kb | | di 5-6, di 7 | 2e gast:hel-sab
hel-zw-4 | zw | z4 | vmbo-kb | | wo 1-2, wo 3-4 of vr 3-4 | 2e gast:hel-sab

deu-na-t4 | na | t4 | vmbo-tl | | ma 5-6 | 2e
deu-ec-b4 | ec | b4b | vmbo-bb | | vr 3-4 | 2e
deu-pie-3a | pie | b3a | vmbo-bb | | di 1-2, di 3-4 | 2e gast:deu-wtu praktijk lokaal:deu-P1
deu-pie-3b | pie | b3b | vmbo-bb | | do 1-2, do 3-4 | 2e praktijk lokaal:deu-P1
deu-pie-4a | pie | b4a | vmbo-bb | | vr 1-2, vr 3-4 | 2e praktijk hoog lokaal:deu-P1
deu-pie-4b | pie | b4b | vmbo-bb | | wo 1-2, wo 3-4 | 2e praktijk hoog lokaal:deu-P1
deu-bwi-3 | bwi | w3 | vmbo-bb | | vr 1-2, vr 3-4 | 2e gast:deu-jho praktijk lokaal:deu-P2
deu-bwi-4 | bwi | w4 | vmbo-bb | | di 5-6, di 7-8 | 2e gast:deu-jho praktijk lokaal:deu-P2
deu-zw-3 | zw | z3 | vmbo-bb | | ma 1-2, ma 3-4 | 2e
deu-zw-4 | zw | z4 | vmbo-bb | | ma 6, ma 7 of wo 5 | 2e vrij

tec-wtb-1a | wtb | wtb1 | mbo-4 | T1 | di 1-2, di 3-4 | mbo gast:tec-bra praktijk lokaal:tec-H1
tec-wtb-1b | wtb | wtb1 | mbo-4 | T2 | di 1-2, di 3-4 | mbo gast:tec-bra praktijk lokaal:tec-H1
tec-wtb-2 | wtb | wtb2 | mbo-4 | | vr 1-2, vr 3-4 | mbo gast:tec-bra praktijk lokaal:tec-H1
tec-wtb-3 | wtb | wtb3 | mbo-3 | | do 1-2, do 3-4 | mbo gast:tec-bra praktijk lokaal:tec-H1
tec-wtb-cnc | wtb | wtb2 | mbo-4 | | vr 5-7 | mbo praktijk lokaal:tec-H1 naam:CNC-verspanen
tec-mec-1 | mech | mec1 | mbo-4 | | wo 1-2, wo 3-4 | mbo praktijk lokaal:tec-H2
tec-mec-2 | mech | mec2 | mbo-4 | | di 1-2, di 3-4 | mbo gast:tec-bra praktijk lokaal:tec-H2
tec-mec-3 | mech | mec3 | mbo-4 | | do 1-2, do 3-4 | mbo gast:tec-bra praktijk lokaal:tec-H2
tec-mec-rob | mech | mec3 | mbo-4 | T1 | ma 3-4 of wo 5-6, ma 5-6 of vr 5-6 | mbo lokaal:tec-H2 naam:robotica
tec-ele-1 | elek | ele1 | mbo-4 | | di 1-2, di 3-4 | mbo gast:tec-fel praktijk lokaal:tec-H3
tec-ele-2 | elek | ele2 | mbo-3 | | vr 1-2, vr 3-4 | mbo gast:tec-fel praktijk lokaal:tec-H3
tec-ele-3 | elek | ele3 | mbo-4 | T2 | do 5-6, do 7 | mbo gast:tec-fel
tec-sof-1a | soft | sof1 | mbo-4 | T1 | wo 1-2, wo 3-4 | mbo
tec-sof-1b | soft | sof1 | mbo-4 | T2 | wo 1-2, wo 3-4 | mbo
tec-sof-2 | soft | sof2 | mbo-4 | | do 1-2, do 3-4 | mbo
tec-sof-3 | soft | sof3 | mbo-4 | | di 1-2 of do 1-2, di 3 of do 3 | mbo
tec-sof-pr | soft | sof2, sof3 | mbo-4 | T2 | vr 3-4, vr 5-6 | mbo twee laag naam:softwareproject

zor-vp-1a | zorg | vp1 | mbo-4 | T1 | di 1-2, di 3-4 | mbo gast:zor-ika lokaal:zor-S1
zor-vp-1b | zorg | vp1 | mbo-4 | T2 | di 1-2, di 3-4 | mbo gast:zor-ika lokaal:zor-S1
zor-vp-2 | zorg | vp2 | mbo-4 | | wo 1-2, wo 3-4 | mbo hoog lokaal:zor-S1
zor-vp-3a | zorg | vp3 | mbo-4 | T1 | vr 1-2, vr 3-4 | mbo lokaal:zor-S1
zor-vp-3b | zorg | vp3 | mbo-4 | T2 | vr 1-2, vr 3-4 | mbo lokaal:zor-S1
zor-ig-1 | zorg | ig1 | mbo-3 | | do 3-4, do 5-6 | mbo
zor-ig-2 | zorg | ig2 | mbo-3 | | ma 1-2, ma 3-4 of di 3-4 | mbo
zor-ig-k | zorg | ig1, ig2 | mbo-3 | B | wo 2-3, vr 2-3 | mbo vrij laag naam:keuzedeel

ste-bou-1 | bouw | bou1 | mbo-3 | | di 1-2, di 3-4 | mbo gast:ste-dst praktijk lokaal:ste-H1
ste-bou-2 | bouw | bou2 | mbo-4 | | do 1-2, do 3-4 | mbo gast:ste-dst praktijk lokaal:ste-H1
ste-bou-3 | bouw | bou3 | mbo-4 | | wo 1-2, wo 3 | mbo
ste-bou-bim | bouw | bou3 | mbo-4 | T2 | vr 1-2, vr 3-4 | mbo naam:BIM
ste-bou-bbl | bouw | bbl-bou | mbo-2 | | di av1-av3, do av1-av3 | mbo gast:ste-dst max2 naam:avondles-bouw
ste-ele-1 | elek | ele1 | mbo-3 | | ma 1-2, ma 3-4 | mbo
ste-ele-2 | elek | ele2 | mbo-4 | | do 1-2, do 3-4 | mbo gast:ste-dst praktijk
ste-ele-zon | elek | ele2 | mbo-4 | T1 | vr 1-2, vr 3 | mbo gast:ste-dst naam:zonnestroom
ste-ele-inst | elek | ele1 | mbo-3 | | di 5-6, di 7 | mbo gast:ste-dst naam:installeren
ste-ele-bbl | elek | bbl-ele | mbo-2 | | di av1-av3, do av1-av3 | mbo gast:ste-dst wens naam:avondles-installatie
ste-log-1 | log | log1 | mbo-2 | | di 1-2, di 3-4 | mbo
ste-log-2 | log | log2 | mbo-3 | | do 1-2 of di 1-2, do 3-4 of di 3-4 | mbo gast:ste-yva
ste-log-3 | log | log3 | mbo-4 | | vr 2, vr 3-4 | mbo
ste-log-wms | log | log3 | mbo-4 | | wo 1-2 | mbo lokaal:ste-H2 naam:magazijnsystemen
ste-log-prA | log | log1 | mbo-2 | A | wo 7, do 7 | mbo gast:ste-yva vrij
ste-log-prB | log | log2 | mbo-3 | B | di 1-2, wo 1-2 | mbo gast:ste-yva vrij laag
ste-log-bbl | log | bbl-log | mbo-2 | | di av1-av2 | mbo gast:ste-yva naam:avondles-logistiek
"""

# What may not happen or must happen, for one lesson (course id and number). | must | pinned | blocked
LESSONS = """
deu-pie-4a-1 | moet | |
deu-pie-4a-2 | moet | |
zor-vp-2-1 | moet | |
zor-vp-2-2 | moet | |
val-oo-v3-1 | moet | bdo |
dom-na-v5-1 | | zha |
dom-na-v5-2 | | zha |
ste-bou-bbl-1 | | wst |
bes-pie-3a-1 | | | hta
bes-pie-3a-2 | | | hta
"""

# Class groups, rooms and people that are taken by lessons without staffing needs. | weekday | lesson periods | what
BUSY = """
class_group dom-h4 | vr | 5 | lichamelijke opvoeding
class_group dom-h2 | do | 1-4 | profielwerk
class_group val-h2 | do | 3 | mentoruur
class_group bes-k3b | do | 3-4 | BWI buiten
class_group tec-mec3 | vr | 1-4 | stage
class_group deu-z4 | wo | 1-4 | stage
room bes-P1 | do | 3-4 | onderhoud
room val-O1 | do | 1-2 | open werkplaats
professional iro | do | 8 | intervisie
professional tva | do | 5 | teamoverleg
"""

# At which school the busy times of professionals are.
BUSY_AT = {"iro": "dom", "tva": "val"}
