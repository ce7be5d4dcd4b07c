"""Invitations, join codes, signing in on shared computers, and the log of changes

Revises: the language exercise
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123f"
down_revision = "20261123e"
branch_labels = None
depends_on = None


def instant(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade() -> None:
    op.add_column("login_session", instant("ends_at"))
    op.create_table(
        "invitation",
        number("id"),
        number("organisation_id"),
        number("person_id"),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=True),
        number("invited_by", nullable=True),
        instant("invited_at", nullable=False),
        instant("drawn_at"),
        instant("sent_at"),
        instant("expires_at"),
        instant("accepted_at"),
        instant("revoked_at"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_invitation_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_invitation_person_id_person"),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name="fk_invitation_invited_by_person"),
        sa.UniqueConstraint("organisation_id", "person_id", name="uq_invitation_organisation_id_person_id"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
        sa.CheckConstraint("kind IN ('letter', 'slip')", name=op.f("ck_invitation_kind_known")),
    )
    op.create_index("ix_invitation_person_id", "invitation", ["person_id"])
    op.create_table(
        "ward_access",
        number("person_id"),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("pin_hash", sa.String(255), nullable=True),
        number("miss_count"),
        sa.Column("earlier_pin_hash", sa.String(255), nullable=True),
        instant("notebook_closed_at"),
        sa.PrimaryKeyConstraint("person_id", name="pk_ward_access"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_ward_access_person_id_person"),
        sa.UniqueConstraint("code", name="uq_ward_access_code"),
    )
    op.create_table(
        "slip_issue",
        number("id"),
        number("person_id"),
        number("organisation_id"),
        number("issued_by", nullable=True),
        instant("issued_at", nullable=False),
        instant("used_at"),
        sa.PrimaryKeyConstraint("id", name="pk_slip_issue"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_slip_issue_person_id_person"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_slip_issue_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name="fk_slip_issue_issued_by_person"),
    )
    op.create_index("ix_slip_issue_person_id", "slip_issue", ["person_id"])
    op.create_table(
        "audit_event",
        number("id"),
        number("organisation_id"),
        number("number"),
        instant("at", nullable=False),
        number("actor_id"),
        sa.Column("kind", sa.String(40), nullable=False),
        number("subject_id", nullable=True),
        sa.Column("detail", sa.String(500), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_event"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_audit_event_organisation_id_organisation"
        ),
        sa.UniqueConstraint("organisation_id", "number", name="uq_audit_event_organisation_id_number"),
    )
    op.create_table(
        "join_code",
        number("cohort_id"),
        sa.Column("code", sa.String(8), nullable=False),
        instant("made_at", nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        number("most_joins"),
        number("join_count"),
        sa.PrimaryKeyConstraint("cohort_id", name="pk_join_code"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_join_code_cohort_id_cohort"),
        sa.UniqueConstraint("code", name="uq_join_code_code"),
    )


def downgrade() -> None:
    op.drop_table("join_code")
    op.drop_table("audit_event")
    op.drop_table("slip_issue")
    op.drop_table("ward_access")
    op.drop_table("invitation")
    op.drop_column("login_session", "ends_at")
