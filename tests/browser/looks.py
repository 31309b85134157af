"""What a browser sees of a page: faults found, each as a sentence that names the element.

What a machine can see, that is: axe-core's rules, and ours beside them. People look at the rest.
"""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Response

PAGE_WEIGHT = 150_000
"""Bytes of a page of the console with all it fetches."""

LEAN_WEIGHT = 50_000
"""Bytes of an owner's page or a public page with all it fetches."""

_STRUCTURE = """() => {
  const faults = [];
  const name = e => (e.outerHTML || '').slice(0, 120);
  if (!document.documentElement.lang) faults.push('the page does not say its language');
  if (!document.title.trim()) faults.push('the page has no title');
  const h1 = [...document.querySelectorAll('h1')].filter(e => e.checkVisibility());
  if (h1.length !== 1) faults.push(`the page has ${h1.length} first headings`);
  let last = 0;
  for (const h of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const rank = Number(h.tagName[1]);
    if (last && rank > last + 1) faults.push(`a heading skips a rank: ${name(h)}`);
    last = rank;
  }
  const ids = new Set();
  for (const e of document.querySelectorAll('[id]')) {
    if (ids.has(e.id)) faults.push(`two elements are called ${e.id}`);
    ids.add(e.id);
  }
  for (const e of document.querySelectorAll('[style], [onclick], [onchange], [onsubmit]')) faults.push(`inline style or script: ${name(e)}`);
  for (const e of document.querySelectorAll('time')) if (!/\\p{L}{3}/u.test(e.textContent) && !/^\\s*\\d{4}\\s*$/.test(e.textContent) && !e.title) faults.push(`a date in digits alone: ${name(e)}`);
  for (const e of document.querySelectorAll('.badge')) {
    if (!e.querySelector('svg')) faults.push(`a badge without a shape: ${name(e)}`);
    if (!e.querySelector('.badge-word')?.textContent.trim()) faults.push(`a badge without words: ${name(e)}`);
  }
  for (const e of document.querySelectorAll('figure svg, .chart svg')) {
    const figure = e.closest('figure, section, main');
    if (!figure.querySelector('table') && !document.querySelector('main table, main ol, main ul')) faults.push('a drawing without its table');
  }
  return faults;
}"""

_WIDTH = """() => {
  const seen = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= seen + 1) return [];
  const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > seen + 1 && !e.closest('.table-scroll, .rooms, .heard'));
  return [`the page scrolls sideways at ${seen} px: ${wide.slice(-1).map(e => e.outerHTML.slice(0, 160)).join(' ') || 'cause not found'}`];
}"""

_TARGETS = """(least) => [...document.querySelectorAll('button, select, input:not([type=hidden]), a.button, nav a, summary')]
  .filter(e => e.checkVisibility() && !e.closest('.heard') && !e.matches('.skip'))
  .filter(e => { const b = e.getBoundingClientRect(); return b.width && (b.height < least || b.width < Math.min(least, 24)); })
  .filter(e => !(e.labels && e.labels.length && e.matches('[type=checkbox], [type=radio]') && e.labels[0].getBoundingClientRect().height >= least))
  .map(e => `a target of ${Math.round(e.getBoundingClientRect().width)} by ${Math.round(e.getBoundingClientRect().height)} px: ${e.outerHTML.slice(0, 120)}`)"""

_FOLLOWED = """() => {
  const at = () => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    return {
      what: e.outerHTML.slice(0, 120),
      ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || e.matches('main, [type=file], [type=date] *'),
      shown: box.bottom > 0 && box.top < innerHeight,
    };
  };
  const stops = [];
  document.activeElement?.blur();
  scrollTo(0, 0);
  addEventListener('keydown', () => stops.push(at()), true);
  window.vigieStops = () => [...stops.slice(1), at()];
}"""

_REACHABLE = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(e => e.checkVisibility() && !e.disabled).length"""


_WEIGHT = """() => ['navigation', 'resource']
  .flatMap(kind => performance.getEntriesByType(kind)).reduce((sum, one) => sum + one.decodedBodySize, 0)"""

# Of what a page keeps nothing is written down: that would take as long as finding what it breaks.
_BY_AXE = """() => axe.run({
  runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']},
  resultTypes: ['violations'],
}).then(found => found.violations)"""


@dataclass
class Watched:
    """A page under watch: what it fetched, and what the browser complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("response", self._came)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _came(self, response: Response) -> None:
        home = self.page.url.split("/")[2] if "//" in self.page.url else ""
        if home and not response.url.startswith("data:") and response.url.split("/")[2] != home:
            self.elsewhere.append(response.url)

    @property
    def weight(self) -> int:
        """Bytes of the page and of all it shows, kept by the browser from before or not."""
        weighed: int = self.page.evaluate(_WEIGHT)
        return weighed

    def go(self, address: str) -> int:
        """Open an address with fresh counters; gives its status.

        No half second of silence is waited for: no script of ours fetches anything by itself. Counters are read last.
        """
        self.complaints.clear()
        self.elsewhere.clear()
        answer = self.page.goto(address, wait_until="load")
        assert answer is not None
        return answer.status


def structure(page: Page) -> list[str]:
    """Faults of language, title, headings, ids, inline style, badges, dates."""
    found: list[str] = page.evaluate(_STRUCTURE)
    return found


def sideways(page: Page) -> list[str]:
    """Say when the page is wider than its window."""
    found: list[str] = page.evaluate(_WIDTH)
    return found


def targets(page: Page, least: int) -> list[str]:
    """List what is too small for a finger (least: height in CSS px; 24 anywhere, 44 on a phone)."""
    found: list[str] = page.evaluate(_TARGETS, least)
    return found


def by_keyboard(page: Page) -> list[str]:
    """Walk through the page with Tab: everything is reached, is seen, and shows where one is."""
    faults: list[str] = []
    expected: int = page.evaluate(_REACHABLE)
    # The page itself keeps where each Tab led, as the next one finds it: asking after each would take twice as long.
    page.evaluate(_FOLLOWED)
    for _ in range(min(expected, 60)):
        page.keyboard.press("Tab")
    stops: list[dict[str, Any] | None] = page.evaluate("() => window.vigieStops()")
    reached: list[str] = []
    for at in stops:
        if at is None:
            break
        reached.append(at["what"])
        if not at["ring"]:
            faults.append(f"the focus does not show on {at['what']}")
        if not at["shown"]:
            faults.append(f"the focus is out of sight on {at['what']}")
    radios: int = page.evaluate("() => document.querySelectorAll('input[type=radio]').length")
    if len(reached) + radios < min(expected, 60):
        faults.append(
            f"only {len(reached)} of {expected} things are reached by keyboard; the last is {reached[-1:]}"
        )
    return faults


def by_axe(page: Page) -> list[str]:
    """Ask axe-core for faults of WCAG 2.2 A and AA."""
    from axe_playwright_python.sync_playwright import Axe

    if not page.evaluate("() => 'axe' in window"):  # half a megabyte, read once by each page
        page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate(_BY_AXE)
    return [
        f"{fault['id']}: {fault['help']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for fault in found
        for node in fault["nodes"]
    ]
