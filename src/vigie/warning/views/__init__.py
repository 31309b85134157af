"""Pages of this room: those of the console, and those of the public."""
