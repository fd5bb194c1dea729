"""The Java program that puts an instance to Timefold Solver, and the text form it reads."""
