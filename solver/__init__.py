"""How a timetable is found. The only place that imports ortools."""
