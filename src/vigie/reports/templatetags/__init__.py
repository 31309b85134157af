"""Tags that say claims in words."""
