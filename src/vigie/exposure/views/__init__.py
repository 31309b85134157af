"""Pages of this room: the lists, the imports, what lies ahead."""
