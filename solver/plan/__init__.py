"""The main engine: plans of each person, prices of what they share, a bound, timetables, and the proof."""
