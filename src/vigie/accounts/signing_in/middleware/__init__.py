"""What stands between a browser and the pages as to signing in: how long, again, and by which library."""
