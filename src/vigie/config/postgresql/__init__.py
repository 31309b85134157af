"""Django's engine for PostgreSQL, with what the record asks of every connection."""
