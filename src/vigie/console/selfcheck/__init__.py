"""The instance asks itself: what must hold for it to be relied on, what is worth a look, and the way out of each."""
