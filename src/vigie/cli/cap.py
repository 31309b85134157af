"""`vigie cap`: check CAP 1.2 files. Needs no home and makes none."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from vigie.cli.home import JsonOption, out
from vigie.errors import BadInput
from vigie.warning.cap_check import Verdict, check_set
from vigie.warning.cap_parse import LARGEST
from vigie.warning.cap_rules import Finding, rules

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Check CAP 1.2 messages.")


class NoSuchFile(BadInput):
    """A file named on the command line cannot be read."""


@app.callback()
def group() -> None:
    """Check CAP 1.2 messages."""


@app.command()
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="CAP files; - reads standard input.")],
    language: Annotated[str, typer.Option("--language", help="Language of the findings: en or fr.")] = "en",
    as_json: JsonOption = False,
) -> None:
    """Check CAP 1.2 files: each fault with its line, element, rule and repair. Exit code 0 when all are valid, 2 when one is not."""
    verdicts = check_set((name, _bytes(name)) for name in files)
    valid = all(verdict.valid for verdict in verdicts)
    value = {"valid": valid, "files": [_as_json(verdict, language) for verdict in verdicts]}
    out(
        value,
        as_json=as_json,
        text="\n".join(line for verdict in verdicts for line in _as_lines(verdict, language)),
    )
    if not valid:
        raise typer.Exit(BadInput.exit_code)


def _bytes(name: str) -> bytes:
    """Read a file, no further than what shows that it is too large."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(name).open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as fault:
        raise NoSuchFile(
            "{name} cannot be read: {why}. Give CAP files, or - for standard input.",
            name=name,
            why=fault.strerror,
        ) from None


def _as_json(verdict: Verdict, language: str) -> dict[str, Any]:
    return {
        "file": verdict.name,
        "valid": verdict.valid,
        "sender": verdict.sender,
        "identifier": verdict.identifier,
        "sent": verdict.sent,
        "status": verdict.status,
        "msgType": verdict.kind,
        "languages": list(verdict.languages),
        "signed": verdict.signed,
        "sha256": verdict.sha256,
        "findings": [
            {
                "line": finding.line,
                "element": finding.element,
                "rule": finding.rule,
                "severity": finding.severity,
                "section": rules()[finding.rule].section,
                "says": finding.says(language),
                "repair": finding.repair(language),
            }
            for finding in verdict.findings
        ],
    }


def _as_lines(verdict: Verdict, language: str) -> list[str]:
    of = " ".join(filter(None, (verdict.kind, verdict.status, verdict.sent)))
    judged = "valid" if verdict.valid else f"{len(verdict.faults)} fault(s)"
    head = f"{verdict.name}: {judged}" + (f" ({of})" if of else "")
    if verdict.signed:
        read = not any(
            f.rule.startswith("signature-") and f.rule != "signature-weak" for f in verdict.findings
        )
        head += (
            "; signed, unchanged since; the signer's certificate was not traced to a root"
            if read and verdict.valid
            else "; signed"
        )
    return [head, *(line for finding in verdict.findings for line in _finding_lines(finding, language))]


def _finding_lines(finding: Finding, language: str) -> list[str]:
    return [
        f"  line {finding.line}, {finding.element}: {finding.severity} [{finding.rule}] {finding.says(language)}",
        f"      repair: {finding.repair(language)}",
    ]
