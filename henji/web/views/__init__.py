"""Pages that span rooms."""
