"""Why a lesson is open, why somebody does not give it, what would change that, and what it is worth."""
