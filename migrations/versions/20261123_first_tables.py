"""The first tables: people, cohorts, learning

Revises: nothing, this is where it begins
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123"
down_revision = None
branch_labels = None
depends_on = None

# A person has at most one open attempt of a module, whatever arrives in parallel.
IS_OPEN = sa.text("submitted_at IS NULL")


def upgrade() -> None:
    create_people()
    create_sign_in()
    create_cohorts()
    create_enrolments()
    create_attempts()
    create_facts()
    create_projection()


def create_people() -> None:
    op.create_table(
        "organisation",
        number("id"),
        words("slug", 60),
        words("name", 200),
        instant("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("slug", name="uq_organisation_slug"),
    )
    op.create_table(
        "person",
        number("id"),
        words("name", 200),
        words("name_key", 200),
        words("email", 254),
        words("email_key", 254),
        words("password_hash", 255, nullable=True),
        words("practice_role", 20, nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        instant("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("email_key", name="uq_person_email_key"),
        sa.CheckConstraint(
            "practice_role IN ('psw', 'clinician', 'leader', 'other')", name=op.f("ck_person_practice_role_known")
        ),
    )
    op.create_table(
        "membership",
        number("id"),
        number("organisation_id"),
        number("person_id"),
        words("role", 20),
        instant("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        points_at("membership", "organisation_id", "organisation"),
        points_at("membership", "person_id", "person"),
        sa.UniqueConstraint("organisation_id", "person_id", name="uq_membership_organisation_id_person_id"),
        sa.CheckConstraint("role IN ('learner', 'trainer', 'manager')", name=op.f("ck_membership_role_known")),
    )
    op.create_index("ix_membership_person_id", "membership", ["person_id"])


def create_sign_in() -> None:
    op.create_table(
        "login_session",
        number("id"),
        words("token_hash", 64),
        number("person_id"),
        words("device", 80),
        instant("created_at"),
        instant("expires_at"),
        sa.PrimaryKeyConstraint("id", name="pk_login_session"),
        points_at("login_session", "person_id", "person"),
        sa.UniqueConstraint("token_hash", name="uq_login_session_token_hash"),
    )
    op.create_index("ix_login_session_person_id", "login_session", ["person_id"])
    op.create_table(
        "password_reset",
        number("id"),
        words("token_hash", 64),
        number("person_id"),
        instant("created_at"),
        instant("expires_at"),
        instant("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_password_reset"),
        points_at("password_reset", "person_id", "person"),
        sa.UniqueConstraint("token_hash", name="uq_password_reset_token_hash"),
    )
    op.create_index("ix_password_reset_person_id", "password_reset", ["person_id"])
    op.create_table(
        "throttle",
        words("key", 64),
        instant("window_started_at"),
        number("attempt_count"),
        sa.PrimaryKeyConstraint("key", name="pk_throttle"),
    )


def create_cohorts() -> None:
    op.create_table(
        "cohort",
        number("id"),
        number("organisation_id"),
        words("slug", 60),
        words("name", 200),
        instant("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_cohort"),
        points_at("cohort", "organisation_id", "organisation"),
        sa.UniqueConstraint("organisation_id", "slug", name="uq_cohort_organisation_id_slug"),
    )
    op.create_table(
        "cohort_trainer",
        number("cohort_id"),
        number("person_id"),
        sa.PrimaryKeyConstraint("cohort_id", "person_id", name="pk_cohort_trainer"),
        points_at("cohort_trainer", "cohort_id", "cohort"),
        points_at("cohort_trainer", "person_id", "person"),
    )
    op.create_index("ix_cohort_trainer_person_id", "cohort_trainer", ["person_id"])


def create_enrolments() -> None:
    op.create_table(
        "enrolment",
        number("id"),
        number("organisation_id"),
        number("cohort_id"),
        number("person_id"),
        words("state", 20),
        instant("state_since"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment"),
        points_at("enrolment", "organisation_id", "organisation"),
        points_at("enrolment", "cohort_id", "cohort"),
        points_at("enrolment", "person_id", "person"),
        sa.UniqueConstraint("cohort_id", "person_id", name="uq_enrolment_cohort_id_person_id"),
        sa.CheckConstraint("state IN ('invited', 'active', 'withdrawn')", name=op.f("ck_enrolment_state_known")),
    )
    op.create_index("ix_enrolment_organisation_id", "enrolment", ["organisation_id"])
    op.create_index("ix_enrolment_person_id", "enrolment", ["person_id"])
    op.create_table(
        "assignment",
        number("id"),
        number("organisation_id"),
        number("cohort_id"),
        words("module_id", 40),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        points_at("assignment", "organisation_id", "organisation"),
        points_at("assignment", "cohort_id", "cohort"),
        sa.UniqueConstraint("cohort_id", "module_id", name="uq_assignment_cohort_id_module_id"),
    )
    op.create_index("ix_assignment_organisation_id", "assignment", ["organisation_id"])


def create_attempts() -> None:
    op.create_table(
        "module_revision",
        words("revision", 64),
        words("module_id", 40),
        sa.Column("compiled", sa.Text(), nullable=False),
        instant("stored_at"),
        sa.PrimaryKeyConstraint("revision", name="pk_module_revision"),
    )
    op.create_table(
        "attempt",
        number("id"),
        number("person_id"),
        words("module_id", 40),
        number("number"),
        words("revision", 64),
        number("seed"),
        instant("started_at"),
        instant("submitted_at", nullable=True),
        number("points", nullable=True),
        number("possible", nullable=True),
        sa.Column("is_passed", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
        points_at("attempt", "person_id", "person"),
        sa.ForeignKeyConstraint(["revision"], ["module_revision.revision"], name="fk_attempt_revision_module_revision"),
        sa.UniqueConstraint("person_id", "module_id", "number", name="uq_attempt_person_id_module_id_number"),
        sa.CheckConstraint("(submitted_at IS NULL) = (points IS NULL)", name=op.f("ck_attempt_scored_when_submitted")),
    )
    op.create_index(
        "uq_attempt_open",
        "attempt",
        ["person_id", "module_id"],
        unique=True,
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )


def create_facts() -> None:
    op.create_table(
        "response",
        number("id"),
        number("attempt_id"),
        number("sequence"),
        words("question_id", 80),
        sa.Column("answer", sa.Text(), nullable=False),
        instant("recorded_at"),
        sa.PrimaryKeyConstraint("id", name="pk_response"),
        points_at("response", "attempt_id", "attempt"),
        sa.UniqueConstraint("attempt_id", "sequence", name="uq_response_attempt_id_sequence"),
    )
    op.create_table(
        "section_read",
        number("person_id"),
        words("module_id", 40),
        words("section_id", 80),
        words("revision", 64),
        instant("read_at"),
        sa.PrimaryKeyConstraint("person_id", "module_id", "section_id", name="pk_section_read"),
        points_at("section_read", "person_id", "person"),
    )
    op.create_table(
        "completion",
        number("id"),
        number("person_id"),
        words("module_id", 40),
        words("revision", 64),
        number("attempt_id", nullable=True),
        instant("completed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_completion"),
        points_at("completion", "person_id", "person"),
        points_at("completion", "attempt_id", "attempt"),
        sa.ForeignKeyConstraint(
            ["revision"], ["module_revision.revision"], name="fk_completion_revision_module_revision"
        ),
        sa.UniqueConstraint("person_id", "module_id", name="uq_completion_person_id_module_id"),
    )


def create_projection() -> None:
    op.create_table(
        "module_state",
        number("person_id"),
        words("module_id", 40),
        words("state", 20),
        number("best_points", nullable=True),
        number("best_possible", nullable=True),
        sa.Column("has_passed", sa.Boolean(), nullable=False),
        number("attempt_count"),
        instant("started_at", nullable=True),
        instant("last_activity_at", nullable=True),
        instant("completed_at", nullable=True),
        sa.PrimaryKeyConstraint("person_id", "module_id", name="pk_module_state"),
        points_at("module_state", "person_id", "person"),
    )


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def words(name: str, length: int, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def points_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def downgrade() -> None:
    # Dropping a table takes its indexes along; whoever points at another goes first.
    for table in (
        "module_state",
        "completion",
        "section_read",
        "response",
        "attempt",
        "module_revision",
        "assignment",
        "enrolment",
        "cohort_trainer",
        "cohort",
        "throttle",
        "password_reset",
        "login_session",
        "membership",
        "person",
        "organisation",
    ):
        op.drop_table(table)
