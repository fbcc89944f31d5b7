"""The command line: run, load, lint, test, export, evaluate, report, learn, deliver, token, role."""

import argparse
import csv
import json
import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from roteiro.domain.linting import ERROR, Finding, sentence
from roteiro.domain.roles import ROLES
from roteiro.domain.sheets import left_out
from roteiro.domain.texts import DEFAULT_LOCALE, LOCALES
from roteiro.errors import Conflict, InvalidRequest, InvalidSetting, NotFound, RoteiroError
from roteiro.settings import Secret, Settings, environment_of_server, read_settings
from roteiro.usecases.catalogue import LOADER, load_pack
from roteiro.usecases.exporting import audit_entries, audited, published_scripts
from roteiro.usecases.importing import counted, judge, to_publish
from roteiro.usecases.keys import KeyOrder, Maker, make_key
from roteiro.usecases.publishing import Plan, change, ranked_entries
from roteiro.usecases.staff import Entry, put_entry, remove_entry
from roteiro.web.house import House
from roteiro.web.identity import ALL_SCOPES, key_hash
from roteiro.web.identity.development import open_development
from roteiro.wiring import SystemClock, open_house, open_ledger, open_stage, open_tables

__all__ = ["ProgressBar", "main"]

_ROOT = Path(__file__).resolve().parents[2]
_BAR = 30  # characters of a progress bar
_FIRST_BAD = 20  # bad lines of an import that are printed; a file takes all of them
_LETTERS = 50  # webhooks between two looks at what is due


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 with one clear message on stderr."""
    asked = _arguments(argv)
    try:
        asked.command(asked)
    except InvalidSetting as error:
        print(f"roteiro: wrong settings:\n{error}", file=sys.stderr)
        return 1
    except RoteiroError as error:
        print(f"roteiro: {error}", file=sys.stderr)
        _print_faults(error)
        return 1
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="roteiro", description="Customer-service chat that walks scripts")
    commands = parser.add_subparsers(required=True, metavar="command")
    run = commands.add_parser("run", help="load the packs, then serve everything on one port")
    run.set_defaults(command=_run)
    load = commands.add_parser("load", help="publish what changed in pack folders or files of scripts")
    load.add_argument("packs", nargs="*", type=Path, help="pack folders or files; without any, the folders in packs/")
    load.set_defaults(command=_load)
    lint = commands.add_parser("lint", help="say what is wrong or doubtful in scripts, before anybody publishes them")
    lint.add_argument("paths", nargs="+", type=Path, help="pack folders, or files in YAML, JSON or CSV")
    lint.add_argument("--strict", action="store_true", help="fail on warnings too")
    lint.add_argument("--json", action="store_true", help="print one JSON list")
    lint.add_argument("--language", choices=LOCALES, default=DEFAULT_LOCALE, help="of the sentences")
    lint.set_defaults(command=_lint)
    _export_arguments(commands)
    evaluate = commands.add_parser("evaluate", help="measure the matcher on messages it has not seen")
    evaluate.add_argument("train", type=Path, help="CSV with the header script,text; an empty text declares a script")
    evaluate.add_argument("test", type=Path, help="CSV with the header script,text; an empty script is out of scope")
    evaluate.add_argument("--titles", action="store_true", help="each label is its script's title")
    evaluate.add_argument("--tier", type=int, choices=(1, 2), default=1, help="2 asks ROTEIRO_EMBEDDING_MODEL too")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")
    evaluate.add_argument(
        "--predictions", type=Path, help="write script,text,predicted,confidence,decision to this file"
    )
    evaluate.set_defaults(command=_evaluate)
    report = commands.add_parser("report", help="what to look at before publishing: confusable scripts and examples")
    report.add_argument("pack", help="name of a loaded pack")
    report.add_argument("--json", action="store_true", help="print one JSON object")
    report.set_defaults(command=_report)
    learn = commands.add_parser("learn", help="propose examples from what customers confirmed; adds nothing")
    learn.add_argument("pack", help="name of a loaded pack")
    learn.add_argument("--json", action="store_true", help="print one JSON object")
    learn.add_argument("--labels", action="store_true", help="list the confirmed messages instead, one JSON a line")
    learn.set_defaults(command=_learn)
    deliver = commands.add_parser("deliver", help="send the webhooks that are due")
    deliver.set_defaults(command=_deliver)
    test = commands.add_parser("test", help="play a pack's test conversations in memory")
    test.add_argument("paths", nargs="+", type=Path, help="pack folders, or test files of one")
    test.set_defaults(command=_test)
    _add_rights(commands)
    return parser.parse_args(argv)


def _export_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = commands.add_parser("export", help="write the published scripts, or the audit, to a file")
    export.add_argument("--pack", default="", help="name of a loaded pack; without it, all")
    export.add_argument("--format", choices=("yaml", "json", "csv"), default="yaml", help="csv leaves keys out")
    export.add_argument("--output", type=Path, help="the file to write; without it, standard output")
    export.add_argument("--audit", action="store_true", help="write the audit instead, one JSON entry a line")
    export.add_argument("--check", action="store_true", help="write nothing, prove that the audit is whole")
    export.set_defaults(command=_export)


def _add_rights(commands: Any) -> None:
    contracts = commands.add_parser("contracts", help="public contracts, as Portal da Transparência publishes them")
    verbs = contracts.add_subparsers(required=True, metavar="verb")
    reads = verbs.add_parser("import", help="read monthly files, again as often as wanted; bad lines are passed over")
    reads.add_argument("files", nargs="+", type=Path, help="ZIP, or CSV such as 202401_Compras.csv")
    reads.add_argument("--bad-lines", type=Path, help="write every bad line and its reason to this file")
    reads.add_argument("--language", choices=LOCALES, default=DEFAULT_LOCALE, help="of the reasons")
    reads.set_defaults(command=_import_contracts)
    token = commands.add_parser("token", help="make an API key; it is shown once")
    token.add_argument("name", help="who will use it")
    token.add_argument("scopes", nargs="+", help=", ".join(sorted(ALL_SCOPES)))
    token.set_defaults(command=_token)
    role = commands.add_parser("role", help="say what a person of ROTEIRO_OIDC_ISSUER may do")
    role.add_argument("subject", help="the person: `sub` in their ID tokens")
    role.add_argument("role", choices=(*ROLES, "none"), help="none takes every right away")
    role.add_argument("--grant", action="append", default=[], metavar="SCOPE", help="a single scope beyond the role")
    role.add_argument("--name", default="", help="the name that customers may read")
    role.set_defaults(command=_role)


def _run(_: argparse.Namespace) -> None:
    settings = read_settings()
    _check_port(settings)
    if settings.is_local and not settings.admin_key:
        settings = replace(settings, admin_key=Secret(secrets.token_urlsafe(24)))
    house = open_house("cli", settings)
    _load_packs(house, [])
    settings, tokens = _with_development_issuer(settings, house)
    page = f"http://{settings.host}:{settings.port}"
    print(f"\n  Chat page   {page}/\n  API         {page}/docs/")
    if settings.is_local:
        print(f"  Admin key   {settings.admin_key.reveal()}")
    for role, token in tokens.items():
        print(f"  ID token    of a development {role}, good for 12 hours:\n    {token}")
    print("\n  Stop with Ctrl+C.\n", flush=True)
    _serve(settings)


def _with_development_issuer(settings: Settings, house: House) -> tuple[Settings, Mapping[str, str]]:
    """Give a laptop without an issuer one of its own for this run, and an ID token for each of its people."""
    if not settings.is_local or settings.oidc_issuer:
        return settings, {}
    made = open_development(settings.issuer, settings.audience, house.shelf, house.clock.now())
    return replace(settings, development_keys=made.key_set), made.tokens


def _check_port(settings: Settings) -> None:
    """Raise InvalidSetting if somebody listens there already: the server would say so in a dozen lines."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            raise InvalidSetting(f"PORT cannot be used ({where}: {error.strerror}): set another one.") from error


def _serve(settings: Settings) -> None:
    """Become the platform's own server, so that a laptop runs what a deployed function runs."""
    arguments = ["--target", "app", "--source", str(_ROOT / "main.py"), "--signature-type", "http"]
    where = ["--host", settings.host, "--port", str(settings.port)]
    command = [sys.executable, "-m", "functions_framework", *arguments, *where]
    os.execve(sys.executable, command, environment_of_server(settings))


def _load(asked: argparse.Namespace) -> None:
    _load_packs(open_house("cli", read_settings()), asked.packs)


def _load_packs(house: House, folders: Sequence[Path]) -> None:
    from roteiro.files.packs.folders import find_packs, read_pack

    house.prepare()
    wanted = folders or find_packs(_ROOT / "packs")
    _refuse_faulty([folder for folder in wanted if not folder.is_file()])
    for folder in wanted:
        if folder.is_file():
            _load_file(house, folder)
            continue
        read = read_pack(folder)
        admin = house.admin(LOADER, ProgressBar(read.pack.name))
        loaded = load_pack(read.pack, read.scripts, admin)
        print(f"{read.pack.name}: {len(read.scripts)} scripts, {len(loaded.changed)} changed")
        if loaded.left_alone:
            print(f"  left alone, a person changed them since: {', '.join(map(str, loaded.left_alone))}")


def _refuse_faulty(folders: Sequence[Path]) -> None:
    """Raise InvalidRequest if lint finds errors in a pack folder, before any of them is loaded."""
    from roteiro.files.packs.folders import lint_files

    for folder in folders:
        found = [one for one in lint_files([folder], ProgressBar("lint")) if one.finding.level == ERROR]
        for one in found:
            print(_line(*one, DEFAULT_LOCALE), file=sys.stderr)
        if found:
            raise InvalidRequest(f"{folder}: {len(found)} errors; nothing was published")


def _load_file(house: House, path: Path) -> None:
    """Publish what is new or changed in a file, all of it or nothing."""
    from roteiro.files.packs.folders import read_file

    admin = house.admin(LOADER, ProgressBar(path.name))
    judged = judge(read_file(path), house.pack_front(), admin, drafts=False)
    for one in judged:
        for finding in one.errors:
            print(_line(path, one.row.line_of(finding.path), finding, DEFAULT_LOCALE), file=sys.stderr)
    counts = counted(judged)
    if counts["failed"]:
        raise InvalidRequest(f"{path}: {counts['failed']} scripts have errors; nothing was published")
    pack, documents = to_publish(judged)
    if documents:
        change(pack, admin, Plan(documents))
    print(f"{path}: " + ", ".join(f"{count} {outcome}" for outcome, count in counts.items()))


def _lint(asked: argparse.Namespace) -> None:
    from roteiro.files.packs.folders import lint_files

    found = list(lint_files(asked.paths, ProgressBar("lint")))
    if asked.json:
        print(json.dumps([_as_json(*one, asked.language) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            print(_line(*one, asked.language))
    errors = sum(one.finding.level == ERROR for one in found)
    said = f"{errors} errors, {len(found) - errors} warnings"
    if errors or (asked.strict and found):
        raise InvalidRequest(said)
    print(said, file=sys.stderr)


def _line(path: Path, line: int, finding: Finding, locale: str) -> str:
    where = f"{finding.path}: " if finding.path else ""
    return f"{path}:{line}: {finding.level} {finding.code} {where}{sentence(finding.code, finding.facts, locale)}"


def _as_json(path: Path, line: int, finding: Finding, locale: str) -> dict[str, Any]:
    facts = {"level": finding.level, "code": finding.code, "path": finding.path}
    return {"file": str(path), "line": line, **facts, "message": sentence(finding.code, finding.facts, locale)}


def _export(asked: argparse.Namespace) -> None:
    house = open_house("cli", read_settings())
    if asked.audit or asked.check:
        (_check_audit if asked.check else _export_audit)(asked, house)
        return
    documents = published_scripts(house.shelf, house.kept, pack=asked.pack)
    if not documents:
        raise NotFound("there are no published scripts to export: run `roteiro load` first")
    content = house.formats.write(documents, asked.format)
    lost = sorted({key for document in documents for key in left_out(document)}) if asked.format == "csv" else []
    if asked.output:
        asked.output.write_bytes(content)
    else:
        print(content.decode(), end="", flush=True)
    print(f"{len(documents)} scripts", file=sys.stderr)
    if lost:
        print(f"  CSV has no column for: {', '.join(lost)}; use YAML or JSON to keep them", file=sys.stderr)


def _export_audit(asked: argparse.Namespace, house: House) -> None:
    today, count = house.clock.now().date(), 0
    with asked.output.open("w", encoding="utf-8") if asked.output else nullcontext(sys.stdout) as file:
        for chain in audited(house.shelf, asked.pack):
            for entry in audit_entries(chain, house.shelf, today, ProgressBar(chain)):
                print(json.dumps(entry, ensure_ascii=False, sort_keys=True), file=file)
                count += 1
    print(f"{count} entries", file=sys.stderr)


def _check_audit(asked: argparse.Namespace, house: House) -> None:
    """Print every place where the audit is not what was written; raises Conflict if there is one."""
    from roteiro.usecases.audit import verify_chain

    chains, bar = audited(house.shelf, asked.pack), ProgressBar("audit")
    flaws = []
    for done, chain in enumerate(chains, 1):
        flaws += verify_chain(chain, house.shelf)
        bar(done / len(chains))
    for flaw in flaws:
        print(f"{flaw.entry}: {flaw.kind}")
    if flaws:
        raise Conflict(f"{len(flaws)} places of the audit are not what was written")
    print(f"{len(chains)} chains are whole: {', '.join(chains)}")


class ProgressBar:
    """A progress bar on stderr, drawn only for a person who watches."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, share: float) -> None:
        """Draw the share done, 0..1."""
        if sys.stderr.isatty():
            done = "#" * round(share * _BAR)
            end = "\n" if share >= 1 else ""
            print(f"\r{self._name}: [{done:<{_BAR}}] {share:4.0%}", end=end, file=sys.stderr, flush=True)


def _evaluate(asked: argparse.Namespace) -> None:
    from roteiro.matching.evaluating import evaluate

    train, test = _rows(asked.train), _rows(asked.test)
    bar = ProgressBar("fit")
    teach = _second_tier(bar) if asked.tier > 1 else None
    found = evaluate(train, test, titles=asked.titles, now=time.perf_counter, progress=bar, teach=teach)
    if asked.predictions:
        _write_predictions(asked.predictions, found["predictions"])
    figures = {name: value for name, value in found.items() if name != "predictions"}
    if asked.json:
        print(json.dumps(figures, indent=1))
    else:
        print("\n".join(f"{name:20} {_figure(value)}" for name, value in figures.items()))


def _second_tier(bar: "ProgressBar") -> Any:
    from roteiro.usecases.vectors import second_look

    embedder = open_house("cli", read_settings()).embedder
    if embedder is None:
        raise InvalidSetting("ROTEIRO_EMBEDDING_MODEL is not set: --tier 2 needs it.")
    return lambda index, entries: second_look(index, entries, embedder, bar)


def _rows(path: Path) -> list[tuple[str, str]]:
    """Read script,text rows; raises InvalidRequest naming the file and the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if not {"script", "text"} <= set(reader.fieldnames or ()):
                raise InvalidRequest(f"{path}: the first line must be script,text")
            return [((row["script"] or "").strip(), row["text"] or "") for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidRequest(f"{path} cannot be read as CSV in UTF-8: {error}") from error


def _write_predictions(path: Path, predictions: Sequence[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["script", "text", "predicted", "confidence", "decision"])
        for one in predictions:
            writer.writerow([one.script, _cell(one.text), one.predicted, f"{one.confidence:.4f}", one.decision])


def _cell(text: str) -> str:
    """Return a customer's text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _figure(value: object) -> str:
    return "-" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)


def _report(asked: argparse.Namespace) -> None:
    from roteiro.matching.report import report_on

    house = open_house("cli", read_settings())
    entries = ranked_entries(asked.pack, house.shelf, house.kept)
    if not entries:
        raise NotFound(f"the pack {asked.pack} has no published scripts: run `roteiro load` first")
    found = report_on(entries, progress=ProgressBar(asked.pack))
    if asked.json:
        print(json.dumps(found._asdict(), ensure_ascii=False, indent=1))
        return
    print(f"cross-validated accuracy {found.accuracy:.1%}")
    for script, (right, count) in found.by_script.items():
        print(f"  {script}: {right} of {count}")
    for pair in found.confusable:
        print(f"confusable: {pair.times} examples of {pair.script_id} look like {pair.taken_for}")
    for stray in found.contradicting:
        print(f"contradicts {stray.script_id}, looks like {stray.taken_for}: {stray.example}")
    for twin in found.duplicates:
        print(f"nearly the same ({twin.likeness}): {twin.script_id} {twin.example!r}, {twin.other_id} {twin.other!r}")


def _learn(asked: argparse.Namespace) -> None:
    from roteiro.usecases.learning import propose, stored_labels

    house = open_house("cli", read_settings())
    labels = (label for label in stored_labels(house.store) if label.pack == asked.pack)
    if asked.labels:
        for label in labels:
            print(json.dumps(label.as_json(), ensure_ascii=False))
        return
    proposals = propose(labels, asked.pack, house.shelf, house.kept, ProgressBar(asked.pack))
    if asked.json:
        print(json.dumps([proposal.as_json() for proposal in proposals], ensure_ascii=False, indent=1))
        return
    for one in proposals:
        print(f"{one.script} {one.title}: {one.own_before:.1%} -> {one.own_after:.1%} of its own examples, ", end="")
        print(f"{one.before:.1%} -> {one.after:.1%} of all")
        print("\n".join(f"  + {example}" for example in one.examples))
    print(f"{len(proposals)} scripts with proposals; nothing was added: put what you accept into match.examples.")


def _deliver(_: argparse.Namespace) -> None:
    from roteiro.usecases.outbox import deliver_due

    office = open_house("cli", read_settings()).office
    while tried := deliver_due(office, _LETTERS):
        for one in tried:
            print(f"{one.id} {one.verdict} {one.status or ''} {one.reason}".rstrip(), flush=True)


def _import_contracts(asked: argparse.Namespace) -> None:
    from roteiro.usecases.contracts import import_contracts

    tables, bad = open_tables(asked.files), list[str]()
    ledger = open_ledger(read_settings())
    with asked.bad_lines.open("w", encoding="utf-8") if asked.bad_lines else nullcontext() as file:

        def hear(line: Any) -> None:
            said = f"{line.file}:{line.line}: {line.sentence(asked.language)}"
            bad.extend([said] if len(bad) < _FIRST_BAD else [])
            print(said, file=file) if file else None

        imported = import_contracts(tables, ledger, SystemClock(), hear, ProgressBar("contracts"))
    print("\n".join(bad), end="\n" if bad else "", file=sys.stderr)
    for name, one in imported.counts.items():
        figures = f"{one.new} new, {one.changed} changed, {one.unchanged} unchanged, {imported.bad[name]} bad"
        print(f"{name}: {figures}")


def _test(asked: argparse.Namespace) -> None:
    results = [passed for path in asked.paths for passed in _played_in(path)]
    if failed := results.count(False):
        raise InvalidRequest(f"{failed} of {len(results)} conversations went otherwise than told")
    if not results:
        raise NotFound("there are no test conversations")
    print(f"{len(results)} conversation{'s' if len(results) > 1 else ''} went as told")


def _played_in(path: Path) -> Iterator[bool]:
    """Load a pack into memory, play its conversations or those of one file, and print how each went."""
    from roteiro.files.packs.folders import read_pack
    from roteiro.usecases.packtests import play_all, told_in

    folder = path if path.is_dir() else path.resolve().parent.parent
    read = read_pack(folder)
    house = open_house("cli", read_settings({"ROTEIRO_DATABASE_URL": "sqlite:///:memory:"}))
    load_pack(read.pack, read.scripts, house.admin(LOADER, ProgressBar(read.pack.name)))
    told = told_in(read.tests, read.scripts)
    chosen = told if path.is_dir() else [one for one in told if one.file == path.name]
    for one, played in play_all(chosen, read.pack.name, house.catalogue(read.pack.name), open_stage()):
        print(f"{'ok  ' if played.passed else 'FAIL'} {one.file}: {played.name}", flush=True)
        if not played.passed:
            print("\n".join(f"     {line}" for line in [*played.transcript, *map(str, played.failures)]))
        yield played.passed


def _token(asked: argparse.Namespace) -> None:
    house = open_house("cli", read_settings())
    house.prepare()
    secret = secrets.token_urlsafe(32)
    order = KeyOrder(asked.name, tuple(asked.scopes), key_hash(secret))
    key = make_key(order, Maker(), shelf=house.shelf, now=house.clock.now())
    print(f"rk_{key['id']}_{secret}")


def _role(asked: argparse.Namespace) -> None:
    house = open_house("cli", read_settings())
    house.prepare()
    issuer, subject, now = house.policy.issuer, asked.subject, house.clock.now()
    if asked.role == "none":
        remove_entry(issuer, subject, Maker(), shelf=house.shelf, now=now)
        print(f"{subject} of {issuer} has no role any more")
        return
    entry = Entry(issuer, subject, asked.role, tuple(asked.grant), asked.name)
    stored = put_entry(entry, Maker(), shelf=house.shelf, now=now)
    print(f"{subject} of {issuer}: {' + '.join([stored['role'], *stored['grants']])}")


def _print_faults(error: RoteiroError) -> None:
    if isinstance(error, InvalidRequest):
        for fault in error.faults:
            facts = " ".join(f"{name}={value}" for name, value in fault.facts)
            print(f"  {fault.path}: {fault.code} {facts}".rstrip(), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
