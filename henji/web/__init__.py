"""工作台: what staff see first, and pages that span rooms."""
