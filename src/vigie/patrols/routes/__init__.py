"""The route game: teams that travel and stay, an attacker who picks a site and a slot."""
