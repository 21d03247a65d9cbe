"""测速: measured figures, each with its ratio to a floor or a peer of the same run."""
