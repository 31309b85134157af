"""Documents of measures: one tree of words for each, drawn as page, PDF and Word file."""
