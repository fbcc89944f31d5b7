"""The commands that look at a loaded pack's examples: roteiro report, roteiro learn."""

import argparse
import json
from collections.abc import Iterator

from roteiro.cli.bar import ProgressBar
from roteiro.cli.commands import Commands
from roteiro.cli.saying import say
from roteiro.errors import NotFound
from roteiro.matching.report import Report, report_on
from roteiro.settings import read_settings
from roteiro.usecases.publishing import ranked_entries
from roteiro.wiring import open_house

__all__ = ["add_commands"]


def add_commands(commands: Commands) -> None:
    """Add report and learn to the command line."""
    report = commands.add_parser("report", help="what to look at before publishing: confusable scripts and examples")
    report.add_argument("pack", help="name of a loaded pack")
    report.add_argument("--json", action="store_true", help="print one JSON object")
    report.set_defaults(command=_report)
    learn = commands.add_parser("learn", help="propose examples from what customers confirmed; adds nothing")
    learn.add_argument("pack", help="name of a loaded pack")
    learn.add_argument("--json", action="store_true", help="print one JSON object")
    learn.add_argument("--labels", action="store_true", help="list the confirmed messages instead, one JSON a line")
    learn.set_defaults(command=_learn)


def _report(asked: argparse.Namespace) -> None:
    house = open_house("cli", read_settings())
    entries = ranked_entries(asked.pack, house.shelf, house.kept)
    if not entries:
        raise NotFound(f"the pack {asked.pack} has no published scripts: run `roteiro load` first")
    found = report_on(entries, progress=ProgressBar(asked.pack))
    if asked.json:
        say(json.dumps(found._asdict(), ensure_ascii=False, indent=1))
        return
    for line in _lines(found):
        say(line)


def _lines(report: Report) -> Iterator[str]:
    yield f"cross-validated accuracy {report.accuracy:.1%}"
    for script, (right, count) in report.by_script.items():
        yield f"  {script}: {right} of {count}"
    for pair in report.confusable:
        yield f"confusable: {pair.times} examples of {pair.script_id} look like {pair.taken_for}"
    for stray in report.contradicting:
        yield f"contradicts {stray.script_id}, looks like {stray.taken_for}: {stray.example}"
    for twin in report.duplicates:
        yield f"nearly the same ({twin.likeness}): {twin.script_id} {twin.example!r}, {twin.other_id} {twin.other!r}"


def _learn(asked: argparse.Namespace) -> None:
    from roteiro.usecases.learning import propose, stored_labels

    house = open_house("cli", read_settings())
    labels = (label for label in stored_labels(house.store) if label.pack == asked.pack)
    if asked.labels:
        for label in labels:
            say(json.dumps(label.as_json(), ensure_ascii=False))
        return
    proposals = propose(labels, asked.pack, house.shelf, house.kept, ProgressBar(asked.pack))
    if asked.json:
        say(json.dumps([proposal.as_json() for proposal in proposals], ensure_ascii=False, indent=1))
        return
    for one in proposals:
        own = f"{one.own_before:.1%} -> {one.own_after:.1%} of its own examples"
        say(f"{one.script} {one.title}: {own}, {one.before:.1%} -> {one.after:.1%} of all")
        say("\n".join(f"  + {example}" for example in one.examples))
    say(f"{len(proposals)} scripts with proposals; nothing was added: put what you accept into match.examples.")
