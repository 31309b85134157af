"""A browser in words, so that a person knows their own sessions apart."""

# In the order in which they name themselves over others: Edge says Chrome too, and Chrome says Safari.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip
_LONGEST = 40


def said(user_agent: str) -> str:
    """Give browser and system, such as «Firefox, Linux»; for anything else the beginning of what it calls itself."""
    named = [
        next((word for sign, word in known if sign in user_agent), "") for known in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(filter(None, named)) or user_agent[:_LONGEST]
