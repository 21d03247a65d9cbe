"""Questions about accounts."""

from datetime import date

from django.db.models import F, Prefetch, QuerySet

from henji.accounts.models import Post, PostQuerySet, User
from henji.accounts.powers import Role, powers_of
from henji.lib import tongues
from henji.lib.reach import NOWHERE, Reach
from henji.unions.models import Level, Union, paths_above


def reach_of(user: User, *, today: date) -> Reach:
    """权限范围: what the user's posts of the day let them see and do.

    A post at a county opens the county; one below it opens its own branch; one above it opens the
    counties below. Costs two queries.
    """
    posts = list(posts_of(user, today=today))
    if not posts:
        return NOWHERE
    counties = _counties_of(posts)
    with tongues.on_record():
        roles = tongues.listed(dict.fromkeys(post.get_role_display() for post in posts))
    return Reach(
        actor=user.as_actor(roles),
        counties=counties,
        trees=tuple(dict.fromkeys(post.union.path for post in posts)),
        powers=powers_of({post.role for post in posts}),
        county=next(iter(counties)) if len(counties) == 1 else None,
    )


def posts_of(user: User | int, *, today: date) -> PostQuerySet:
    """任职: the posts that the user (or who has the id) holds on the day."""
    return Post.objects.filter(user=user).held_on(today).select_related("union").order_by("id")


def _counties_of(posts: list[Post]) -> frozenset[int]:
    own = {post.union.county_id for post in posts if post.union.county_id is not None}
    above = [post.union.path for post in posts if post.union.level in (Level.PROVINCE, Level.CITY)]
    if above:
        own |= set(Union.objects.counties().below(*above).values_list("pk", flat=True))
    return frozenset(own)


def user_named(username: str) -> User | None:
    """The active user with the login name."""
    return User.objects.filter(username=username.strip().lower(), is_active=True).first()


def users_in(reach: Reach) -> "QuerySet[User]":
    """账号: those whose home lies in the counties of the request, with their posts, by name."""
    users = User.objects.filter(home__county__in=reach.counties).select_related("home")
    return users.prefetch_related(Prefetch("posts", current_posts(), "current")).order_by("name", "username")


def current_posts() -> PostQuerySet:
    """现任职务: posts that nobody has ended, the oldest first."""
    return Post.objects.filter(until_on__isnull=True).select_related("union").order_by("id")


def posts_ever(user: User) -> PostQuerySet:
    """任职经历: all posts that the user holds or held, the present ones first."""
    ordered = Post.objects.filter(user=user).select_related("union")
    return ordered.order_by(F("until_on").desc(nulls_first=True), "-since_on", "-id")


def posts_in(reach: Reach) -> PostQuerySet:
    """任职: posts at the unions of the request's counties, held by accounts of these."""
    ours = Post.objects.filter(union__county__in=reach.counties, user__home__county__in=reach.counties)
    return ours.select_related("union", "user")


def staff_of(union: Union, day: date) -> "QuerySet[User]":
    """现任干部: the accounts in use that are leader or officer on the day, there or above, within its county.

    By name. What a union's own work can be given to.
    """
    posts = Post.objects.held_on(day).filter(
        role__in=(Role.LEADER, Role.OFFICER),
        union__path__in=paths_above(union.path),
        union__county=union.county_id,
    )
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("name", "username")
