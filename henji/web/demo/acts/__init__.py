"""演示各幕: what the people of the county do, as steps with their instants, by what it is about."""
