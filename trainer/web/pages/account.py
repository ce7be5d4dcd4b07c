"""Sign-in, passwords, profile, and who sees what."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm

from trainer.web.pages.shell import Crumb


@dataclass(frozen=True, slots=True)
class Persona:
    """A demo account that a visitor may look around as."""

    key: str
    label: str  # "a peer support worker"
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class SignInPage:
    """``personas`` is empty outside demo mode."""

    form: FlaskForm
    personas: tuple[Persona, ...]
    look_around_url: str
    forgotten_url: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page that is one short form."""

    crumbs: tuple[Crumb, ...]
    heading: str
    lead: str
    form: FlaskForm
    submit_label: str


@dataclass(frozen=True, slots=True)
class MessagePage:
    """A page that says one thing and where to go next."""

    heading: str
    paragraphs: tuple[str, ...]
    link_url: str
    link_label: str


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A signed-in device."""

    label: str
    signed_in_at: str
    is_this_one: bool
    end_url: str


@dataclass(frozen=True, slots=True)
class MembershipView:
    """An organisation the person belongs to and the role there."""

    organisation: str
    role: str


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """Own details; the role field is optional and its purpose explained."""

    form: FlaskForm
    email: str
    memberships: tuple[MembershipView, ...]
    devices: tuple[DeviceView, ...]
    end_others_url: str
    password_url: str
    who_sees_url: str


@dataclass(frozen=True, slots=True)
class VisibilityRow:
    """One row of “who can see what”."""

    what: str
    you: str
    trainer: str
    manager: str
    anyone_else: str


@dataclass(frozen=True, slots=True)
class WhoSeesPage:
    """What a trainer can see, with the trainers and cohorts it is about."""

    rows: tuple[VisibilityRow, ...]
    cohorts: tuple[tuple[str, str, str], ...]  # (cohort, organisation, trainers in words)
    systems: tuple[str, ...]  # other systems that may read something with the reader's name, in sentences
    threshold: int
