"""Pages of aid."""
