"""The language exercise: rounds with their result, and sealed texts until then

Revises: people without an e-mail address
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123e"
down_revision = "20261123d"
branch_labels = None
depends_on = None

FIGURES = (
    "threshold",
    "lexicon_version",
    "pair_count",
    "only_before_count",
    "only_after_count",
    "mean_tenths",
    "low_tenths",
    "high_tenths",
)


def upgrade() -> None:
    op.add_column("cohort", sa.Column("exercise_wave", sa.String(10), nullable=True))
    op.create_table(
        "exercise_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.String(80), nullable=False),
        sa.Column("situations", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in FIGURES),
        sa.PrimaryKeyConstraint("id", name="pk_exercise_round"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_exercise_round_cohort_id_cohort"),
        sa.UniqueConstraint("cohort_id", "number", name="uq_exercise_round_cohort_id_number"),
        sa.CheckConstraint(
            "ended_at IS NOT NULL OR pair_count IS NULL", name=op.f("ck_exercise_round_figures_at_the_end")
        ),
    )
    op.create_table(
        "exercise_text",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("wave", sa.String(10), nullable=False),
        sa.Column("letter", sa.String(1), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("agreement", sa.String(20), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "person_id", "wave", name="pk_exercise_text"),
        sa.ForeignKeyConstraint(["round_id"], ["exercise_round.id"], name="fk_exercise_text_round_id_exercise_round"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_exercise_text_person_id_person"),
        sa.CheckConstraint("wave IN ('before', 'after')", name=op.f("ck_exercise_text_wave_known")),
        sa.CheckConstraint("letter IN ('a', 'b')", name=op.f("ck_exercise_text_letter_known")),
    )
    op.create_index("ix_exercise_text_person_id", "exercise_text", ["person_id"])


def downgrade() -> None:
    op.drop_table("exercise_text")
    op.drop_table("exercise_round")
    # A plain statement, not a copy of the table: other tables point at these rows.
    op.drop_column("cohort", "exercise_wave")
