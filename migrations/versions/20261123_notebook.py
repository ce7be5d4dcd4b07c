"""The notebook

Revises: the learning engine
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123c"
down_revision = "20261123b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notebook_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notebook_entry"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_notebook_entry_person_id_person"),
        sa.UniqueConstraint("person_id", "module_id", "name", name="uq_notebook_entry_person_id_module_id_name"),
    )


def downgrade() -> None:
    op.drop_table("notebook_entry")
