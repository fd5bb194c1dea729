"""The employer side: companies, sites, teams and who must stay at work. All names are invented."""

# id | name | release policy
EMPLOYERS = """
brandwiel | Brandwiel Precisie | half_day
lichtgolf | Lichtgolf Systemen | day
kolkstroom | Kolkstroom Installaties | day
kettinga | Kettinga & Nicht Bouw | half_day
lindelaan | Zorgkring Lindelaan | day
bitwerf | Bitwerf Software | half_day
vlinder | Vrachtvlinder Logistiek | day
maatlat | Maatlat Ingenieurs | half_day
peelvonk | Peelvonk Energietechniek | half_day
helderkolf | Helderkolf Laboratorium | day
cijferbrug | Cijferbrug Accountants | half_day
halmwerk | Halmwerk Agrimachines | half_day
"""

# id | employer | name | town
SITES = """
bra-ehv | brandwiel | fabriek Eindhoven | Eindhoven
bra-bes | brandwiel | montagehal Best | Best
lic-vel | lichtgolf | campus Veldhoven | Veldhoven
kol-hel | kolkstroom | hoofdvestiging Helmond | Helmond
ket-deu | kettinga | kantoor Deurne | Deurne
ket-ast | kettinga | werkplaats Asten | Asten
lin-gel | lindelaan | wijkpost Geldrop | Geldrop
lin-ehv | lindelaan | kliniek Eindhoven | Eindhoven
bit-ehv | bitwerf | kantoor Eindhoven | Eindhoven
vli-son | vlinder | distributiecentrum Son | Son en Breugel
vli-ehv | vlinder | planbureau Eindhoven | Eindhoven
maa-nue | maatlat | bureau Nuenen | Nuenen
pee-som | peelvonk | werf Someren | Someren
hek-waa | helderkolf | laboratorium Waalre | Waalre
cij-val | cijferbrug | kantoor Valkenswaard | Valkenswaard
cij-ehv | cijferbrug | kantoor Eindhoven | Eindhoven
hal-oir | halmwerk | fabriek Oirschot | Oirschot
hal-box | halmwerk | servicepunt Boxtel | Boxtel
"""

# id | employer | name | site
TEAMS = """
bra-ver | brandwiel | Verspaning | bra-ehv
bra-mon | brandwiel | Montage | bra-bes
bra-eng | brandwiel | Engineering | bra-ehv
lic-opt | lichtgolf | Optica | lic-vel
lic-bes | lichtgolf | Besturing | lic-vel
lic-sof | lichtgolf | Software | lic-vel
kol-won | kolkstroom | Woninginstallatie | kol-hel
kol-uti | kolkstroom | Utiliteit | kol-hel
ket-uit | kettinga | Uitvoering | ket-ast
ket-wvb | kettinga | Werkvoorbereiding | ket-deu
lin-wij | lindelaan | Wijkteam | lin-gel
lin-kli | lindelaan | Kliniek | lin-ehv
bit-web | bitwerf | Web | bit-ehv
bit-dat | bitwerf | Data | bit-ehv
vli-mag | vlinder | Magazijn | vli-son
vli-pla | vlinder | Planning | vli-ehv
maa-con | maatlat | Constructie | maa-nue
maa-wat | maatlat | Water | maa-nue
pee-net | peelvonk | Netten | pee-som
pee-zon | peelvonk | Zon en opslag | pee-som
hek-ana | helderkolf | Analyse | hek-waa
hek-kwa | helderkolf | Kwaliteit | hek-waa
cij-adv | cijferbrug | Advies | cij-val
cij-sal | cijferbrug | Salarissen | cij-ehv
hal-wer | halmwerk | Werkplaats | hal-box
hal-ont | halmwerk | Ontwikkeling | hal-oir
"""

# employer | team | people | skill | weekday | half-day | at least present | at most away | colleagues outside this term
PRESENCE = """
brandwiel | bra-ver | | | | | | 1 |
brandwiel | | | BHV | | | 1 | | 0
brandwiel | bra-eng | | | | | 2 | | 1
lichtgolf | lic-opt | | | | | 2 | | 2
lichtgolf | lic-bes | | | di | | | 0 |
lichtgolf | lic-sof | | | | | | 1 |
kolkstroom | kol-uti | | | | | 3 | | 2
kolkstroom | | | consignatie | | | 1 | | 0
kettinga | ket-uit | | | | | | 1 |
kettinga | ket-wvb | | | | morning | 1 | | 1
lindelaan | lin-wij | | | | | 3 | | 2
lindelaan | lin-kli | | | | | | 1 |
bitwerf | bit-web | | | | | | 1 |
vlinder | vli-mag | | | | morning | 4 | | 3
vlinder | vli-pla | | | | | | 1 |
maatlat | | bdo, iro, fle | | | | | 1 |
maatlat | maa-wat | | | | | 1 | | 0
peelvonk | pee-net | | | | | | 1 |
peelvonk | | | netmeester | | | 1 | | 0
helderkolf | hek-ana | | | | | 2 | | 1
cijferbrug | cij-adv | | | | | | 1 |
halmwerk | hal-ont | | | | | | 1 |
"""
