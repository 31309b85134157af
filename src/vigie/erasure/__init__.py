"""What must go again: when, by whose order, on whose request. What went, and why, stays on the record."""
