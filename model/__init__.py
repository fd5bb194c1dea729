"""What is right: the term, its calendar, its rules and their judge. No solver, no web."""
