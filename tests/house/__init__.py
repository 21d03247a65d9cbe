"""The rules of `docs/house.md` that can be read off the source, one function a rule.

Each takes a module and yields one sentence for each place that breaks the rule. `tests/test_house.py` applies
all of them to the whole house, `tests/test_house_can_fail.py` to snippets that break them on purpose.
"""
