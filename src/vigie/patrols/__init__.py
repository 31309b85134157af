"""Where to be, unpredictably: the game, its optimum and bound, sealed draws, sheets."""
