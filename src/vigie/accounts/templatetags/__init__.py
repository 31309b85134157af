"""Tags that ask what this person may open."""
