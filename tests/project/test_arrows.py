"""Rules about the whole: which file may import what."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
FIXED = {
    "models", "actions", "projections", "queries", "views", "forms", "urls", "admin", "apps", "api", "middleware", "migrations",
    "management", "templatetags", "config",
}  # fmt: skip
# What crosses rooms, and the command line (which imports Django inside its functions).
CROSSING = ("vigie.steps", "vigie.api")


def modules():
    for path in sorted((SRC / "vigie").rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        yield ".".join(p for p in parts if p != "__init__"), path


def is_fixed(name):
    return bool(FIXED & set(name.split("."))) or name.startswith(CROSSING)


PURE = [(name, path) for name, path in modules() if not is_fixed(name)]


def test_every_pure_file_imports_with_django_out_of_reach():
    code = (
        "import sys, importlib\n"
        "class Refuse:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('django', 'ninja', 'allauth', 'csp'):\n"
        "            raise ImportError('out of reach: ' + name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
        "failed = []\n"
        "for name in sys.argv[1:]:\n"
        "    try:\n"
        "        importlib.import_module(name)\n"
        "    except Exception as fault:\n"
        "        failed.append(f'{name}: {fault}')\n"
        "print('\\n'.join(failed))\n"
    )
    names = [name for name, _ in PURE if not name.endswith("__main__")]
    assert len(names) > 60
    done = subprocess.run(
        [sys.executable, "-c", code, *names], capture_output=True, text=True, check=True, cwd=SRC
    )
    assert done.stdout.strip() == ""


def imported(path):
    """Modules imported at the top of a file."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(("name", "path"), PURE, ids=[name for name, _ in PURE])
def test_a_pure_file_imports_no_file_of_a_fixed_name(name, path):
    reached = [module for module in imported(path) if module.startswith("vigie.") and is_fixed(module)]
    # The replay is a story told through the steps: it crosses rooms as they do.
    assert not reached or name.startswith("vigie.replays")


def test_the_arrows_between_rooms_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("import-linter is not installed here: make check runs it")
    done = subprocess.run(
        [str(linter), "--no-cache"], capture_output=True, text=True, check=False, cwd=SRC.parent
    )
    assert done.returncode == 0, done.stdout


def test_nothing_is_called_by_a_drawers_name():
    drawers = {"utils", "helpers", "misc", "common", "services", "tools"}
    assert not [str(p) for p in (SRC / "vigie").rglob("*") if p.stem in drawers]


@pytest.mark.parametrize("word", ["Moscow", "Khorasan", "2024-03"])
def test_no_source_file_holds_the_story(word):
    """The reader works on texts it does not know: the story stands in replay data and dated data alone."""
    dated = ("replays", "schemes/data", "history/data", "exposure/data")
    found = []
    for path in (SRC / "vigie").rglob("*"):
        place = path.relative_to(SRC / "vigie").as_posix()
        if path.suffix in {".pyc", ".mo"} or not path.is_file() or place.startswith(dated):
            continue
        if word in path.read_text(encoding="utf-8", errors="replace"):
            found.append(place)
    assert found == []
