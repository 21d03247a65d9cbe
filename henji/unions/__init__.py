"""组织: the tree of unions, and the employers they cover."""
