"""演示县: a small county made only through commands, so with all its traces. Everybody in it is invented."""
