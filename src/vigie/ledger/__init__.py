"""The record: canonical entries, RFC 6962 tree, signed checkpoints, rebuild."""
