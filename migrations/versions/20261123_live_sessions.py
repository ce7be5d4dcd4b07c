"""Live sessions of a cohort, and who came; what an organisation agreed to do

Revises: tokens of programs
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123k"
down_revision = "20261123i"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "live_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_live_session"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_live_session_cohort_id_cohort"),
        sa.UniqueConstraint("cohort_id", "number", name="uq_live_session_cohort_id_number"),
    )
    op.create_table(
        "live_session_module",
        sa.Column("live_session_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("live_session_id", "module_id", name="pk_live_session_module"),
        sa.ForeignKeyConstraint(
            ["live_session_id"], ["live_session.id"], name="fk_live_session_module_live_session_id_live_session"
        ),
    )
    op.create_table(
        "attendance",
        sa.Column("live_session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("live_session_id", "person_id", name="pk_attendance"),
        sa.ForeignKeyConstraint(
            ["live_session_id"], ["live_session.id"], name="fk_attendance_live_session_id_live_session"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_attendance_person_id_person"),
    )
    op.create_index("ix_attendance_person_id", "attendance", ["person_id"])
    op.create_table(
        "readiness_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("owner", sa.String(100), nullable=False),
        sa.Column("due_month", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_readiness_action"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_readiness_action_organisation_id_organisation"
        ),
        sa.UniqueConstraint("organisation_id", "number", name="uq_readiness_action_organisation_id_number"),
    )


def downgrade() -> None:
    op.drop_table("readiness_action")
    op.drop_table("attendance")
    op.drop_table("live_session_module")
    op.drop_table("live_session")
