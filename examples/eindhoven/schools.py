"""The school side: boards, sites, time grids, calendars, staff and rooms. All names are invented."""

BOARDS = """
dommelbrug | Stichting Dommelbrug Onderwijs
kempenlicht | Stichting Kempenlicht
peelkoepel | Onderwijsgroep Peelkoepel
spoorkade | ROC Spoorkade
steiger | Stichting Vakonderwijs De Steiger
"""

# id | name | board | sector | town | arrival buffer | the same before a practical lesson
SCHOOLS = """
dom | Dommelbrug Lyceum | dommelbrug | vo | Eindhoven | 10 |
val | Technasium De Sluiskolk | dommelbrug | vo | Valkenswaard | 10 |
box | Beemdgraaf College | dommelbrug | vo | Boxtel | 10 |
vel | Kempenlicht College | kempenlicht | vo | Veldhoven | 10 |
bes | Vakschool Zilverpopulier | kempenlicht | vo | Best | 10 | 20
hel | Torenvalk College | peelkoepel | vo | Helmond | 10 | 20
deu | Vakcollege De Turfsteker | peelkoepel | vo | Deurne | 10 | 20
tec | ROC Spoorkade Techniek en ICT | spoorkade | mbo | Eindhoven | 15 | 20
zor | ROC Spoorkade Zorg en Welzijn | spoorkade | mbo | Geldrop | 15 |
ste | De Steiger, school voor bouw en logistiek | steiger | mbo | Helmond | 15 | 20
"""

# school | variant | weekday | first lesson period | clock times
GRIDS = """
dom | standard | | 1 | 8:30 9:20, 9:20 10:10, 10:30 11:20, 11:20 12:10, 12:40 13:30, 13:30 14:20, 14:35 15:25, 15:25 16:15
val | standard | | 1 | 8:30 9:45, 9:45 11:00, 11:20 12:35, 13:05 14:20, 14:20 15:35
box | standard | | 1 | 8:25 9:15, 9:15 10:05, 10:25 11:15, 11:15 12:05, 12:35 13:25, 13:25 14:15, 14:30 15:20, 15:20 16:10
box | standard | di | 1 | 8:25 9:10, 9:10 9:55, 10:15 11:00, 11:00 11:45, 12:15 13:00, 13:00 13:45, 14:00 14:45, 14:45 15:30
vel | standard | | 1 | 8:15 9:00, 9:00 9:45, 9:45 10:30, 10:50 11:35, 11:35 12:20, 12:50 13:35, 13:35 14:20, 14:35 15:20, 15:20 16:05
bes | standard | | 1 | 8:20 9:10, 9:10 10:00, 10:15 11:05, 11:05 11:55, 12:25 13:15, 13:15 14:05, 14:15 15:05, 15:05 15:55
hel | pauze-A | | 1 | 8:30 9:20, 9:20 10:10, 10:30 11:20, 11:20 12:10, 12:40 13:30, 13:30 14:20, 14:20 15:10, 15:10 16:00
hel | pauze-B | | 1 | 8:30 9:20, 9:20 10:10, 10:10 11:00, 11:20 12:10, 12:10 13:00, 13:30 14:20, 14:20 15:10, 15:10 16:00
deu | standard | | 1 | 8:20 9:10, 9:10 10:00, 10:20 11:10, 11:10 12:00, 12:30 13:20, 13:20 14:10, 14:25 15:15, 15:15 16:05
deu | verkort | | 1 | 8:20 9:00, 9:00 9:40, 9:55 10:35, 10:35 11:15, 11:35 12:15, 12:15 12:55, 12:55 13:35, 13:35 14:15
tec | standard | | 1 | 8:30 9:30, 9:30 10:30, 10:45 11:45, 11:45 12:45, 13:15 14:15, 14:15 15:15, 15:30 16:30
zor | standard | | 1 | 8:45 9:45, 9:45 10:45, 11:00 12:00, 12:00 13:00, 13:30 14:30, 14:30 15:30, 15:30 16:30
ste | standard | | 1 | 8:30 9:30, 9:30 10:30, 10:45 11:45, 11:45 12:45, 13:15 14:15, 14:15 15:15, 15:15 16:15
ste | standard | | av1 | 18:00 18:50, 18:50 19:40, 19:55 20:45
"""

# Periods (tijdvakken): half a term each.
PERIODS = """
T1 | tijdvak 1 | 2026-08-31 | 2026-11-13
T2 | tijdvak 2 | 2026-11-16 | 2027-01-29
"""
PERIOD_WEEKS = {"T1": "36-42,44-46", "T2": "47-51,1-4"}

# Some schools alternate by lesson week (a holiday does not count), others go on counting.
WEEK_PATTERNS = """
A | dom val hel deu         | 36,38,40,42,45,47,49,51,2,4
B | dom val hel deu         | 37,39,41,44,46,48,50,1,3
A | box vel bes tec zor ste | 36,38,40,42,44,46,48,50,1,3
B | box vel bes tec zor ste | 37,39,41,45,47,49,51,2,4
"""

# who: a school, an employer, or empty for everybody | from | to | kind | name | grid variant
CALENDAR = """
 | 2026-10-17 | 2026-10-25 | holiday | herfstvakantie
 | 2026-12-19 | 2027-01-03 | holiday | kerstvakantie
 | 2026-12-25 | 2026-12-26 | public_holiday | Kerstmis
 | 2027-01-01 | 2027-01-01 | public_holiday | nieuwjaarsdag
dom | 2026-09-29 | 2026-09-29 | study_day | studiedag
dom | 2026-11-09 | 2026-11-13 | test_week | toetsweek 1
dom | 2027-01-25 | 2027-01-29 | test_week | toetsweek 2
val | 2026-11-09 | 2026-11-13 | test_week | toetsweek 1
val | 2027-01-25 | 2027-01-29 | test_week | toetsweek 2
box | 2026-10-08 | 2026-10-08 | study_day | studiedag
box | 2026-11-09 | 2026-11-13 | test_week | toetsweek 1
vel | 2026-09-30 | 2026-09-30 | study_day | studiedag
vel | 2026-11-04 | 2026-11-10 | test_week | toetsweek 1
vel | 2027-01-25 | 2027-01-29 | test_week | toetsweek 2
bes | 2026-10-16 | 2026-10-16 | study_day | studiedag
hel | 2026-11-05 | 2026-11-05 | study_day | studiedag
hel | 2027-01-18 | 2027-01-22 | test_week | toetsweek
deu | 2026-09-10 | 2026-09-10 | shortened | informatieavond | verkort
deu | 2026-11-17 | 2026-11-17 | shortened | rapportvergadering | verkort
deu | 2026-12-18 | 2026-12-18 | shortened | kerstviering | verkort
tec | 2026-10-02 | 2026-10-02 | study_day | studiedag
zor | 2026-11-11 | 2026-11-11 | study_day | studiedag
ste | 2026-10-26 | 2026-10-30 | study_day | projectweek zonder lessen
kettinga | 2026-12-21 | 2027-01-01 | closure | winterstop
lichtgolf | 2026-12-24 | 2027-01-01 | closure | collectieve sluiting
kolkstroom | 2026-12-24 | 2027-01-01 | closure | collectieve sluiting
"""

# Staff who carry responsibility for guest teachers and instructors: id | school | name | subjects
STAFF = """
dom-hvl | dom | Hester Vlindersloot | natuurkunde, O&O
dom-tsm | dom | Teun Smaragdveen | informatica, economie
val-cwa | val | Carola Waterlelie | O&O, natuurkunde, scheikunde
val-mro | val | Mustafa Rozenlaan | economie, wiskunde
box-lbe | box | Liesbeth Beemster-Vos | natuurkunde, scheikunde, economie
vel-pka | vel | Pim Kastanjehof | O&O, wiskunde, scheikunde
bes-rzi | bes | Roos Zilvermeeuw | PIE, BWI
bes-lka | bes | Lars Kastelenburg | Engels, economie
bes-nha | bes | Nadia Haverstro | zorg en welzijn
hel-gto | hel | Gerben Torenvliet | PIE
hel-sab | hel | Samira Abrikoos | zorg en welzijn, economie
deu-wtu | deu | Wilma Turfkade | PIE
deu-jho | deu | Jos Hooischelf | BWI, zorg en welzijn
tec-bra | tec | Bram Rangeerder | werktuigbouwkunde, mechatronica
tec-fel | tec | Fleur Ellenkamp | elektrotechniek, software
zor-ika | zor | Ineke Kamillehof | verpleegkunde
ste-dst | ste | Dirk Steigerman | bouwkunde, elektrotechniek
ste-yva | ste | Yasmin Vaarboom | logistiek
"""

# id | school | name | places
ROOMS = """
dom-112 | dom | 112 ICT-lokaal | 30
dom-204 | dom | 204 natuurkunde | 32
val-O1 | val | O&O-werkplaats | 48
vel-031 | vel | 031 science | 30
box-B12 | box | B12 ICT-lokaal | 28
bes-P1 | bes | praktijkhal PIE | 24
bes-P2 | bes | praktijkhal BWI | 20
hel-P1 | hel | praktijkplein techniek | 24
deu-P1 | deu | praktijkhal PIE | 24
deu-P2 | deu | praktijkhal BWI | 20
tec-H1 | tec | verspaninghal | 24
tec-H2 | tec | mechatronicalab | 22
tec-H3 | tec | installatiehal | 21
zor-S1 | zor | skillslab | 28
ste-H1 | ste | bouwhal | 30
ste-H2 | ste | magazijn | 24
"""
