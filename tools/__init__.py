"""工具: what sets Henji up, checks it and tests it. Nothing here is needed while it runs."""
