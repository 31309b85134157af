"""What has been: levels as of and as known then, counts with their definition, official figures."""
