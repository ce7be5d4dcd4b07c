"""Who opened whose record, and which first attempts are counted

Revises: the schedule
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123g"
down_revision = "20261123h"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("viewer_id", sa.Integer(), nullable=True),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record_view"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_record_view_cohort_id_cohort"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_record_view_person_id_person"),
        sa.ForeignKeyConstraint(["viewer_id"], ["person.id"], name="fk_record_view_viewer_id_person"),
    )
    op.create_index("ix_record_view_person_id", "record_view", ["person_id"])
    op.create_index("ix_record_view_cohort_id", "record_view", ["cohort_id"])
    op.create_index("ix_record_view_viewed_at", "record_view", ["viewed_at"])
    op.create_table(
        "counted_attempt",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.String(40), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("practice_role", sa.String(20), nullable=True),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_counted_attempt"),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="fk_counted_attempt_attempt_id_attempt"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_counted_attempt_cohort_id_cohort"),
    )
    op.create_index("ix_counted_attempt_cohort_id_module_id", "counted_attempt", ["cohort_id", "module_id"])


def downgrade() -> None:
    op.drop_table("counted_attempt")
    op.drop_table("record_view")
