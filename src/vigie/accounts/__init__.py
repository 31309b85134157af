"""People who sign in, the offices they hold from when to when, and what each office may do."""
