"""The gate to an organisation: a stranger finds nothing, a member without the role is told so."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from trainer.accounts.actor import Actor, Role
from trainer.accounts.queries import OrganisationOf, find_organisation
from trainer.errors import NotAllowed, NotFound
from trainer.wording import Sentence, said


def organisation_for(session: Session, actor: Actor, slug: str, *roles: Role) -> OrganisationOf:
    """The organisation, if the actor has one of the roles there (any role if none is named).

    Raises NotFound for strangers, whether or not it exists, and NotAllowed for members.
    """
    organisation = find_organisation(session, slug)
    if organisation is None:
        raise NotFound(said("There is no organisation at this address."))
    if actor.is_system:
        return organisation
    role = actor.role_in(organisation.id)
    if role is None:
        raise NotFound(said("There is no organisation at this address."))
    if roles and role not in roles:
        raise NotAllowed(
            _for_whom(roles, organisation.name),
            said("If you need it for your work, ask a manager of your organisation."),
        )
    return organisation


def _for_whom(roles: Collection[Role], organisation: str) -> Sentence:
    if Role.LEARNER in roles:
        return said("This page is for members of %(organisation)s.", organisation=organisation)
    if Role.TRAINER in roles:
        return said("This page is for trainers or managers of %(organisation)s.", organisation=organisation)
    return said("This page is for managers of %(organisation)s.", organisation=organisation)
