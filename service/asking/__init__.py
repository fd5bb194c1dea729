"""Quick questions about a timetable, answered by processes that have it at hand.

Loading a region takes seconds where a question takes a fraction of one; and whatever a question does to its process, the
server lives on and goes on reading for others.
"""
