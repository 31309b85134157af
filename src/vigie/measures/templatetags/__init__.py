"""Django looks here for the tags of the measures room."""
