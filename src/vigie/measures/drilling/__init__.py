"""The contact drill: who answers within so many minutes. Nothing of it touches a task."""
