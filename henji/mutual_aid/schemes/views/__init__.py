"""Pages of aid schemes."""
