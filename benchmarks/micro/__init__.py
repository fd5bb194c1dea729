"""Micro-benchmarks, run by hand: see the README of `benchmarks`."""
