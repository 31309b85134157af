"""Claim frames: one file per kind, each a rule over ideas, times, places and numbers, the same for every language."""
