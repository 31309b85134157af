"""Django looks here for the tags of the ui room."""
