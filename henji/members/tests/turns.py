"""What the tests of moving memberships share."""

from henji.members.models import Membership, Person


def latest(person: Person) -> Membership:
    """The person's membership that is still open, else the one that ended last."""
    return Membership.objects.known().latest_first().filter(person=person)[0]
