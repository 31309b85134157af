"""Pages that span rooms, one file per question."""
