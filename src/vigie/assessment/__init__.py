"""What we hold to be so, and why: grades, criteria for and against, independence, review date."""
