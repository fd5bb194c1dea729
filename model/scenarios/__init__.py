"""What if: changes to a term as data, with who thought of them and why. See the README beside this file."""
