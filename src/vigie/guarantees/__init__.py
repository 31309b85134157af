"""What an instance must not lose, asked of the running one: its live tables, its verbs, its table of rights.

The numbers are those of docs/guarantees. A fork or a mis-set instance that drops one of `CHECKED` fails its own check,
and what it publishes no longer says that it conforms.
"""

CHECKED = (1, 5, 10, 12)
"""The guarantees that are asked of the running instance."""
