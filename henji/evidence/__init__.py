"""留痕: traces, papers and figures. The lowest app: knows nobody; everybody knows it."""
