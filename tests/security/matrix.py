"""Who may do what: every address, every method, every kind of person, as one table.

Columns: a visitor, somebody whose account is closed | somebody who has left the organisation |
three learners of ours: of the autumn cohort, withdrawn from it, of the winter cohort | the trainer of
autumn, the trainer of winter, the manager | a learner, a trainer and a manager of another organisation.

Targets: ``ours`` is the autumn cohort (of modules, a live one, and ``unpublished`` a draft), ``winter`` the other
cohort of our organisation, ``theirs`` the other organisation's, ``crossed`` our address with a number of theirs,
``nowhere`` does not exist.
A status of 302 leads to sign-in. Under /api/ no cookie opens anything: tests/api goes there with tokens.
"""

from __future__ import annotations

from dataclasses import dataclass

PEOPLE = (
    "visitor",
    "disabled",
    "removed",
    "psw",
    "withdrawn",
    "winter_learner",
    "trainer",
    "other_trainer",
    "manager",
    "stranger_learner",
    "stranger_trainer",
    "stranger_manager",
)

#   method target       visitor disabled | removed | psw withdrawn winter | trainer other manager | strangers
TABLE = """
/
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/healthz
    GET  -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/need-to-talk
    GET  -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/language
    POST -              303 303 | 303 | 303 303 303 | 303 303 303 | 303 303 303
/assets/<name>
    GET  ours           200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  nowhere        404 404 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/api/v1/lens
    POST -              415 415 | 415 | 415 415 415 | 415 415 415 | 415 415 415
/api/v1/organisations
    GET  -              401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
/api/v1/organisations/<organisation>/cohorts
    GET    ours         401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    theirs       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    nowhere      401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
/api/v1/organisations/<organisation>/overview
    GET    ours         401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    theirs       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    nowhere      401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
/api/v1/organisations/<organisation>/cohorts/<cohort>/roster
    GET    ours         401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    winter       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    theirs       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    nowhere      401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
/api/v1/organisations/<organisation>/cohorts/<cohort>/completions
    GET    ours         401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    winter       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    theirs       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    nowhere      401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
/api/v1/organisations/<organisation>/cohorts/<cohort>/reports/questions
    GET    ours         401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    winter       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    theirs       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    GET    nowhere      401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
/api/v1/organisations/<organisation>/cohorts/<cohort>/enrolments
    POST   ours         401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    POST   winter       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    POST   theirs       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    POST   nowhere      401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
/api/v1/organisations/<organisation>/cohorts/<cohort>/enrolments/<int:enrolment>
    DELETE ours         401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    DELETE winter       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    DELETE theirs       401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    DELETE crossed      401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
    DELETE nowhere      401 401 | 401 | 401 401 401 | 401 401 401 | 401 401 401
/api/v1/openapi.json
    GET  -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/about/sources
    GET  -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/about/<name>
    GET  ours           200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  nowhere        404 404 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/look-at-my-words
    GET  -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/words/
    GET  -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/words/pocket-guide
    GET  -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/words/<entry>
    GET  ours           200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  nowhere        404 404 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/gallery
    GET  -              404 404 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/look-around
    POST -              404 404 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/sign-in
    GET  -              200 200 | 302 | 302 302 302 | 302 302 302 | 302 302 302
    POST -              422 422 | 422 | 422 422 422 | 422 422 422 | 422 422 422
/sign-out
    POST -              302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
/forgotten-password
    GET  -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/reset-password/<token>
    GET  ours           200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  nowhere        410 410 | 410 | 410 410 410 | 410 410 410 | 410 410 410
    POST ours           303 303 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST nowhere        410 410 | 410 | 410 410 410 | 410 410 410 | 410 410 410
/profile/
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST -              302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
/profile/password
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST -              302 302 | 422 | 422 422 422 | 422 422 422 | 422 422 422
/profile/who-sees
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/profile/devices/<int:device>/end
    POST ours           302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST nowhere        302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
/profile/devices/end-others
    POST -              302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
/roster-sample.csv
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/glossary
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/modules/
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/modules/<slug>/
    GET  live           302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/images/<name>
    GET  live           302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/sections/<section>
    GET  live           302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST live           302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/scenarios/<name>/
    GET  live           302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST live           302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/scenarios/<name>/<path:road>
    GET  live           302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  lost           302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST live           302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST lost           302 302 | 422 | 422 422 422 | 422 422 422 | 422 422 422
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/before
    GET  live           302 302 | 200 | 303 200 200 | 200 200 200 | 200 200 200
    GET  draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST live           302 302 | 303 | 409 303 303 | 303 303 303 | 303 303 303
    POST draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/changes
    GET  live           302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  completed      302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST live           302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST completed      302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/notebook/
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/notebook/notebook.md
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/notebook/on-paper
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/notebook/supervision
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/notebook/delete-all
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST -              302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
/notebook/notes/<module_id>/<name>
    POST ours           302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/notebook/notes/<module_id>/<name>/delete
    GET  ours           302 302 | 404 | 200 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST nowhere        302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
/keep-it-fresh/
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST -              302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
/keep-it-fresh/<slug>
    POST live           302 302 | 404 | 303 404 404 | 404 404 404 | 404 404 404
    POST draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/keep-it-fresh/<slug>/<int:number>/<int:position>
    GET  open           302 302 | 404 | 200 404 404 | 404 404 404 | 404 404 404
    GET  submitted      302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  second         302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST open           302 302 | 404 | 303 404 404 | 404 404 404 | 404 404 404
    POST submitted      302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST second         302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/quiz
    GET  live           302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST live           302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST draft          302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/quiz/<int:number>/
    GET  open           302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    GET  submitted      302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    GET  second         302 302 | 404 | 303 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/quiz/<int:number>/<int:position>
    GET  open           302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  submitted      302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    GET  second         302 302 | 404 | 303 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST open           302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST submitted      302 302 | 409 | 409 409 409 | 409 409 409 | 409 409 409
    POST second         302 302 | 404 | 409 404 404 | 404 404 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/quiz/<int:number>/review
    GET  open           302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  submitted      302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    GET  second         302 302 | 404 | 303 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/quiz/<int:number>/submit
    POST open           302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST submitted      302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST second         302 302 | 404 | 303 404 404 | 404 404 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/modules/<slug>/quiz/<int:number>/result
    GET  open           302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    GET  submitted      302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  second         302 302 | 404 | 200 404 404 | 404 404 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/
    GET  ours           302 302 | 404 | 403 403 403 | 403 403 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/evidence-pack.pdf
    GET  ours           302 302 | 404 | 403 403 403 | 403 403 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/modules/
    GET  ours           302 302 | 404 | 403 403 403 | 200 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/modules/<slug>/print
    GET  ours           302 302 | 404 | 403 403 403 | 200 200 200 | 404 404 404
    GET  unpublished    302 302 | 404 | 403 403 403 | 404 404 404 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/modules/<slug>/guide
    GET  ours           302 302 | 404 | 403 403 403 | 200 200 200 | 404 404 404
    GET  unpublished    302 302 | 404 | 403 403 403 | 404 404 404 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/modules/<slug>/export/<form>
    GET  ours           302 302 | 404 | 403 403 403 | 200 200 200 | 404 404 404
    GET  unpublished    302 302 | 404 | 403 403 403 | 404 404 404 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/
    GET  ours           302 302 | 404 | 403 403 403 | 200 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/report
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/report.csv
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/survey
    GET  ours           302 302 | 404 | 200 403 403 | 403 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 200 | 403 403 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 200 403 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 409 403 403 | 403 403 403 | 404 404 404
    POST winter         302 302 | 404 | 403 403 409 | 403 403 403 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 409 403 403
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/survey/withdraw
    POST ours           302 302 | 404 | 303 403 403 | 403 403 403 | 404 404 404
    POST winter         302 302 | 404 | 403 403 303 | 403 403 403 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 303 403 403
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/survey/wave
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/roster/
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/roster/<int:upload>
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  crossed        302 302 | 404 | 403 403 403 | 404 403 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST crossed        302 302 | 404 | 403 403 403 | 404 403 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/roster/<int:upload>/discard
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST crossed        302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/roster.csv
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/roster.xlsx
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/exercise
    GET  ours           302 302 | 404 | 200 403 403 | 403 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 200 | 403 403 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 200 403 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/exercise/write
    GET  ours           302 302 | 404 | 200 403 403 | 403 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 303 | 403 403 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 303 403 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 303 403 403 | 403 403 403 | 404 404 404
    POST winter         302 302 | 404 | 403 403 409 | 403 403 403 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 409 403 403
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/exercise/withdraw
    POST ours           302 302 | 404 | 303 403 403 | 403 403 403 | 404 404 404
    POST winter         302 302 | 404 | 403 403 303 | 403 403 403 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 303 403 403
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/exercise/stage
    POST ours           302 302 | 404 | 403 403 403 | 303 403 403 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 403 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 403
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/exercise/end
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 303 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 403 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 403 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 403
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/assignments
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/assignments/<int:assignment>/remove
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  crossed        302 302 | 404 | 403 403 403 | 404 403 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST crossed        302 302 | 404 | 403 403 403 | 404 403 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/enrolments
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 422 422
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/enrolments/<int:enrolment>/withdraw
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  crossed        302 302 | 404 | 403 403 403 | 404 403 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST crossed        302 302 | 404 | 403 403 403 | 404 403 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/enrolments/<int:enrolment>/restore
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST crossed        302 302 | 404 | 403 403 403 | 404 403 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/invitations/<token>
    GET  ours           200 200 | 403 | 403 403 403 | 403 403 403 | 403 403 403
    GET  nowhere        410 410 | 410 | 410 410 410 | 410 410 410 | 410 410 410
    POST ours           303 303 | 403 | 403 403 403 | 403 403 403 | 403 403 403
    POST nowhere        410 410 | 410 | 410 410 410 | 410 410 410 | 410 410 410
/join
    GET  -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/join/letter
    POST -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
/join/mine
    POST -              302 302 | 303 | 303 422 303 | 303 303 303 | 303 303 303
/ward
    GET  -              200 200 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST -              422 422 | 422 | 422 422 422 | 422 422 422 | 422 422 422
/ward/start
    GET  -              200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST -              422 422 | 422 | 422 422 422 | 422 422 422 | 422 422 422
/ward/notebook
    GET  -              302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
    POST -              302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
/profile/pin/
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST -              302 302 | 422 | 422 422 422 | 422 422 422 | 422 422 422
/profile/pin/void
    POST -              302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
/organisations/<organisation>/people/
    GET  ours           302 302 | 404 | 403 403 403 | 403 403 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/people/<int:member>
    GET  ours           302 302 | 404 | 403 403 403 | 403 403 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  crossed        302 302 | 404 | 403 403 403 | 403 403 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 403 403 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST crossed        302 302 | 404 | 403 403 403 | 403 403 404 | 404 404 404
/organisations/<organisation>/people/<int:member>/remove
    GET  ours           302 302 | 404 | 403 403 403 | 403 403 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    GET  crossed        302 302 | 404 | 403 403 403 | 403 403 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 403 403 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST crossed        302 302 | 404 | 403 403 403 | 403 403 404 | 404 404 404
/organisations/<organisation>/log
    GET  ours           302 302 | 404 | 403 403 403 | 403 403 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/new-cohort
    GET  ours           302 302 | 404 | 403 403 403 | 200 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/sessions/
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 403 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 403 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 403
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/sessions/<int:meeting>
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 403
    GET  crossed        302 302 | 404 | 403 403 403 | 404 403 403 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 403 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 403 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 403
    POST crossed        302 302 | 404 | 403 403 403 | 404 403 403 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/sessions/<int:meeting>/attendance
    POST ours           302 302 | 404 | 403 403 403 | 303 403 403 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 403 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 403
    POST crossed        302 302 | 404 | 403 403 403 | 404 403 403 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/sessions/<int:meeting>/cancel
    POST ours           302 302 | 404 | 403 403 403 | 303 403 403 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 403 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 403
    POST crossed        302 302 | 404 | 403 403 403 | 404 403 403 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/settings
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/trainers
    POST ours           302 302 | 404 | 403 403 403 | 403 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 403 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/trainers/<int:member>/remove
    POST ours           302 302 | 404 | 403 403 403 | 403 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 403 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST crossed        302 302 | 404 | 403 403 403 | 403 403 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/invited/
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/enrolments/<int:enrolment>/invite
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST crossed        302 302 | 404 | 403 403 403 | 404 403 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/enrolments/<int:enrolment>/revoke
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST crossed        302 302 | 404 | 403 403 403 | 404 403 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/join-code
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/join-code/end
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/slips/
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 422 422 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 422 422
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/letters/stop/<token>
    GET  ours           200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    GET  nowhere        404 404 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           200 200 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST nowhere        404 404 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/profile/letters
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
    POST -              302 302 | 303 | 303 303 303 | 303 303 303 | 303 303 303
/organisations/<organisation>/cohorts/<cohort>/schedule
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 200 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 303 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/reminders
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 303 403 403 | 404 404 404
    POST winter         302 302 | 404 | 403 403 403 | 403 303 403 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 303 403
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/report/week
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/report/change
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/report/questions/
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/report/questions/<slug>
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/report/two-roles/<slug>
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 403
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/cohorts/<cohort>/learners/<int:enrolment>
    GET  ours           302 302 | 404 | 403 403 403 | 200 403 403 | 404 404 404
    GET  winter         302 302 | 404 | 403 403 403 | 403 200 403 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 200 403
    GET  crossed        302 302 | 404 | 403 403 403 | 404 403 403 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/readiness/
    GET  ours           302 302 | 404 | 403 403 403 | 403 403 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 403 403 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 303
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/readiness/<int:action>
    GET  ours           302 302 | 404 | 403 403 403 | 403 403 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 200
    GET  crossed        302 302 | 404 | 403 403 403 | 403 403 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 403 403 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 303
    POST crossed        302 302 | 404 | 403 403 403 | 403 403 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/readiness/<int:action>/state
    POST ours           302 302 | 404 | 403 403 403 | 403 403 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 303
    POST crossed        302 302 | 404 | 403 403 403 | 403 403 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/readiness/<int:action>/remove
    POST ours           302 302 | 404 | 403 403 403 | 403 403 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 303
    POST crossed        302 302 | 404 | 403 403 403 | 403 403 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/people/tokens/
    GET  ours           302 302 | 404 | 403 403 403 | 403 403 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 200
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 403 403 200 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 200
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/organisations/<organisation>/people/tokens/<int:number>/end
    GET  ours           302 302 | 404 | 403 403 403 | 403 403 200 | 404 404 404
    GET  theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 200
    GET  crossed        302 302 | 404 | 403 403 403 | 403 403 404 | 404 404 404
    GET  nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
    POST ours           302 302 | 404 | 403 403 403 | 403 403 303 | 404 404 404
    POST theirs         302 302 | 404 | 404 404 404 | 404 404 404 | 403 403 303
    POST crossed        302 302 | 404 | 403 403 403 | 403 403 404 | 404 404 404
    POST nowhere        302 302 | 404 | 404 404 404 | 404 404 404 | 404 404 404
/profile/opened
    GET  -              302 302 | 200 | 200 200 200 | 200 200 200 | 200 200 200
"""

# What a rule with these parameters has to be asked for, at the least: nobody forgets a neighbour.
NEEDED_TARGETS = {
    frozenset({"organisation"}): {"ours", "theirs", "nowhere"},
    frozenset({"organisation", "slug"}): {"ours", "unpublished", "theirs", "nowhere"},
    frozenset({"organisation", "slug", "form"}): {"ours", "unpublished", "theirs", "nowhere"},
    frozenset({"organisation", "number"}): {"ours", "theirs", "crossed", "nowhere"},
    frozenset({"organisation", "action"}): {"ours", "theirs", "crossed", "nowhere"},
    frozenset({"organisation", "member"}): {"ours", "theirs", "crossed", "nowhere"},
    frozenset({"organisation", "cohort", "member"}): {"ours", "winter", "theirs", "crossed", "nowhere"},
    frozenset({"organisation", "cohort", "slug"}): {"ours", "winter", "theirs", "nowhere"},
    frozenset({"organisation", "cohort"}): {"ours", "winter", "theirs", "nowhere"},
    frozenset({"organisation", "cohort", "assignment"}): {"ours", "winter", "theirs", "crossed", "nowhere"},
    frozenset({"organisation", "cohort", "upload"}): {"ours", "winter", "theirs", "crossed", "nowhere"},
    frozenset({"organisation", "cohort", "meeting"}): {"ours", "winter", "theirs", "crossed", "nowhere"},
    frozenset({"organisation", "cohort", "form"}): {"ours", "winter", "theirs", "nowhere"},
    frozenset({"organisation", "cohort", "enrolment"}): {"ours", "winter", "theirs", "crossed", "nowhere"},
    frozenset({"slug"}): {"live", "draft", "nowhere"},
    frozenset({"slug", "name"}): {"live", "draft", "nowhere"},
    frozenset({"slug", "name", "road"}): {"live", "draft", "lost", "nowhere"},
    frozenset({"module_id", "name"}): {"ours", "nowhere"},
    frozenset({"slug", "section"}): {"live", "draft", "nowhere"},
    frozenset({"slug", "number"}): {"open", "submitted", "second", "nowhere"},
    frozenset({"slug", "number", "position"}): {"open", "submitted", "second", "nowhere"},
    frozenset({"entry"}): {"ours", "nowhere"},
    frozenset({"device"}): {"ours", "nowhere"},
    frozenset({"token"}): {"ours", "nowhere"},
    frozenset({"name"}): {"ours", "nowhere"},
    frozenset(): {"-"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    rule: str
    method: str
    target: str
    statuses: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.rule} {self.target}"


def read_table(table: str = TABLE) -> tuple[Row, ...]:
    """The lines of the table. Raises ValueError for one that has not a status for everybody."""
    rows: list[Row] = []
    rule = ""
    for line in table.splitlines():
        if line.startswith("/"):
            rule = line.strip()
        elif line.strip():
            method, target, *statuses = line.replace("|", " ").split()
            if len(statuses) != len(PEOPLE):
                raise ValueError(f"{len(statuses)} statuses for {len(PEOPLE)} people: {rule}{line}")
            rows.append(Row(rule, method, target, tuple(int(status) for status in statuses)))
    return tuple(rows)


ROWS = read_table()
