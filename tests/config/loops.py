"""An event loop of its own for what a test runs in it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def run(made):
    """Run what a coroutine function makes, in a thread of its own: a browser's loop may be open in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(made())).result()
