"""Logs for those outside: one for the public, one for each partner, whose leaves are digests of what was released.

The record's own log is never shown: its size alone would tell the world how busy the services are.
"""
