"""分工: duties, and jobs that run in the background."""
