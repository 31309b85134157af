"""Past public events as data, and the script that plays them through the same verbs as everyone else."""
