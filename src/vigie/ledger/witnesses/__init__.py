"""Witnesses: others who countersign the record's checkpoints, and so cannot be shown two histories."""
