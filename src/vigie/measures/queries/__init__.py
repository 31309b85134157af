"""Questions asked of measures: what is on, who is asked, who has not answered, what an owner reads."""

from vigie.measures.models import Posture as PostureRow
from vigie.measures.queries.bundles import Bundle, bundled
from vigie.measures.queries.coding import code_for
from vigie.measures.queries.leavings import Leaving, failures, leavings
from vigie.measures.queries.letters import (
    language_of,
    letters,
    notice,
    sender,
    still_waiting,
    waiting,
)
from vigie.measures.queries.links import Link, held_link, link_for, open_link
from vigie.measures.queries.lists import (
    Cell,
    MatrixRow,
    Totals,
    calls,
    matrix,
    rows,
    totals,
)
from vigie.measures.queries.owners import (
    OwnerHere,
    check_site,
    languages,
    owner,
    owner_names,
    owners,
    owners_in,
    site_names,
)
from vigie.measures.queries.postures import (
    Follows,
    as_posture,
    catalogue,
    current,
    on_since,
    past_review,
    plans,
    posture,
    someone_is_missing,
    standing,
    what_follows,
)
from vigie.measures.queries.proving import proof, proof_bytes, proofs_kept, proofs_of, same_proof
from vigie.measures.queries.silent import due_again, still_silent
from vigie.measures.queries.suggesting import Suggestion, suggestions
from vigie.measures.queries.tasks import (
    answers,
    answers_in_force,
    asked,
    asked_of,
    messages_to,
    never_told,
    open_tasks,
    responses,
    state,
    states_spoken_of,
    stopping,
    stops_unheard,
    task,
    tasks_of,
    unsent,
    words_of,
)
from vigie.measures.queries.texting import NoGateway, check_gateway, gateway_address, token_of

__all__ = [
    "Bundle", "Cell", "Follows", "Leaving", "Link", "MatrixRow", "NoGateway", "OwnerHere", "PostureRow", "Suggestion", "Totals", "answers", "answers_in_force", "as_posture", "asked", "asked_of", "bundled",
    "calls", "catalogue", "check_gateway", "check_site", "code_for", "current", "due_again", "failures", "gateway_address", "held_link", "language_of", "languages", "leavings", "letters", "link_for", "matrix", "messages_to", "never_told", "notice",
    "on_since", "open_link", "open_tasks", "owner", "owner_names", "owners", "owners_in", "past_review", "plans", "posture", "proof", "proof_bytes", "proofs_kept", "proofs_of", "responses", "rows", "same_proof", "sender",
    "site_names", "someone_is_missing", "standing", "state", "states_spoken_of", "still_silent", "still_waiting", "stopping", "stops_unheard", "suggestions", "task", "tasks_of", "token_of", "totals", "unsent",
    "waiting", "what_follows", "words_of",
]  # fmt: skip
