"""National schemes of threat and alert levels, as data, and their reader."""
