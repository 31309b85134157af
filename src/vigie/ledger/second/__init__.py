"""The log's second signature, by a scheme that a quantum computer does not break: it stands beside the first, not for it."""
