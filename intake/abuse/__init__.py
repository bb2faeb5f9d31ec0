"""Slows abuse down and lets many people through: counters, and floods told from crowds."""
