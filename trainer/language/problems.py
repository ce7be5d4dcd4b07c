"""What is wrong with a lexicon: where, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.errors import Invalid


@dataclass(frozen=True, slots=True)
class LexiconProblem:
    """One mistake. ``line`` counts from 1."""

    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}. {self.remedy}"


class LexiconProblems(Invalid):
    """The lexicon cannot be used; ``problems`` lists every reason why, in the order of the file."""

    def __init__(self, path: str, problems: list[LexiconProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: one.line))
        shown = "\n".join(f"{path}, {one}" for one in self.problems[:20])
        super().__init__(f"The lexicon cannot be used.\n{shown}", "Mend these lines and try again.")
