"""Console pages of warnings: what is out, what waits, drafts and their second person, facts."""

from typing import Any

import msgspec
from django.conf import settings
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vigie import times
from vigie.accounts.middleware import actor_of
from vigie.accounts.queries import may, persons_with, title
from vigie.accounts.signing_in.middleware.stepping_up import proven
from vigie.accounts.signing_in.proof import NotProven
from vigie.alert import queries as levels
from vigie.errors import VigieError
from vigie.homes import Home
from vigie.ledger.queries import recent
from vigie.schemes.reader import load
from vigie.warning import actions, queries
from vigie.warning.cap import MEDIA_TYPE
from vigie.warning.cap_check import check
from vigie.warning.cell import measured
from vigie.warning.compose import Text, proposed_texts, weight_of
from vigie.warning.forms import DraftForm, FactForm, ReasonForm
from vigie.warning.site import cap_name
from vigie.warning.words import words


def _state_word(state: str) -> str:
    return {
        "waits": _("waits for a second person"),
        "withdrawn": _("withdrawn before it was signed"),
        "active": _("in force"),
        "superseded": _("replaced by a newer message"),
        "cancelled": _("taken back"),
        "expired": _("run out"),
        "contradictory": _("contradicted by another message"),
        "closing": _("takes others back"),
    }[state]


def _read(kind: str, text: Text) -> tuple[str, ...]:
    """Give what a phone shows of a text, part after part."""
    return (
        (text.headline, text.correction)
        if kind == "Cancel"
        else (text.headline, text.description, text.instruction)
    )


def _own_language() -> str:
    """Give the reader's language where the home publishes in it, else the home's first."""
    home: Home = settings.VIGIE_HOME
    spoken = (get_language() or "").split("-")[0]
    return spoken if spoken in home.languages else home.languages[0]


@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """What the public is told, and what waits."""
    actor, known, language = actor_of(request), queries.effects(), _own_language()
    issued = queries.issued()
    effects = {name: effect for (_sender, name), effect in known.effects.items()}
    context = {
        "waiting": queries.waiting(),
        "standing": [
            (s, [m for m in issued if m.level_id == s.id and effects[m.identifier].stands])
            for s in levels.standing()
        ],
        "messages_issued": [
            (m, effects[m.identifier], _state_word(effects[m.identifier].state)) for m in queries.issued()
        ],
        "problems": known.problems,
        "facts": [
            {"row": f, "text": f.texts[language], "word": words(language)[f.state]} for f in queries.facts()
        ],
        "published": next(iter(queries.publications()), None),
        "unlike": queries.unlike_published(),
        "left_behind": queries.left_behind(),
        "address": queries.address(),
        "may_draft": may(actor, "warning.message.draft"),
        "may_state": may(actor, "warning.fact.state"),
        "may_publish": may(actor, "warning.page.publish"),
    }
    return render(request, "warning/messages.html", context)


@require_GET
def message(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One message: its words, its bytes, its check, its two persons."""
    row, actor = queries.message(id), actor_of(request)
    state = queries.state_of(row)
    verdict = check(row.cap.encode())
    context = {
        "row": row,
        "state_word": _state_word(state),
        "level_url": reverse("alert:level", args=[row.level_id]),
        "texts": [
            {
                **msgspec.to_builtins(text),
                "correction_word": words(text.language)["correction"],
                "cell": measured("\n".join(_read(row.kind, text))),
            }
            for text in queries.texts_of(row)
        ],
        "findings": [
            {
                "line": f.line,
                "element": f.element,
                "says": f.says(_own_language()),
                "repair": f.repair(_own_language()),
            }
            for f in verdict.findings
        ],
        "references": [queries.message(earlier) for earlier in row.references],
        "first_office": title(row.drafted_office),
        "second_office": title(row.approved_office) if row.approved_office else "",
        "may_second": sorted(
            {
                title(office)
                for person, office in persons_with("warning.message.approve")
                if person not in row.authors
            }
        ),
        "is_author": actor.person in row.authors,
        "may_approve": actor.person not in row.authors and may(actor, "warning.message.approve"),
        "may_draft": may(actor, "warning.message.draft"),
        "may_withdraw": may(actor, "warning.message.withdraw"),
        "may_correct": row.kind != "Cancel"
        and state in {"active", "contradictory", "expired"}
        and may(actor, "warning.message.draft"),
        "reason_form": ReasonForm(),
        "entries": recent(50, subject=id),
    }
    return render(request, "warning/message.html", context)


@require_GET
def cap(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """The exact bytes of a message, as a file."""
    del request
    row = queries.message(id)
    response = HttpResponse(row.cap.encode(), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{cap_name(row.id).rpartition("/")[2]}"'
    return response


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """The form of a message on the level `id`; `?after=` takes up the words of a withdrawn draft."""
    home: Home = settings.VIGIE_HOME
    row = levels.decision(id)
    after = request.GET.get("after", "")
    form = DraftForm(home.languages, request.POST or None, initial=_initial(row.id, after))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft(
                actor_of(request),
                id,
                texts=form.texts(),
                weight=form.weight(),
                expires=form.cleaned_data["expires"],
                after=after,
            )
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("warning:message", id=made)
    context = {
        "form": form,
        "row": row,
        "earlier": queries.heads(row.scheme, row.zone),
        "level_url": reverse("alert:level", args=[row.id]),
    }
    return render(request, "warning/draft.html", context, status=400 if form.errors else 200)


def _initial(level_id: str, after: str) -> dict[str, Any]:
    home: Home = settings.VIGIE_HOME
    row = levels.decision(level_id)
    scheme = load(row.scheme)
    level = scheme.level(row.code)
    names = {language: queries.zone_name(row.zone, language) for language in home.languages}
    texts = queries.texts_of(queries.message(after)) if after else proposed_texts(scheme, level, names)
    return {
        **msgspec.to_builtins(weight_of(level)),
        "expires": row.until or times.now() + actions.GOOD_FOR,
        **{
            f"{name}_{text.language}": getattr(text, name)
            for text in texts
            for name in ("headline", "description", "instruction", "correction")
        },
    }


@require_POST
def approve(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Sign as the second person, over the digest of what was read."""
    seen = request.POST.get("seen", "")
    try:
        actor = proven(request, "warning.message.approve", id, seen)
    except NotProven as fault:
        notices.error(request, fault.said(_))
    else:
        actions.approve(actor, id, seen=seen)
    return redirect("warning:message", id=id)


@require_POST
def withdraw(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Take a draft back."""
    actions.withdraw(actor_of(request), id, request.POST.get("reason", ""))
    return redirect("warning:message", id=id)


@require_POST
def correct(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Draft the correction of an issued message."""
    made = actions.correct(actor_of(request), id, reason=request.POST.get("reason", ""))
    return redirect("warning:message", id=made)


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Make the public site anew."""
    actions.publish(actor_of(request))
    return redirect("warning:messages")


@require_http_methods(["GET", "POST"])
def fact(request: HttpRequest) -> HttpResponse:
    """The form of a statement; `?replaces=` names the one it takes the place of."""
    home: Home = settings.VIGIE_HOME
    replaces = request.GET.get("replaces", "")
    earlier = queries.fact(replaces) if replaces else None
    initial = {"zone": earlier.zone, **{f"text_{k}": v for k, v in earlier.texts.items()}} if earlier else {}
    form = FactForm(home.languages, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("zone", "state", "source", "href")}
        try:
            actions.state_fact(actor_of(request), texts=form.texts(), replaces=replaces, **given)
        except VigieError as fault:
            form.add_error(None, fault.said(_))
        else:
            return redirect("warning:messages")
    context = {
        "form": form,
        "replaces": replaces,
        "replaces_text": earlier.texts[_own_language()] if earlier else "",
    }
    return render(request, "warning/fact.html", context, status=400 if form.errors else 200)
