"""The weekly figures of an organisation

Revises: joining
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123j"
down_revision = "20261123f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "weekly_figures",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("released", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "week", name="pk_weekly_figures"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_weekly_figures_organisation_id_organisation"
        ),
    )


def downgrade() -> None:
    op.drop_table("weekly_figures")
