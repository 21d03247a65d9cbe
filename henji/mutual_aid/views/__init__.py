"""Pages of mutual aid."""
