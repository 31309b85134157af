"""Questions that span rooms."""
