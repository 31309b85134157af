"""The game against attackers of several types: cover that is best on average, and a proof."""
