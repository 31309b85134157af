"""Time stamps (RFC 3161): an authority outside says when a checkpoint stood, beside the record's own clock."""
