"""Which figures about an organisation may be shown: one rule for every screen, file, chart and date.

The promise. A reader may know this rule, every figure released in every week, who was in which cohort and
when each person left, and all that *threshold - 2* people ever did. Whether any one *other* person had
completed a module in any week, they cannot work out: both answers always fit everything they know. From
that follows that the exact number within any group of fewer than *threshold* people stays open too,
whether its figure is hidden or a difference of two figures.

What makes it so:

1. *Closed groups.* Figures are about publication groups: closed lists of at least twice the threshold
   people. In a module nobody is ever in two of them. Who joins later waits for the next group, so no
   difference of two figures is about those who joined. Who leaves stays counted as they stood, without
   their name, so no difference is about those who left. Small cohorts and late joiners are taken together.
2. *Wide ends.* Fewer than the threshold, nobody included, reads "fewer than 10"; so does the other end,
   everybody included. Where 5 % is as many people as that, the ends are "≤ 5 %" and "≥ 95 %". Each
   who left widens the upper end: they cannot be the ones who are not yet there, and a reader knows it.
   A group whose ends would touch shows no new figure; the earlier one stands with its date.
3. *Rounding* to 5, always the same way. *Completed* is rounded and *not yet* is what then remains of the
   rounded learners, so it tells nothing more. The threshold is rounded up to a multiple of 5, never below 5.
4. *Totals come from released figures*, never from raw ones. So they tell nothing more, no second cell has
   to be hidden to protect a first, and why something is hidden tells nothing: whether a figure appears
   depends on how many people there are and have left, never on how they stand.
5. *One cut.* What is counted by cohort is never also counted by role, and filters are never crossed. Where
   the places themselves are sensitive, as roles are, groups are cut once from a large batch. Leaders are a place
   beside the cohorts: who leads is counted there and in no cohort (unless their cohort was counted first), is in
   no total with learners, and waits for a full group of leaders. Leading means managing the organisation's
   account, which colleagues see; what somebody chose to say of their own work is never used for it.
6. *One snapshot a week*, on a fixed day. That a figure moved only once enough had changed would tell how
   it stood before, so nothing waits for that.

Why it holds. People of a group who are there at the same time can change places without changing any
figure. If somebody in the group stands the other way, that is the second answer. If nobody does, the
count lies at an end, and one more or fewer lies there too, whatever the week: completing is never undone,
the lower end never moves and the upper end grows by those who left.

The limits. Who knows how *threshold - 1* or more others stand can narrow it down, and who knows all others
but one may see that one (rounding leaves them guessing except where a figure is about to move): no figure
that is right to within 5 prevents that. "≥ 95 %" says that nearly everybody has. Cohort membership is
taken as known, not protected; group sizes are rounded all the same. Different modules are taken as
separate facts: what follows from one another (started and completed; quiz answers and completion) may not
be released by different cuts. The promise is about these figures; named reports to a cohort's own trainer
are another page. If the threshold is changed, the lowest it ever was counts. Who leaves and returns stays counted
as they first left; somebody erased who returns under a new account is a new person here, and a reader who
sees through that knows more than is promised against. ``tables.release_table`` is for one table by itself.

``rule`` judges one group, ``figures`` are what may be shown, ``tables`` add them up, ``snapshots`` carry
groups from week to week.
"""
