"""The bare SQL of an append: what one entry, and the batch it stands in, write to the record's own tables.

Plain statements, driven on the database's own driver: a batch of a thousand acts would spend most of its time in the
layers above. Places are marked `%s`, as psycopg takes them; `marked` gives the form another driver takes.
"""

ENTRY = "INSERT INTO ledger_entry (seq, kind, at, envelope, leaf) VALUES (%s, %s, %s, %s, %s)"
PAYLOAD = "INSERT INTO ledger_payload (seq, salt, body) VALUES (%s, %s, %s)"
PAYLOAD_KEY = "INSERT INTO ledger_payloadkey (seq, wrapped) VALUES (%s, %s)"
CHECKPOINT = "INSERT INTO ledger_checkpoint (size, root, note) VALUES (%s, %s, %s)"
NEWEST = "SELECT max(size) FROM ledger_checkpoint"
EDGE = "SELECT size, hashes, last_at, mac FROM ledger_edge"
GROW = "UPDATE ledger_edge SET size = %s, hashes = %s, last_at = %s, mac = %s"
LENGTH = "SELECT count(*), coalesce(max(seq), -1) FROM ledger_entry"
STRETCH = (
    "SELECT e.seq, e.kind, e.at, e.envelope, e.leaf, p.salt, p.body FROM ledger_entry e "
    "LEFT JOIN ledger_payload p ON p.seq = e.seq WHERE e.seq >= %s AND e.seq < %s ORDER BY e.seq"
)
TOLD = (
    "SELECT e.seq, e.kind, e.at, e.envelope, p.body, k.wrapped FROM ledger_entry e "
    "LEFT JOIN ledger_payload p ON p.seq = e.seq LEFT JOIN ledger_payloadkey k ON k.seq = e.seq "
    "WHERE e.seq < %s AND e.kind IN ({kinds}) ORDER BY e.seq"
)
TILE = "SELECT nodes FROM ledger_tile WHERE level = %s AND place = %s"
AT = "SELECT at FROM ledger_entry WHERE seq = %s"
PAGE = (
    "SELECT e.seq, e.envelope, p.salt, p.body, k.wrapped FROM ledger_entry e "
    "LEFT JOIN ledger_payload p ON p.seq = e.seq LEFT JOIN ledger_payloadkey k ON k.seq = e.seq "
    "WHERE e.seq >= %s AND e.seq <= %s ORDER BY e.seq LIMIT %s"
)
STRETCH_KEYS = "SELECT seq, wrapped FROM ledger_payloadkey WHERE seq >= %s AND seq < %s"
LAST_WRAPPED = "SELECT seq, wrapped FROM ledger_payloadkey ORDER BY seq DESC LIMIT 1"
STANDING = (
    "SELECT (SELECT max(size) FROM ledger_checkpoint), (SELECT body FROM ledger_payload WHERE seq = 0), "
    "(SELECT max(seq) FROM ledger_entry WHERE kind = %s), (SELECT max(seq) FROM ledger_entry WHERE kind = %s)"
)
RENAMED = (
    "SELECT p.body FROM ledger_entry e JOIN ledger_payload p ON p.seq = e.seq WHERE e.kind = %s "
    "ORDER BY e.seq DESC LIMIT 1"
)
KEYS = (
    "SELECT e.seq, p.body FROM ledger_entry e JOIN ledger_payload p ON p.seq = e.seq WHERE e.kind = %s "
    "ORDER BY e.seq"
)
SAVEPOINT = "SAVEPOINT vigie_act"
RELEASE = "RELEASE SAVEPOINT vigie_act"
BACK = "ROLLBACK TO SAVEPOINT vigie_act"

# PostgreSQL's advisory locks: any numbers do that every vigie uses; these begin with the RFC of the tree.
TURN = "SELECT pg_advisory_xact_lock(69620)"
CLOCK = "SELECT pg_try_advisory_lock(69621)"
CLOCK_DONE = "SELECT pg_advisory_unlock(69621)"


def marked(statement: str, vendor: str) -> str:
    """Give a statement with its places marked as the driver of `vendor` (Django's name) takes them."""
    return statement.replace("%s", "?") if vendor == "sqlite" else statement
