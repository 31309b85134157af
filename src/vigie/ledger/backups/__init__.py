"""Copies of a home to put back after a loss: made, kept for a time, put back, and tried out before they are needed."""
