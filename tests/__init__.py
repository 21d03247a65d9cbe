"""What holds the whole house: the cast, the checks that read the source, the tests that walk every page."""
