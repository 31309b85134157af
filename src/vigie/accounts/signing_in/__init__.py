"""How people sign in, how long that lasts, and how they prove again that it is they before a solemn act."""
