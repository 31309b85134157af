"""Which level, where, from when to when: decided here by two persons, or received from who decides."""
