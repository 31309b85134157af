"""Time expressions of six languages: found by one pattern per language, settled against the day of publication."""
