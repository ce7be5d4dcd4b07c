"""Letters that wait to be sent, and who wants none

Revises: the week's figures
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123h"
down_revision = "20261123j"
branch_labels = None
depends_on = None


def instant(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        instant("created_at", nullable=False),
        instant("not_before", nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        instant("sent_at"),
        instant("gave_up_at"),
        sa.Column("failed_reason", sa.String(60), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing_mail"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_outgoing_mail_person_id_person"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_outgoing_mail_cohort_id_cohort"),
    )
    op.create_index(
        "ix_outgoing_mail_sent_at_gave_up_at_not_before", "outgoing_mail", ["sent_at", "gave_up_at", "not_before"]
    )
    op.create_index("ix_outgoing_mail_person_id", "outgoing_mail", ["person_id"])
    op.create_index("ix_outgoing_mail_cohort_id", "outgoing_mail", ["cohort_id"])
    op.create_table(
        "mail_opt_out",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        instant("since", nullable=False),
        sa.PrimaryKeyConstraint("person_id", "kind", name="pk_mail_opt_out"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_mail_opt_out_person_id_person"),
    )


def downgrade() -> None:
    op.drop_table("mail_opt_out")
    op.drop_table("outgoing_mail")
