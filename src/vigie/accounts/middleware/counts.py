"""How often each of many things came within the present window of time, kept in memory."""

from collections import OrderedDict
from threading import Lock


class Counts:
    """Counts by name, forgotten with each new window.

    most: names kept at once. Beyond, the one not seen for longest goes: who floods with new names pushes
    out those that stopped coming, never the address they all come from.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._window = 0
        self._times: OrderedDict[bytes, int] = OrderedDict()
        self._lock = Lock()

    def count(self, name: bytes, window: int) -> int:
        """Count once more. window: its number; gives how often that was within it."""
        with self._lock:
            if window != self._window:
                self._times.clear()
                self._window = window
            times = self._times.get(name, 0) + 1
            self._times[name] = times
            self._times.move_to_end(name)
            if len(self._times) > self._most:
                self._times.popitem(last=False)
        return times

    def forget(self) -> None:
        """Begin anew, as a restart does."""
        with self._lock:
            self._times.clear()
