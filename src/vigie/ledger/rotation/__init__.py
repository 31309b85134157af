"""How a key of the home gives way to another, or is replaced once it was lost."""
