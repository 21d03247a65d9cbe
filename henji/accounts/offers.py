"""What the accounts' room offers."""

from django.urls import reverse

from henji.evidence.addresses import shown_at


@shown_at("accounts.user")
def user_page(key: str) -> str:
    """The page of an account."""
    return reverse("accounts:user", args=[key])
