"""计分: rules as data, and what they give for what was counted. No Django, no clock, no floats."""
