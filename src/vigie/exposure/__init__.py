"""What there is to protect, where and when, and who answers for it."""
