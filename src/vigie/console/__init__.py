"""Pages that span rooms: the situation, the record, what lies ahead."""
