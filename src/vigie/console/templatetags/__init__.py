"""Tags that say entries of the record in words."""
