"""The people who edit and answer: their accounts, their sessions, who may do what.

They are people too, so their rows are in the people store; nothing editorial refers to them: the audit
log and revisions name who did something by the sign-in name alone. Not here: doors and pages
(`bot.console`).
"""

from content.staff.members import ROLES, Member, Role
from content.staff.passwords import PasswordError
from content.staff.staff import SignInError, Staff, StaffError

__all__ = ["ROLES", "Member", "PasswordError", "Role", "SignInError", "Staff", "StaffError"]
