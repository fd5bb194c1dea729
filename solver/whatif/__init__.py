"""What if: scenarios compared, release days planned, what is fragile, whom to recruit. See the README beside this file."""
