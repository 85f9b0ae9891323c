"""Keeping the register of practitioners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from domain.asking import Asking, PractitionerCommand
from domain.calendar import Moment
from domain.errors import Nonsense
from domain.events import practitioners as happened
from domain.texts import CASE, OwnedBy, TextRef
from domain.words import Credential, PractitionerKind, StaffRole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.event import PractitionerEvent
    from domain.practitioner import Practitioner

Details = Annotated[TextRef, OwnedBy(CASE)]
Code = Annotated[str, Field(pattern=r"^[A-Z0-9_]{1,60}$")]
TRAINED_BY_DEFAULT = frozenset({PractitionerKind.POLICE_OFFICER, PractitionerKind.PCSO})
"""Derbyshire's officers and PCSOs have been trained to resolve local crimes in this way."""


class RegisterPractitioner(PractitionerCommand):
    """Enter somebody who works in or with the service into the register."""

    opens: ClassVar[bool] = True

    kind: PractitionerKind
    organisation: Code
    area: Code = "DERBYSHIRE"
    roles: tuple[StaffRole, ...] = ()
    credentials: tuple[Credential, ...] = ()
    details: Details | None = Field(default=None, description="name and how to reach them")

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return that they are registered, and what they may do."""
        if practitioner.version:
            raise Nonsense("they are in the register already")
        yield happened.PractitionerRegistered(
            kind=self.kind,
            organisation=self.organisation,
            area=self.area,
            details=self.details,
        )
        for role in self.roles:
            yield happened.RoleGranted(role=role)
        trained = set(self.credentials)
        if self.kind in TRAINED_BY_DEFAULT:
            trained |= {Credential.AWARENESS, Credential.LOCAL_RESOLUTION}
        for credential in sorted(trained):
            yield happened.CredentialGranted(credential=credential)


class GrantRole(PractitionerCommand):
    """Let somebody act in a role."""

    role: StaffRole

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return the role."""
        return (happened.RoleGranted(role=self.role),)


class TakeRoleBack(PractitionerCommand):
    """Take a role back."""

    role: StaffRole

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return that the role ended."""
        return (happened.RoleTakenBack(role=self.role),)


class GrantCredential(PractitionerCommand):
    """Record a training or an endorsement, and who gave it."""

    credential: Credential
    trained_by: Code = "REMEDI"
    until: Moment | None = Field(
        default=None, description="when it ends, if it was given for a time"
    )

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return the credential."""
        return (
            happened.CredentialGranted(
                credential=self.credential, trained_by=self.trained_by, until=self.until
            ),
        )


class WithdrawCredential(PractitionerCommand):
    """Record that a credential no longer holds."""

    credential: Credential

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return that it no longer holds."""
        return (happened.CredentialWithdrawn(credential=self.credential),)


class DeactivatePractitioner(PractitionerCommand):
    """Record that somebody left, or is away without an end in sight."""

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return that they can no longer act."""
        return (happened.PractitionerDeactivated(),)


class ReactivatePractitioner(PractitionerCommand):
    """Record that somebody is back."""

    def events(self, practitioner: Practitioner, asking: Asking) -> Iterable[PractitionerEvent]:
        """Return that they can act again."""
        return (happened.PractitionerReactivated(),)
