"""The acts of a replay: each calls the verb a person would use."""

from vigie.replays.actions.playing import Told, play

__all__ = ["Told", "play"]
