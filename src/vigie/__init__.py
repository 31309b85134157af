"""vigie: from a change of terror-alert level to the right acts at every place, on a record anyone can check."""

__version__ = "0.1.0"
