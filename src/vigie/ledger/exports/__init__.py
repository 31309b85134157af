"""The record as files an outsider reads and checks, without this software and without its database."""
