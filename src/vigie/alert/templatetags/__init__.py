"""Tags that draw levels."""
