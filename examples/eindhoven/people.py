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

# id | name | team | home | transport (ov: public transport) | works | released | licences: subject, sector, level
# released: weekday, perhaps -o(chtend) or -m(iddag) or clock times, T1 or T2 for one period only, ? only proposed, ! fixed
# licences: perhaps van: and tot: dates, or bij: one board only
PEOPLE = """
azi | Aafke Zilverschoon  | bra-ver | Eindhoven      | car   | 5x8          | di, do           | wtb mbo geschikt, pie vo gast, oo vo gast
yha | Younes Hadouchi     | bra-ver | Best           | ebike | 4x9 -vr      | di               | wtb mbo pdg, mech mbo geschikt
gro | Gijs Roodenbeek     | bra-mon | Nuenen         | car   | 5x8          | di, do 8-13      | pie vo 2e
fdu | Fenna Duizendstra   | bra-eng | Eindhoven      | ebike | 4x8 -wo      | vr               | wi vo 2e, na vo gast
twi | Tomasz Wierzbowicz  | bra-mon | Helmond        | car   | 5x8          | di, do           | mech mbo instructeur, wtb mbo instructeur van:2026-11-16
sla | Soraya Lakhmani     | bra-eng | Waalre         | car   | 9x9 -vr      | di, do-m         | na vo 2e, oo vo 2e
bkr | Berend Kruidhof     | bra-ver | Geldrop        | car   | 5x8          | wo, vr           | wtb mbo geschikt, mech mbo geschikt

nvo | Noor van Oeverbeek  | lic-opt | Veldhoven      | ebike | 5x8          | di, wo           | na vo 1e, wi vo 2e
rka | Ravi Kandhari       | lic-sof | Eindhoven      | car   | 5x8          | do !, vr         | inf vo 2e, soft mbo geschikt
mti | Marit Tienhoven     | lic-bes | Eersel         | car   | 4x9 -ma      | wo               | mech mbo pdg, na vo gast, oo vo gast
jho | Joris Holtwijk      | lic-opt | Waalre         | ebike | 5x8          | di, vr           | na vo 2e, wi vo 2e
lsh | Liwei Shan          | lic-bes | Eindhoven      | ebike | 5x8          | wo, do           | oo vo gast, mech mbo geschikt tot:2026-11-13, na vo gast
hbo | Hanna Bosuil        | lic-sof | Oirschot       | car   | 4x8 -vr      | di               | inf vo 1e, wi vo 2e

mya | Mehmet Yaldizli     | kol-won | Helmond        | car   | 5x8v         | di, do           | elek mbo geschikt, pie vo gast
dvr | Daan Vrieswijk      | kol-uti | Deurne         | car   | 5x8v         | di, do           | elek mbo pdg, mech mbo geschikt
cjo | Chantal Jorrisma    | kol-won | Geldrop        | car   | 4x8v -wo     | vr               | pie vo 2e
kos | Kwame Osei-Bonsra   | kol-uti | Helmond        | ebike | 5x8v         | wo 7-13, vr 7-13 | elek mbo instructeur
pve | Piet Vennewater     | kol-uti | Asten          | car   | 9x9v -vr     | di-m             | elek mbo geschikt

wst | Wout Steenuil       | ket-uit | Deurne         | car   | 5x8          | di, vr           | bouw mbo geschikt, bwi vo gast
iva | Ilse van 't Veldje  | ket-wvb | Asten          | car   | 4x8v -vr     | di               | bwi vo 2e, bouw mbo pdg
rba | Rachid Baroudan     | ket-uit | Helmond        | car   | 5x8v         | do, vr           | bouw mbo instructeur, bwi vo gast
jpe | Jurre Peelgraaf     | ket-wvb | Someren        | car   | 5x8v         | wo, do           | bouw mbo geschikt, bwi vo gast bij:peelkoepel
oza | Oleksandr Zahirnyj  | ket-uit | Deurne         | bike  | 5x8v         | di-m, vr         | bwi vo gast

mde | Marloes Dekkerhof   | lin-wij | Geldrop        | bike  | 3x8 ma di do |                  | zorg mbo geschikt, zw vo 2e
fbe | Fatima Benhaddouche | lin-kli | Eindhoven      | ebike | 4x8 -do      | wo               | zorg mbo pdg
sjo | Stephanie Joemratie | lin-kli | Eindhoven      | ov    | 3x8 wo do vr |                  | zorg mbo geschikt, zw vo gast
gve | Gerda Veenmos       | lin-wij | Heeze          | car   | 5x8          | di, wo           | zw vo gast, zorg mbo instructeur
lku | Lotte Kuifmees      | lin-kli | Nuenen         | ebike | ploeg        | vr T1, do T1     | zorg mbo geschikt
aho | Anton Hooibrug      | lin-wij | Mierlo         | car   | 4x8 -ma      | wo, vr ?         | zw vo 2e, zorg mbo geschikt

sve | Sanne Verhagelen    | bit-web | Eindhoven      | ebike | 4x8 -do      | di-m             | inf vo 2e, soft mbo geschikt
dnk | Daniël Nkemeluwa    | bit-web | Geldrop        | ov    | 5x8          | di 8-13 !, do 8-13 | soft mbo geschikt
eba | Esra Bayramliç      | bit-dat | Eindhoven      | ebike | 5x8          | wo-m, vr         | inf vo 2e, wi vo onderbevoegd van:2026-08-24
kza | Koen Zandloper      | bit-dat | Best           | car   | 4x9 -wo      | vr               | soft mbo pdg, inf vo gast
pra | Priya Ramdoelari    | bit-web | Nuenen         | car   | 5x8          | do, vr           | inf vo 2e, wi vo 2e

hgr | Hassan Grijzouh     | vli-mag | Son en Breugel | car   | 5x8          | di !, do         | log mbo geschikt
mbe | Mirthe Beukenlaar   | vli-pla | Eindhoven      | car   | 4x8 -vr      | wo               | log mbo pdg, ec vo 2e
jsl | Jelle Sluiswachter  | vli-pla | Sint-Oedenrode | car   | 5x8          | di, do           | ec vo 2e, log mbo geschikt
tno | Tuan Ngolinh        | vli-mag | Helmond        | bike  | ploeg        |                  | log mbo instructeur
wpa | Wendy Paardekoop    | vli-pla | Boxtel         | car   | 9x9 -ma      | di, wo           | log mbo geschikt, ec vo gast

bdo | Bas Doornroos       | maa-con | Nuenen         | car   | 5x8          | di, do           | oo vo 2e, wi vo 2e, na vo andersbevoegd van:2026-08-24
iro | Indra Roepnarain    | maa-con | Eindhoven      | ebike | 4x8 -do      | di-m             | oo vo 2e, na vo 2e
cmo | Corné Molenwiek     | maa-wat | Helmond        | car   | 5x8          | ma, wo, vr       | wi vo 2e, na vo 2e
zha | Zara Haydarpour     | maa-wat | Gemert         | car   | 5x8          | wo, vr           | na vo 1e, wi vo gast
fle | Floor Leeghwater    | maa-con | Beek en Donk   | ebike | 4x9 -di      |                  | oo vo gast, pie vo gast

rsm | Ruud Smeltkroes     | pee-net | Someren        | car   | 5x8v         | di, vr           | pie vo 2e, elek mbo geschikt
nki | Naomi Kirindongse   | pee-net | Asten          | car   | 4x8v -ma     |                  | elek mbo pdg, na vo 2e
avd | Ad van den Distel   | pee-zon | Deurne         | car   | 5x8v         | di-m, do-m       | elek mbo instructeur, pie vo gast
hta | Huub Takkenkamp     | pee-zon | Heeze          | car   | 5x8v         | di, vr           | pie vo gast, elek mbo geschikt, mech mbo instructeur

ash | Amira Shadidi       | hek-ana | Waalre         | ebike | 5x8          | di, wo           | sk vo 1e, na vo 2e
jba | Jasper Bakelietman  | hek-ana | Valkenswaard   | car   | 4x8 -do      |                  | sk vo 2e, na vo gast
lfo | Linde Fonteinzaal   | hek-kwa | Best           | car   | 5x8          | wo, vr           | sk vo 2e, na vo gast
mko | Milan Koperdraad    | hek-kwa | Eersel         | car   | 9x9 -vr      | di               | sk vo gast, na vo zij-instroom van:2026-08-24

tva | Thea Valkeniers     | cij-adv | Valkenswaard   | car   | 3x8 ma wo vr |                  | ec vo 1e, wi vo 2e
ogu | Orhan Gürsoylu      | cij-adv | Eindhoven      | car   | 5x8          | di-m, do-m       | ec vo 2e, wi vo 2e
svr | Sven Vrijtagt       | cij-sal | Bergeijk       | car   | 4x9 -di      | do               | ec vo 2e, wi vo 2e
ewo | Evi Wolkenschip     | cij-sal | Waalre         | ebike | 5x8          | vr 8-13          | ec vo gast

gsc | Guus Schaapskooi    | hal-wer | Oirschot       | car   | 5x8v         | di, do           | mech mbo geschikt, pie vo gast, wtb mbo instructeur
mma | Maaike Maaiveldman  | hal-ont | Boxtel         | ebike | 4x8v -do     | vr               | wtb mbo pdg, pie vo 2e
dob | Diego Obispado      | hal-ont | Schijndel      | car   | 5x8v         | wo, do           | mech mbo vrijgesteld van:2026-08-24, en vo gast, na vo gast
rge | Rowena Geitenblad   | hal-ont | Best           | car   | 4x8 -wo      | do               | en vo 2e

mwi | Machteld Windroosje |         | Eindhoven      | ov    |              |                  | en vo 1e, wi vo 2e
ebo | Emre Boztepeli      |         | Veldhoven      | car   |              |                  | inf vo 1e, soft mbo geschikt
"""

# id | limits | agreed
# limits: lesson periods a week (/w) and a day (/d), teaching days a week (d), minutes of travel one way (m)
# agreed: board, status and form, perhaps the most lesson periods a week; "open": may be matched anywhere else as well
AGREED = """
azi | 8/w 2d 40m | open
yha | 2d 50m     | spoorkade contract dual 8, open
gro | 1d 45m     | open
fdu | 2d 50m     | dommelbrug contract dual 8, kempenlicht toegezegd dual 6, open
twi | 1d 40m     | spoorkade proefles detachering 6, open
sla | 5/w 55m    | open
bkr | 1d 40m     | spoorkade toegezegd detachering 6

nvo | 6/w 1d 50m | open
rka | 8/w 2d 40m | open
mti | 2d 45m     | spoorkade contract detachering 8, dommelbrug verkenning gast 4
jho | 1d 50m     | dommelbrug contract detachering 6, kempenlicht verkenning detachering, open
lsh | 8/w 2d 50m | open
hbo | 8/w 2d 40m | open

mya | 7/w 2d 40m | open
dvr | 1d 45m     | steiger contract detachering 6, spoorkade proefles detachering 4, open
cjo | 8/w 2d 45m | open
kos | 2d 40m     | steiger contract detachering 6
pve | 2d 40m     | steiger contract detachering 8

wst | 8/w 2d 40m | open
iva | 2d 50m     | peelkoepel contract dual 6, steiger toegezegd dual 6, kempenlicht verkenning dual 4
rba | 45m        | steiger contract detachering 6, kempenlicht verkenning gast 4, open
jpe | 2d 45m     | open
oza | 1d 25m     | peelkoepel toegezegd gast 5

mde | 2d 35m     | spoorkade contract dual 8, open
fbe | 2d 45m     | spoorkade contract dual 6
sjo | 5/w 1d 55m | open
gve | 5/w 1d 40m | open
lku | 1d 45m     | spoorkade toegezegd detachering 5
aho | 2d 45m     | peelkoepel contract detachering 6, spoorkade verkenning detachering 4, kempenlicht verkenning gast 4

sve | 2d 50m     | dommelbrug contract dual 5, spoorkade toegezegd dual 4
dnk | 55m        | spoorkade contract detachering 4
eba | 5/w 3/d 45m | open
kza | 40m        | spoorkade contract dual 6, open
pra | 8/w 2d 45m | open

hgr | 40m        | steiger contract detachering 6
mbe | 2d 40m     | steiger contract dual 6, dommelbrug verkenning dual 4
jsl | 8/w 2d 45m | open
tno | 2/d 25m    | steiger proefles detachering 4
wpa | 45m        | open

bdo | 6/w 1d 45m | open
iro | 2d 50m     | dommelbrug contract dual 7, open
cmo | 6/w 2d 45m | open
zha | 8/w 2d 50m | open
fle | 1d 65m     | peelkoepel contract gast 5, kempenlicht verkenning gast 5

rsm | 8/w 2d 45m | open
nki | 2d 45m     | steiger contract dual 6, peelkoepel verkenning dual 4, open
avd | 40m        | steiger toegezegd detachering 4, peelkoepel proefles gast 4
hta | 8/w 2d 45m | open

ash | 2d 50m     | dommelbrug contract detachering 6, kempenlicht toegezegd detachering 6, open
jba | 6/w 45m    | open
lfo | 6/w 2d 45m | open
mko | 4/w 1d 45m | open

tva | 2d 40m     | dommelbrug contract dual 8
ogu | 4/w 1d 40m | open
svr | 1d 45m     | kempenlicht contract dual 6, dommelbrug gestopt dual, open
ewo | 2/d 50m    | dommelbrug verkenning gast 4

gsc | 6/w 1d 40m | open
mma | 2d 60m     | kempenlicht contract dual 6, spoorkade verkenning dual 6, open
dob | 1d 45m     | open
rge | 6/w 45m    | open

mwi | 4/d 2d 55m | dommelbrug contract zzp 6, kempenlicht verkenning zzp 4
ebo | 8/w 2d 40m | open
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
ebo | do | 13 | | | private | sport
mwi | di | | | | private | studie
mwi | do | | | | open | andere opdracht
mwi | vr | 13 | | | private |
mbe | vr | | 9 | | private | kinderen wegbrengen
sjo | ma | 15 | | | private |
rge | wo | 15:30 | | | private |
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
