"""Django looks here for the tags of the history room."""
