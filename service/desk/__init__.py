"""The desk at which everything is asked: checks who may, keeps or reads, calls `model` and `solver`, writes the audit log.

API and pages call the same functions. Each takes the `Service` and the `Visit`, and raises a `Problem` for what cannot be.
"""
