"""The learning engine: publications, confidence, before and after, scenarios, refreshers, the survey

Revises: the first tables
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123b"
down_revision = "20261123"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("response", sa.Column("confidence", sa.String(10), nullable=True))
    op.add_column("cohort", sa.Column("survey_wave", sa.String(10), nullable=True))
    create_publications()
    create_before_and_after()
    create_practice()
    create_survey()


def create_publications() -> None:
    op.create_table(
        "publication",
        number("id"),
        words("digest", 64),
        text("compiled"),
        instant("published_at"),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
    )
    op.create_table(
        "published_picture",
        words("digest", 64),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_published_picture"),
    )


def create_before_and_after() -> None:
    op.create_table(
        "before_answer",
        number("person_id"),
        words("module_id", 40),
        words("question_id", 80),
        words("revision", 64),
        text("answer"),
        number("points"),
        instant("answered_at"),
        sa.PrimaryKeyConstraint("person_id", "module_id", "question_id", name="pk_before_answer"),
        points_at("before_answer", "person_id", "person"),
        points_at("before_answer", "revision", "module_revision", "revision"),
    )
    op.create_table(
        "change_seen",
        number("person_id"),
        words("module_id", 40),
        words("revision", 64),
        instant("seen_at"),
        sa.PrimaryKeyConstraint("person_id", "module_id", name="pk_change_seen"),
        points_at("change_seen", "person_id", "person"),
        points_at("change_seen", "revision", "module_revision", "revision"),
    )


def create_practice() -> None:
    op.create_table(
        "scenario_walk",
        number("id"),
        number("person_id"),
        words("module_id", 40),
        words("scenario", 80),
        words("road_key", 64),
        text("road"),
        sa.Column("outcome", sa.String(10), nullable=True),
        instant("walked_at"),
        sa.PrimaryKeyConstraint("id", name="pk_scenario_walk"),
        points_at("scenario_walk", "person_id", "person"),
        sa.UniqueConstraint(
            "person_id",
            "module_id",
            "scenario",
            "road_key",
            name="uq_scenario_walk_person_id_module_id_scenario_road_key",
        ),
    )
    op.create_table(
        "refresher_choice",
        number("person_id"),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        instant("changed_at"),
        sa.PrimaryKeyConstraint("person_id", name="pk_refresher_choice"),
        points_at("refresher_choice", "person_id", "person"),
    )
    create_refresher_sittings()


def create_refresher_sittings() -> None:
    op.create_table(
        "refresher_sitting",
        number("id"),
        number("person_id"),
        words("module_id", 40),
        number("number"),
        words("revision", 64),
        number("seed"),
        text("question_ids"),
        instant("started_at"),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_refresher_sitting"),
        points_at("refresher_sitting", "person_id", "person"),
        points_at("refresher_sitting", "revision", "module_revision", "revision"),
        sa.UniqueConstraint("person_id", "module_id", "number", name="uq_refresher_sitting_person_id_module_id_number"),
    )
    op.create_table(
        "refresher_answer",
        number("sitting_id"),
        words("question_id", 80),
        text("answer"),
        sa.Column("is_right", sa.Boolean(), nullable=True),
        instant("answered_at"),
        sa.PrimaryKeyConstraint("sitting_id", "question_id", name="pk_refresher_answer"),
        points_at("refresher_answer", "sitting_id", "refresher_sitting"),
    )


def create_survey() -> None:
    op.create_table(
        "survey_answer",
        number("person_id"),
        number("cohort_id"),
        words("wave", 10),
        words("instrument", 20),
        text("answers"),
        instant("answered_at"),
        sa.PrimaryKeyConstraint("person_id", "cohort_id", "wave", name="pk_survey_answer"),
        points_at("survey_answer", "person_id", "person"),
        points_at("survey_answer", "cohort_id", "cohort"),
        sa.CheckConstraint("wave IN ('before', 'after')", name=op.f("ck_survey_answer_wave_known")),
    )


def downgrade() -> None:
    for table in (
        "survey_answer",
        "refresher_answer",
        "refresher_sitting",
        "refresher_choice",
        "scenario_walk",
        "change_seen",
        "before_answer",
        "published_picture",
        "publication",
    ):
        op.drop_table(table)
    # Plain statements, not a copy of the table: other tables point at these rows.
    op.drop_column("cohort", "survey_wave")
    op.drop_column("response", "confidence")


def number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def words(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=False)


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def instant(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def points_at(table: str, column: str, target: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.{key}"], name=f"fk_{table}_{column}_{target}")
