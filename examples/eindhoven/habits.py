"""What schools, companies and people agreed beside hours and licences. All is invented."""

# Weeks in which a company misses nobody: employer | first day | last day | why
BLACKOUTS = """
vlinder | 2026-11-23 | 2026-11-27 | drukste week voor de feestdagen
cijferbrug | 2027-01-25 | 2027-01-29 | jaarwerk
"""

# Keuzedagen: employer | weekdays | at most so many of them a person
CHOICES = """
brandwiel | di do vr | 1
bitwerf | do vr | 1
halmwerk | wo do | 1
"""

# employer | skills of which somebody always stays
CRITICAL = """
kolkstroom | consignatie
peelvonk | netmeester
"""

# employer | most hours away a quarter, all people together
BUDGETS = """
helderkolf | 150
maatlat | 160
"""

# professional | field | value
PEOPLE = """
azi | max_gaps_per_day | 2
bdo | max_gaps_per_week | 1
cmo | max_sites_per_day | 1
fdu | max_sites_per_day | 1
gro | max_lessons_in_row | 3
lsh | max_evenings_per_week | 1
mwi | first_periods_free | 1
nvo | min_lessons_per_visit | 2
pra | min_lessons_per_visit | 2
rka | max_hours_per_week | 42
sla | max_hours_per_week | 40
tva | max_lessons_in_row | 4
yha | max_hours_per_week | 40
"""

# professional | subject | step | first day | last day
STAGES = """
ewo | ec | duo | 2026-08-31 | 2027-01-29
dob | en | onder_verantwoordelijkheid | 2026-08-31 |
"""

# Courses beside whose teacher somebody of the school teaches: course | staff
LED = """
dom-ec-h4 | dom-tsm
"""

# Two who share a ride: who | who
CARPOOLS = """
wst | oza
ash | lfo
"""

# Agreed fewest lesson periods a week: professional | board | lesson periods
MINIMA = """
yha | spoorkade | 4
tva | dommelbrug | 4
iva | peelkoepel | 3
"""

# Meetings; without a weekday a half-day is sought
# id | name | school | who must come | who is welcome | weeks | weekday | start | minutes
ACTIVITIES = """
kring-techniek | kenniskring techniek | tec | azi, dvr | twi, hgr | 41,46,51 | | | 120
start-ste | startbijeenkomst | ste | kos, pve | wst | 37 | di | 15:30 | 60
"""

# rule | parameter | value
RULES = """
stable_weekday_wish | weight | 20
isolated_lesson | weight | 15
stable_weekday | most | 3
"""
