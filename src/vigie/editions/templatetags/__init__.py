"""Tags that say dates as schemes and history give them."""
