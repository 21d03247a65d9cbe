"""拒绝: how a rule says no."""


class Refusal(Exception):
    """拒绝: something may not be done; its words are the one sentence that the user reads.

    Each rule raises a subclass named as the fact (`VisitInFuture`). Nothing has been changed when a
    refusal is raised, and nothing that the user typed is lost.
    """

    @property
    def words(self) -> str:
        """The sentence for the user."""
        return str(self)
