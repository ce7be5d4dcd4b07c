"""People without an e-mail address, staff ids, invited names, and uploaded lists

Revises: the notebook
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123d"
down_revision = "20261123c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.alter_column("email", existing_type=sa.String(254), nullable=True)
        table.alter_column("email_key", existing_type=sa.String(254), nullable=True)
    with op.batch_alter_table("membership") as table:
        table.add_column(sa.Column("staff_id", sa.String(60)))
        table.add_column(sa.Column("staff_key", sa.String(60)))
        table.create_unique_constraint("uq_membership_organisation_id_staff_key", ["organisation_id", "staff_key"])
    op.add_column("enrolment", sa.Column("invited_as", sa.String(200)))
    op.create_table(
        "roster_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roster_upload"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_roster_upload_cohort_id_cohort"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_roster_upload_person_id_person"),
    )
    op.create_index("ix_roster_upload_cohort_id", "roster_upload", ["cohort_id"])


def downgrade() -> None:
    """People without an address cannot go back: then the whole step is refused by the database."""
    op.drop_table("roster_upload")
    with op.batch_alter_table("enrolment") as table:
        table.drop_column("invited_as")
    with op.batch_alter_table("membership") as table:
        table.drop_constraint("uq_membership_organisation_id_staff_key", type_="unique")
        table.drop_column("staff_key")
        table.drop_column("staff_id")
    with op.batch_alter_table("person") as table:
        table.alter_column("email_key", existing_type=sa.String(254), nullable=False)
        table.alter_column("email", existing_type=sa.String(254), nullable=False)
