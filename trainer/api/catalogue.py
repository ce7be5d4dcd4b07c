"""Everything that the door offers: one list, from which addresses, gate and document are made."""

from __future__ import annotations

import json
from functools import cache

from flask import Blueprint, Flask
from werkzeug.wrappers import Response

from trainer.accounts.actor import Scope
from trainer.api import cohorts, enrolments, lens, reports
from trainer.api.document import describe
from trainer.api.gate import install_api_gate
from trainer.api.operations import BatchQuery, NoQuery, Operation
from trainer.extensions import csrf
from trainer.language.pace import LOOKS_A_MINUTE, Pace

COHORT = "/organisations/{organisation}/cohorts/{cohort}"
OF_ITS_TRAINER = (
    "Only where whoever made the token is a trainer of the cohort: a token opens no more than its maker can."
)


def openapi() -> Response:
    """The OpenAPI 3.1 document of this door."""
    return Response(_document(), content_type="application/json")


@cache
def _document() -> str:
    """Written once: nothing in it changes while the app runs."""
    return json.dumps(describe(OPERATIONS), ensure_ascii=False)


OPERATIONS = (
    Operation(
        name="look",
        method="POST",
        path="/lens",
        view=lens.look,
        summary="Look at a text with the language lens",
        description="Advice, never a score. The text is looked at and thrown away. "
        f"At most {LOOKS_A_MINUTE} looks a minute from one network.",
        answer=lens.LookAnswer,
        body=lens.LookRequest,
        is_public=True,
        may_refuse=(413, 415, 422, 429),
    ),
    Operation(
        name="openapi",
        method="GET",
        path="/openapi.json",
        view=openapi,
        summary="This document",
        description="It names every address, what may be sent, and every answer.",
        is_public=True,
        may_refuse=(422,),
    ),
    Operation(
        name="organisations",
        method="GET",
        path="/organisations",
        view=cohorts.organisations,
        summary="The organisation of the token",
        description="Any token opens this.",
        answer=cohorts.OrganisationList,
        query=NoQuery,
    ),
    Operation(
        name="cohorts",
        method="GET",
        path="/organisations/{organisation}/cohorts",
        view=cohorts.cohorts,
        summary="The organisation's cohorts, with the modules that are set",
        description="Any token opens this.",
        answer=cohorts.CohortList,
        query=BatchQuery,
        may_refuse=(404,),
    ),
    Operation(
        name="roster",
        method="GET",
        path=f"{COHORT}/roster",
        view=cohorts.roster,
        summary="The people of a cohort",
        description="Names, addresses and staff ids; no progress and no role. That it was read stands in the "
        "organisation's log of changes, once a day.",
        answer=cohorts.RosterList,
        scope=Scope.ROSTERS_READ,
        query=BatchQuery,
        may_refuse=(404,),
    ),
    Operation(
        name="completions",
        method="GET",
        path=f"{COHORT}/completions",
        view=reports.completions,
        summary="Who has completed which module, and when",
        description=f"{OF_ITS_TRAINER} It names people, so its learners can read that it was taken, and by whom. "
        "Whoever leaves the cohort is no longer in it.",
        answer=reports.CompletionList,
        scope=Scope.COMPLETIONS_READ,
        query=BatchQuery,
        may_refuse=(404,),
    ),
    Operation(
        name="overview",
        method="GET",
        path="/organisations/{organisation}/overview",
        view=reports.overview,
        summary="The organisation in figures",
        description="Exactly the figures that were released for this week: small groups are hidden, numbers rounded.",
        answer=reports.OverviewAnswer,
        scope=Scope.REPORTS_READ,
        query=NoQuery,
        may_refuse=(404,),
    ),
    Operation(
        name="questions",
        method="GET",
        path=f"{COHORT}/reports/questions",
        view=reports.questions,
        summary="The questions of a module as a cohort answered them",
        description=f"{OF_ITS_TRAINER} Counted first attempts, small counts hidden, no names.",
        answer=reports.QuestionsAnswer,
        scope=Scope.REPORTS_READ,
        query=reports.QuestionsQuery,
        may_refuse=(404,),
    ),
    Operation(
        name="enrol",
        method="POST",
        path=f"{COHORT}/enrolments",
        view=enrolments.enrol,
        summary="Enrol people: everybody on the list, or nobody",
        description="Whoever is new to the organisation is invited by letter, or waits for a slip; nobody is given a "
        "role. The same list again changes nothing. With `dry_run` nothing is changed at all.",
        answer=enrolments.EnrolAnswer,
        scope=Scope.ENROLMENTS_WRITE,
        body=enrolments.EnrolRequest,
        may_refuse=(404, 409, 413, 415),
    ),
    Operation(
        name="withdraw",
        method="DELETE",
        path=f"{COHORT}/enrolments/{{enrolment}}",
        view=enrolments.withdraw,
        summary="Withdraw somebody from a cohort",
        description="What they learned stays theirs. Again is no error.",
        scope=Scope.ENROLMENTS_WRITE,
        may_refuse=(404,),
    ),
)


def install_api(app: Flask) -> None:
    """Put the operations behind their gate. The page of the lens and the JSON door count together."""
    app.extensions.setdefault("lens_pace", Pace())
    blueprint = Blueprint("api", __name__)
    for one in OPERATIONS:
        blueprint.add_url_rule(one.rule, one.name, one.serve, methods=[one.method])
    install_api_gate(app, {f"api.{one.name}": one for one in OPERATIONS})
    csrf.exempt(blueprint)  # no cookie opens anything here
    app.register_blueprint(blueprint)
