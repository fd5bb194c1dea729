"""How it is asked: the shell now, jobs, API and pages over the same functions."""
