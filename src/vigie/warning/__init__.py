"""What the public is told: CAP 1.2, feeds, the static public site."""
