"""The command line: what there is, and how it ends."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence

from cli import verify
from cli.errors import CannotRun
from core.errors import MinutierError
from core.settings import SettingsInvalid

Command = Callable[[argparse.Namespace], int | None]
_REFUSED, _INTERRUPTED = 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 it did not hold, 2 it could not be run."""
    given = _parser().parse_args(arguments)
    _log_to_stderr()
    command: Command = given.command
    try:
        return command(given) or 0
    except SettingsInvalid as error:
        lines = "\n  ".join(str(error).splitlines())
        return _refuse(f"the settings are not usable:\n  {lines}")
    except CannotRun as error:
        return _refuse(str(error))
    except MinutierError as error:
        return _refuse(f"{error.title}: {error.detail}")
    except KeyboardInterrupt:
        return _INTERRUPTED


def _log_to_stderr() -> None:
    """Ours from INFO on, or from $MINUTIER_LOG_LEVEL; what others say from WARNING on."""
    logging.basicConfig(format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    level = os.environ.get("MINUTIER_LOG_LEVEL", "INFO").upper()
    for name in ("minutier", "api", "cli", "generators", "jobs", "storage"):
        logging.getLogger(name).setLevel(
            level if level in logging.getLevelNamesMapping() else "INFO"
        )


def _refuse(text: str) -> int:
    sys.stderr.write(f"minutier: {text}\n")
    return _REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="minutier",
        description="Legal acts of debt recovery, from case data to an archive with proof.",
        epilog="Without MINUTIER_… addresses in the environment, commands use the embedded stack "
        "of `make run`, with its data under $MINUTIER_DATA (.data).",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_keys(commands)
    _add_verify(commands)
    _add_rates(commands)
    _add_processes(commands)
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    help_text: str,
    command: Command | None = None,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_text, description=help_text)
    if command is not None:
        parser.set_defaults(command=command)
    return parser


def _add_keys(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    keys = _add(commands, "keys", "make, list and end API keys").add_subparsers(
        required=True, metavar="ACTION"
    )
    create = _add(keys, "create", "make a key and print it, alone and once", _create_key)
    create.add_argument("--tenant", required=True, help="whose key it is: a cabinet's name")
    create.add_argument(
        "--scope",
        action="append",
        default=[],
        help="what it may do, repeatable; '*' (the default) is everything",
    )
    _add(keys, "list", "list the keys, without their secrets", _list_keys)
    revoke = _add(keys, "revoke", "end a key for good", _revoke_key)
    revoke.add_argument("key", help="its identifier, key_…")


def _add_verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    offline = _add(
        commands,
        "verify",
        "verify an evidence package offline: 0 it holds, 1 it does not, 2 unreadable",
        lambda given: verify.verify(given.file, as_json=given.json),
    )
    offline.add_argument("file", help="an evidence.zip, or the folder it was unpacked to")
    offline.add_argument("--json", action="store_true", help="the report as JSON")


def _add_rates(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rates = _add(commands, "rates", "the published rates: what is known, what will be missing")
    actions = rates.add_subparsers(required=True, metavar="ACTION")
    check = _add(
        actions,
        "check",
        "say which period of each series will be missing and from when, and what is uncertain: "
        "0 all last, 1 one will be missing soon",
        _check_rates,
    )
    check.add_argument(
        "--days", type=_count, default=31, help="how long each must last (%(default)s)"
    )
    _add(actions, "list", "list every rate that is known", _list_rates)
    add = _add(actions, "add", "add the next published rate of a series", _add_rate)
    add.add_argument("series", help="ecb_refinancing, legal_interest_other, …")
    add.add_argument("period", help="half-year, such as 2027-S1")
    add.add_argument("percent", help="such as 2.65")
    add.add_argument("--source", required=True, help="the order or the decision, in French")
    add.add_argument("--published-on", required=True, help="day of publication, YYYY-MM-DD")
    add.add_argument("--source-url", help="address of the publication")
    add.add_argument("--effective-on", help="ECB series: day from which it was in force")
    add.add_argument("--doubt", help="why it is not certain, in French")


def _add_processes(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _add(commands, "run", "run everything in the foreground, on 127.0.0.1:$PORT (8000)", _run)
    api = _add(commands, "api", "run the API server", _api)
    api.add_argument("--bind", default="127.0.0.1:8000", help="address and port (%(default)s)")
    api.add_argument("--workers", type=_count, default=2, help="processes (%(default)s)")
    api.add_argument("--threads", type=_count, default=8, help="threads of each (%(default)s)")
    worker = _add(commands, "worker", "run workers, and a dispatcher beside them", _worker)
    worker.add_argument(
        "--processes", type=_count, default=1, help="each with a LibreOffice (%(default)s)"
    )
    _add(commands, "worker-process", "be one worker, as `worker` starts them", _worker_process)
    _add(commands, "dispatcher", "run a dispatcher alone; any number may run", _dispatcher)
    _add(commands, "migrate", "bring the database up to date, make sure of the buckets", _migrate)
    _add(commands, "doctor", "ask each part how it is", _doctor)


def _count(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= 256:  # noqa: PLR2004 - more is a slip of the hand
        raise argparse.ArgumentTypeError(f"a whole number from 1 to 256, not {text!r}")
    return number


# What follows imports late, so that `verify` needs none of it and `--help` answers at once.


def _create_key(given: argparse.Namespace) -> None:
    from cli import keys  # noqa: PLC0415 - as said above

    keys.create(os.environ, given.tenant, given.scope)


def _list_keys(_given: argparse.Namespace) -> None:
    from cli import keys  # noqa: PLC0415 - as said above

    keys.show(os.environ)


def _revoke_key(given: argparse.Namespace) -> None:
    from cli import keys  # noqa: PLC0415 - as said above

    keys.revoke(os.environ, given.key)


def _check_rates(given: argparse.Namespace) -> int:
    from cli import rates  # noqa: PLC0415 - as said above

    return rates.check(os.environ, given.days)


def _list_rates(_given: argparse.Namespace) -> None:
    from cli import rates  # noqa: PLC0415 - as said above

    rates.show(os.environ)


def _add_rate(given: argparse.Namespace) -> None:
    from cli import rates  # noqa: PLC0415 - as said above

    rates.add(os.environ, vars(given))


def _run(_given: argparse.Namespace) -> None:
    from cli import serve  # noqa: PLC0415 - as said above

    serve.run(os.environ)


def _api(given: argparse.Namespace) -> None:
    from cli import serve  # noqa: PLC0415 - as said above

    serve.api(os.environ, bind=given.bind, workers=given.workers, threads=given.threads)


def _worker(given: argparse.Namespace) -> None:
    from cli import serve  # noqa: PLC0415 - as said above

    serve.worker(os.environ, given.processes)


def _worker_process(_given: argparse.Namespace) -> None:
    from cli import serve  # noqa: PLC0415 - as said above

    serve.worker_process(os.environ)


def _dispatcher(_given: argparse.Namespace) -> None:
    from cli import serve  # noqa: PLC0415 - as said above

    serve.dispatcher(os.environ)


def _migrate(_given: argparse.Namespace) -> None:
    from cli import serve  # noqa: PLC0415 - as said above

    serve.migrate(os.environ)


def _doctor(_given: argparse.Namespace) -> int:
    from cli.doctor import doctor  # noqa: PLC0415 - as said above

    return doctor(os.environ)


if __name__ == "__main__":
    sys.exit(main())
