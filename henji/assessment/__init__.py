"""考核: standards, scorecards and how they are marked."""
