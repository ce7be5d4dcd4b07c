"""Exact counters of cohorts, counted once from what is there

Revises: 20261123k
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123l"
down_revision = "20261123k"
branch_labels = None
depends_on = None

LEARNERS = """
INSERT INTO learner_count (person_id, cohort_id, completed_count, name_key)
SELECT enrolment.person_id, enrolment.cohort_id, (
    SELECT count(*) FROM module_state
    JOIN assignment ON assignment.module_id = module_state.module_id AND assignment.cohort_id = enrolment.cohort_id
    WHERE module_state.person_id = enrolment.person_id AND module_state.state = 'completed'
), person.name_key
FROM enrolment JOIN person ON person.id = enrolment.person_id
WHERE enrolment.state = 'active'
"""
MODULES = """
INSERT INTO module_count (cohort_id, module_id, in_progress, completed)
SELECT assignment.cohort_id, assignment.module_id, coalesce(found.in_progress, 0), coalesce(found.completed, 0)
FROM assignment LEFT JOIN (
    SELECT enrolment.cohort_id, module_state.module_id,
        sum(CASE WHEN module_state.state = 'in_progress' THEN 1 ELSE 0 END) AS in_progress,
        sum(CASE WHEN module_state.state = 'completed' THEN 1 ELSE 0 END) AS completed
    FROM enrolment JOIN module_state ON module_state.person_id = enrolment.person_id
    WHERE enrolment.state = 'active'
    GROUP BY enrolment.cohort_id, module_state.module_id
) AS found ON found.cohort_id = assignment.cohort_id AND found.module_id = assignment.module_id
"""


def upgrade() -> None:
    by_code_point = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")
    op.create_table(
        "learner_count",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("completed_count", sa.Integer(), nullable=False),
        sa.Column("name_key", by_code_point, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "cohort_id", name="pk_learner_count"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_learner_count_person_id_person"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_learner_count_cohort_id_cohort"),
    )
    op.create_table(
        "module_count",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.String(40), nullable=False),
        sa.Column("in_progress", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "module_id", name="pk_module_count"),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_module_count_cohort_id_cohort"),
    )
    op.execute(LEARNERS)
    op.execute(MODULES)
    columns = ["cohort_id", "completed_count", "name_key", "person_id"]
    op.create_index("ix_learner_count_progress", "learner_count", columns)
    op.create_index("ix_learner_count_name_key", "learner_count", ["cohort_id", "name_key", "person_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ANALYZE learner_count, module_count")  # or the first reports would be planned in the dark


def downgrade() -> None:
    op.drop_table("module_count")
    op.drop_table("learner_count")
