"""``python -m bench.lens``: how long the language lens takes, on the texts of this repository. A minute at most."""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from trainer.language.loading import load_lens
from trainer.language.matcher import Lens

ROOT = Path(__file__).parent.parent
LEXICON = ROOT / "content" / "lexicon.yaml"
WORDS = 20_000
MARKUP = re.compile(r"[#>|*`]|\{[^{}]*\}|\[\^[^\]]*\]")
THICK = (
    "He is manipulative and attention seeking. She refused meds again and lacks insight. Non-compliant, kicking off. "
)


def main() -> None:
    """Print a table: the best of so many rounds, in milliseconds."""
    parser = argparse.ArgumentParser(prog="python -m bench.lens", description=__doc__)
    parser.add_argument("--rounds", type=int, default=25, help="the best of so many is shown")
    rounds = parser.parse_args().rounds
    lens = load_lens(LEXICON)
    print(f"load, {len(lens.lexicon.entries)} entries{best(lambda: load_lens(LEXICON), rounds):31.1f} ms")
    for name, text in texts().items():
        print(shown(name, text, lens, rounds))


def texts() -> dict[str, str]:
    """Prose, lines that are nearly all worth pointing at, and the same four sentences over and over."""
    modules = sorted((ROOT / "content" / "modules").glob("*/*.md"))
    corpus = sorted((ROOT / "tests" / "language" / "corpus").glob("*.jsonl"))
    lines = [json.loads(line)["text"] for path in corpus for line in path.read_text(encoding="utf-8").splitlines()]
    return {
        "prose of the modules": of_length(MARKUP.sub("", path.read_text(encoding="utf-8")) for path in modules),
        "lines of the corpus": of_length(["\n".join(lines)]),
        "hits and nothing else": of_length([THICK]),
    }


def of_length(pieces: Iterable[str]) -> str:
    """WORDS words: the pieces one after the other, again from the start where they are too few."""
    kept = list(pieces)
    text = whole = "\n\n".join(kept)
    while len(text.split()) < WORDS:
        text += whole
    return re.match(rf"(?:\s*\S+){{{WORDS}}}", text).group()  # type: ignore[union-attr]


def shown(name: str, text: str, lens: Lens, rounds: int) -> str:
    """One line of the table."""
    look = lens.look(text)  # the first look works out the phrases that the text needs
    found = f"{len(look.findings)} findings, {len(look.spared)} left alone"
    return f"{name:22} {len(text.split()):,} words  {found:34} {best(lambda: lens.look(text), rounds):6.1f} ms"


def best(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds of the quickest round: the others tell of the machine."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return min(took) * 1000


if __name__ == "__main__":
    main()
