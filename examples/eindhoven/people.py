"""The professionals: who they are, when they work, what they may teach and what they wish. All names are invented."""

# Hours at the employer: pattern -> start, end. The days come with the pattern in the table of people.
HOURS = {
    "5x8": ("8", "16:30"),  # office: Monday to Friday
    "5x8v": ("7", "15:30"),  # early shift in construction and installation
    "4x8": ("8:15", "16:45"),  # 32 hours: every day but one
    "4x8v": ("7", "15:30"),
    "4x9": ("8", "17:30"),  # 36 hours: every day but one
    "9x9": ("8", "17:30"),  # 9 hours a day, one day off in two weeks
    "9x9v": ("7", "16:30"),
    "3x8": ("8:30", "17"),  # 24 hours: the days named
}

# id | name | team | home | transport | works | released | licences (subject, sector, level) | agreed | limits
# released: weekday, perhaps -o(chtend) or -m(iddag) or clock times, T1/T2 for one period only, ? when only proposed
# agreed: "open" for matching; else board, status and form, with the most lesson periods a week behind it
# limits: lesson periods a week (/w) and a day (/d), teaching days a week (d), minutes of travel one way (m)
PEOPLE = """
azi | Aafke Zilverschoon   | bra-ver | Eindhoven      | car   | 5x8         | di               | wtb mbo geschikt, pie vo gast          | open | 6/w 30m
yha | Younes Hadouchi      | bra-ver | Best           | ebike | 4x9 -vr     |                  | wtb mbo pdg, mech mbo geschikt         | spoorkade contract dual 8 | 45m
gro | Gijs Roodenbeek      | bra-mon | Nuenen         | car   | 5x8         | do 8-13          | pie vo 2e                              | open | 35m
fdu | Fenna Duizendstra    | bra-eng | Eindhoven      | bike  | 4x8 -wo     |                  | wi vo 2e                               | dommelbrug contract dual 8, kempenlicht toegezegd dual | 35m
twi | Tomasz Wierzbowicz   | bra-mon | Helmond        | car   | 5x8         | di-m, do         | mech mbo instructeur, wtb mbo instructeur | spoorkade proefles detachering 6 | 1d 35m
sla | Soraya Lakhmani      | bra-eng | Waalre         | car   | 9x9 -vr     | di-m             | na vo 2e, oo vo 2e                     | open | 30m
bkr | Berend Kruidhof      | bra-ver | Geldrop        | car   | 5x8         | vr               | wtb mbo geschikt                       | spoorkade toegezegd detachering 6 | 30m

nvo | Noor van Oeverbeek   | lic-opt | Veldhoven      | bike  | 5x8         | di               | na vo 1e                               | open | 6/w 40m
rka | Ravi Kandhari        | lic-sof | Eindhoven      | car   | 5x8         | do               | inf vo 2e, soft mbo geschikt           | open | 6/w 30m
mti | Marit Tienhoven      | lic-bes | Eersel         | car   | 4x9 -ma     | wo               | mech mbo pdg, na vo gast               | spoorkade contract detachering 8, dommelbrug verkenning gast 4 | 2d 40m
jho | Joris Holtwijk       | lic-opt | Waalre         | ebike | 5x8         | vr               | na vo 2e, wi vo 2e                     | dommelbrug contract detachering 6, kempenlicht verkenning detachering | 40m
lsh | Liwei Shan           | lic-bes | Eindhoven      | bike  | 5x8         | wo               | oo vo gast, mech mbo geschikt          | open | 6/w 35m
hbo | Hanna Bosuil         | lic-sof | Oirschot       | car   | 4x8 -vr     |                  | inf vo 1e                              | open | 6/w 35m

mya | Mehmet Yaldizli      | kol-won | Helmond        | car   | 5x8v        | di               | elek mbo geschikt, pie vo gast         | open | 7/w 30m
dvr | Daan Vrieswijk       | kol-uti | Deurne         | car   | 5x8v        | do               | elek mbo pdg                           | steiger contract detachering 6, spoorkade proefles detachering 4 | 35m
cjo | Chantal Jorrisma     | kol-won | Geldrop        | car   | 4x8v -wo    |                  | pie vo 2e                              | open | 6/w 35m
kos | Kwame Osei-Bonsra    | kol-uti | Helmond        | ebike | 5x8v        | vr 7-13          | elek mbo instructeur                   | steiger contract detachering 6 | 30m
pve | Piet Vennewater      | kol-uti | Asten          | car   | 9x9v -vr    | di-m             | elek mbo geschikt                      | steiger contract detachering 8 | 2d 35m

wst | Wout Steenuil        | ket-uit | Deurne         | car   | 5x8v        | di               | bouw mbo geschikt, bwi vo gast         | open | 6/w 35m
iva | Ilse van 't Veldje   | ket-wvb | Asten          | car   | 4x8v -vr    |                  | bwi vo 2e, bouw mbo pdg                | peelkoepel contract dual 6, steiger toegezegd dual 6 | 40m
rba | Rachid Baroudan      | ket-uit | Helmond        | car   | 5x8v        | do               | bouw mbo instructeur, bwi vo gast      | steiger contract detachering 6, kempenlicht verkenning gast 4 | 30m
jpe | Jurre Peelgraaf      | ket-wvb | Someren        | car   | 5x8v        | wo 7-13          | bouw mbo geschikt                      | open | 35m
oza | Oleksandr Zahirnyj   | ket-uit | Deurne         | bike  | 5x8v        | vr               | bwi vo gast                            | peelkoepel toegezegd gast 5 | 25m

mde | Marloes Dekkerhof    | lin-wij | Geldrop        | bike  | 3x8 ma di do |                 | zorg mbo geschikt, zw vo 2e            | spoorkade contract dual 6 | 2d 35m
fbe | Fatima Benhaddouche  | lin-kli | Eindhoven      | ebike | 4x8 -do     |                  | zorg mbo pdg                           | spoorkade contract dual 6 | 40m
sjo | Stephanie Joemratie  | lin-kli | Eindhoven      | public_transport | 3x8 wo do vr |      | zorg mbo geschikt, zw vo gast          | open | 4/w 1d 45m
gve | Gerda Veenmos        | lin-wij | Heeze          | car   | 5x8         | di               | zw vo gast, zorg mbo instructeur       | open | 5/w 35m
lku | Lotte Kuifmees       | lin-kli | Nuenen         | ebike | ploeg       | do T1            | zorg mbo geschikt                      | spoorkade toegezegd detachering 5 | 40m
aho | Anton Hooibrug       | lin-wij | Mierlo         | car   | 4x8 -ma     | vr ?             | zw vo 2e, zorg mbo geschikt            | peelkoepel contract detachering 6, spoorkade verkenning detachering | 30m

sve | Sanne Verhagelen     | bit-web | Eindhoven      | bike  | 4x8 -do     |                  | inf vo 2e, soft mbo geschikt           | dommelbrug contract dual 5, spoorkade toegezegd dual 4 | 30m
dnk | Daniël Nkemeluwa     | bit-web | Geldrop        | public_transport | 5x8 | di 8-13        | soft mbo geschikt                      | spoorkade contract detachering 4 | 50m
eba | Esra Bayramliç       | bit-dat | Eindhoven      | bike  | 5x8         | wo-m, vr ?       | inf vo 2e, wi vo gast                  | open | 4/w 40m
kza | Koen Zandloper       | bit-dat | Best           | car   | 4x9 -wo     |                  | soft mbo pdg, inf vo gast              | spoorkade contract dual 6 | 30m
pra | Priya Ramdoelari     | bit-web | Nuenen         | car   | 5x8         | vr               | inf vo 2e                              | open | 5/w 35m

hgr | Hassan Grijzouh      | vli-mag | Son en Breugel | car   | 5x8         | di               | log mbo geschikt                       | steiger contract detachering 6 | 30m
mbe | Mirthe Beukenlaar    | vli-pla | Eindhoven      | car   | 4x8 -vr     |                  | log mbo pdg, ec vo 2e                  | steiger contract dual 6, dommelbrug verkenning dual | 30m
jsl | Jelle Sluiswachter   | vli-pla | Sint-Oedenrode | car   | 5x8         | do               | ec vo 2e, log mbo geschikt             | open | 6/w 35m
tno | Tuan Ngolinh         | vli-mag | Helmond        | bike  | ploeg       |                  | log mbo instructeur                    | steiger proefles detachering 4 | 25m
wpa | Wendy Paardekoop     | vli-pla | Boxtel         | car   | 9x9 -ma     | wo 8-13          | log mbo geschikt, ec vo gast           | open | 35m

bdo | Bas Doornroos        | maa-con | Nuenen         | car   | 5x8         | di               | oo vo 2e, wi vo 2e                     | open | 6/w 30m
iro | Indra Roepnarain     | maa-con | Eindhoven      | ebike | 4x8 -do     |                  | oo vo 2e, na vo 2e                     | dommelbrug contract dual 7 | 40m
cmo | Corné Molenwiek      | maa-wat | Helmond        | car   | 5x8         | vr-m             | wi vo 2e                               | open | 30m
zha | Zara Haydarpour      | maa-wat | Gemert         | car   | 5x8         | wo               | na vo 1e, wi vo gast                   | open | 6/w 35m
fle | Floor Leeghwater     | maa-con | Beek en Donk   | ebike | 4x9 -di     |                  | oo vo gast, pie vo gast                | peelkoepel contract gast 5, kempenlicht verkenning gast 5 | 50m

rsm | Ruud Smeltkroes      | pee-net | Someren        | car   | 5x8v        | vr               | pie vo 2e, elek mbo geschikt           | open | 6/w 35m
nki | Naomi Kirindongse    | pee-net | Asten          | car   | 4x8v -ma    |                  | elek mbo pdg, na vo 2e                 | steiger contract dual 6, peelkoepel verkenning dual | 35m
avd | Ad van den Distel    | pee-zon | Deurne         | car   | 5x8v        | do-m             | elek mbo instructeur, pie vo gast      | steiger toegezegd detachering 4, peelkoepel proefles gast 4 | 30m
hta | Huub Takkenkamp      | pee-zon | Heeze          | car   | 5x8v        | di               | pie vo gast, elek mbo geschikt         | open | 5/w 35m

ash | Amira Shadidi        | hek-ana | Waalre         | ebike | 5x8         | di               | sk vo 1e                               | dommelbrug contract detachering 6, kempenlicht toegezegd detachering | 40m
jba | Jasper Bakelietman   | hek-ana | Valkenswaard   | car   | 4x8 -do     |                  | sk vo 2e, na vo gast                   | open | 6/w 35m
lfo | Linde Fonteinzaal    | hek-kwa | Eindhoven      | bike  | 5x8         | wo               | sk vo 2e                               | open | 5/w 35m
mko | Milan Koperdraad     | hek-kwa | Eersel         | car   | 9x9 -vr     |                  | sk vo gast                             | open | 4/w 40m

tva | Thea Valkeniers      | cij-adv | Valkenswaard   | car   | 3x8 ma wo vr |                 | ec vo 1e                               | dommelbrug contract dual 8 | 2d 35m
ogu | Orhan Gürsoylu       | cij-adv | Eindhoven      | car   | 5x8         | do-m             | ec vo 2e, wi vo gast                   | open | 4/w 30m
svr | Sven Vrijtagt        | cij-sal | Bergeijk       | car   | 4x9 -di     |                  | ec vo 2e                               | kempenlicht contract dual 6, dommelbrug gestopt dual | 40m
ewo | Evi Wolkenschip      | cij-sal | Waalre         | bike  | 5x8         | vr 8-13          | ec vo gast                             | dommelbrug verkenning gast 4 | 45m

gsc | Guus Schaapskooi     | hal-wer | Oirschot       | car   | 5x8v        | di               | mech mbo geschikt, pie vo gast         | open | 6/w 35m
mma | Maaike Maaiveldman   | hal-ont | Boxtel         | ebike | 4x8v -do    |                  | wtb mbo pdg, pie vo 2e                 | kempenlicht contract dual 6, spoorkade verkenning dual 6 | 50m
dob | Diego Obispado       | hal-ont | Schijndel      | car   | 5x8v        | do 7-13          | mech mbo geschikt, en vo gast          | open | 35m
rge | Rowena Geitenblad    | hal-ont | Best           | car   | 4x8 -wo     |                  | en vo 2e                               | open | 6/w 35m

mwi | Machteld Windroosje  |         | Eindhoven      | public_transport |  |                  | en vo 1e, wi vo 2e                     | dommelbrug contract zzp 6 | 2d 45m
ebo | Emre Boztepeli       |         | Veldhoven      | car   |             |                  | inf vo 1e, soft mbo geschikt           | open | 8/w 2d 35m
"""

# Two-week shift work (ploegendienst): week of the cycle -> days, start, end.
SHIFTS = {"ploeg": {1: ("ma di wo do vr", "6", "14"), 2: ("ma di wo do", "13:30", "22")}}

# Evenings off work are free to teach; these people say no. | who | weekday | from | to | dates | privacy | reason
UNAVAILABLE = """
azi | | 17:30 | | | open | avonden thuis
cjo | wo | 13 | | | private | zorg voor ouder
fbe | do | | 10 | | private | medische afspraak
hbo | vr | 14:30 | | | private | kinderen ophalen
mti | ma | | | 2026-11-16 2027-01-29 | employer | opleiding
mma | do | 12 | | | private | mantelzorg
sve | do | 15 | | | open | training
kza | wo | | | 2027-01-04 2027-01-29 | private | ouderschapsverlof
ebo | ma | | | | open | andere opdracht
ebo | wo | | | | open | andere opdracht
ebo | do | 12:30 | | | private | sport
mwi | di | | | | private | studie
mwi | do | | | | open | andere opdracht
mwi | vr | 13 | | | private |
mbe | vr | | 9 | | private | kinderen wegbrengen
sjo | ma | 15 | | | private |
rge | wo | 15:30 | | | private |
jba | | | | 2026-09-14 2026-09-18 | open | vakantie
"""

# who | what: weekday, half-day, school, subject or level | grade
WISHES = """
azi | school tec | 2
azi | half_day morning | 1
yha | school tec | 1
nvo | level vwo | 3
nvo | school vel | 2
rka | school dom | -1
jho | subject natuurkunde | 2
hbo | weekday vr | 1
hbo | level vwo | 2
cjo | school deu | 2
cjo | half_day morning | 3
wst | subject bouwkunde | 1
iva | school ste | 2
mde | school zor | 3
gve | school hel | -2
gve | subject zorg en welzijn | 1
aho | half_day morning | -1
eba | subject wiskunde | -2
pra | level havo | 1
pra | half_day morning | 2
mbe | subject logistiek | 2
jsl | subject economie | 2
bdo | subject O&O | 3
iro | school val | 2
zha | level vwo | 2
zha | school dom | 1
rsm | school deu | 2
nki | half_day evening | 1
hta | school bes | -1
ash | level havo | 1
jba | school val | 3
tva | level vwo | 2
tva | half_day afternoon | -1
gsc | subject mechatronica | 2
mma | school bes | 2
dob | school tec | 1
ebo | level vwo | 1
mwi | subject Engels | 3
"""

# who | skill or critical role
SKILLS = """
azi | BHV
bkr | BHV
fdu | BHV
dvr | consignatie
pve | consignatie
kos | consignatie
rsm | netmeester
nki | netmeester
"""
