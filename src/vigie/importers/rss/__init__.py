"""A service's RSS or Atom feed: its newest headline that names a level of the scheme.

A headline is prose. It is matched with the official words of the scheme and those of vigie.toml, never by likeness; a
person reads it before anything follows.
"""

from vigie.importers.rss.reading import read

__all__ = ["read"]
