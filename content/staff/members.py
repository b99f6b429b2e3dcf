"""Who somebody of the staff is, and what they may do: roles down to languages."""

from dataclasses import dataclass
from typing import Literal, get_args

from content.staff.models import StaffAccount

Role = Literal["editor", "reviewer", "counsellor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
# A reviewer also edits, an admin may do all.
_ALSO: dict[Role, tuple[Role, ...]] = {
    "editor": ("reviewer", "admin"),
    "reviewer": ("admin",),
    "counsellor": ("admin",),
    "admin": (),
}


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff, as the console knows them."""

    id: int
    name: str
    roles: frozenset[str]
    languages: tuple[str, ...]
    must_change: bool
    has_totp: bool
    active: bool

    @classmethod
    def of(cls, account: StaffAccount) -> "Member":
        """The member an account is of."""
        return cls(
            id=account.id,
            name=account.name,
            roles=frozenset(account.roles),
            languages=tuple(account.languages),
            must_change=account.must_change,
            has_totp=account.totp_secret is not None,
            active=account.active,
        )

    def may(self, role: Role) -> bool:
        """Whether they have a role, or one that includes it."""
        return not self.roles.isdisjoint((role, *_ALSO[role]))

    def writes(self, language: str) -> bool:
        """Whether they may change texts of a language."""
        return not self.languages or language in self.languages
