"""The process edge: whatever goes wrong becomes one sentence on stderr and an exit code."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from textwrap import fill

from cyclopts import App, CycloptsError, UnknownOptionError
from cyclopts.exceptions import MissingArgumentError, UnusedCliTokensError

from api.cli.named_settings import refuse_misspelt
from api.cli.readers import readers_may_leave
from api.cli.told_now import told_now
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.spoken import SETTING, speak_as_set, speak_as_typed, spoken_for_one_command
from api.unwelcome import harmless
from ledger.errors import IntegrityFailure, LedgerError

STANDARD_INPUT = "@-"
"""What a bare `-` is taken for: the parser would see an option without a name in it."""
DONE, FOUND, NOT_DONE, INTERRUPTED = 0, 1, 2, 130
ASKED: ContextVar[str] = ContextVar("asked", default="caseledger")
"""Which command is asked, without what it is given, as a refusal of it goes on record."""


def run(
    menu: Callable[[Sequence[str]], App], arguments: Sequence[str], *, alone: bool = False
) -> int:
    """Runs one command; the exit code is 0 done, 1 something was found, 2 not done, 130 interrupted.

    It is so whether or not anybody reads what it says to the end. A command that is `alone` has its
    process to itself.
    """
    with readers_may_leave(), spoken_for_one_command():
        return _ran(menu, arguments, alone=alone)


def _ran(menu: Callable[[Sequence[str]], App], arguments: Sequence[str], *, alone: bool) -> int:
    try:
        words = [STANDARD_INPUT if word == "-" else word for word in arguments]
        refuse_misspelt(os.environ, words)
        speak_as_set(os.environ)
        app = menu(arguments)
        with _imported_to_stay() if alone else nullcontext():
            asked = app.parse_commands(words)[0]
        ASKED.set(" ".join(("caseledger", *asked)))
        code = app(words, exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except CycloptsError as error:
        _speak_as_asked(menu(arguments), arguments)
        return _not_understood(error)
    except IntegrityFailure as error:
        return _ended(str(error), FOUND)
    except LedgerError as error:
        return _not_done(str(error))
    except BrokenPipeError:
        return _reader_gone()
    except OSError as error:
        return _not_done(_of_the_system(error))
    except KeyboardInterrupt:
        return _ended("Stopped; what was acknowledged is recorded.", INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the one place where a defect meets a person
        if os.environ.get("CASELEDGER_LOG"):
            traceback.print_exc()
        said = " ".join(str(error).split())
        return _not_done(
            f"A defect of caseledger ({type(error).__name__}: {said}): nothing half-done was recorded; "
            "please report it, with what CASELEDGER_LOG=1 shows."
        )
    return code if isinstance(code, int) else DONE


@contextmanager
def _imported_to_stay() -> Generator[None]:
    """What is imported here is not looked through for rubbish, then or later: it was a quarter of a short command."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _speak_as_asked(app: App, words: Sequence[str]) -> None:
    """What was typed and no command takes is told in the language in which the command was asked."""
    command = app.parse_commands(words)[1][-1]
    takes = command.assemble_argument_collection() if command.default_command else ()
    for each in takes:
        if SETTING in (each.parameter.env_var or ()):
            speak_as_typed(words, each.names)


def _not_understood(error: CycloptsError) -> int:
    match error:
        case UnknownOptionError():
            asked = ASKED.get().removeprefix("caseledger ")
            why = told_now(asked, error.token.keyword or error.token.value)
            return _not_done(why) if why else _not_asked_so(_by_its_place(error) or str(error))
        case UnusedCliTokensError():
            return _not_asked_so(_too_much(error))
        case MissingArgumentError():
            return _not_asked_so(_missing(error))
        case _:
            return _not_asked_so(str(error))


def _by_its_place(error: UnknownOptionError) -> str | None:
    """That what was named as an option is given by its place; None where the command takes nothing so called.

    The option that is spelt most like it is another one: `--reason` was asked whether it meant `--json`.
    """
    option = (error.token.keyword or error.token.value).partition("=")[0]
    placed = [each.name for each in error.argument_collection if each.name.isidentifier()]
    if option.removeprefix("--").replace("-", "_").upper() not in placed:
        return None
    return (
        f"{option} is given by its place, without its name: `{' '.join((ASKED.get(), *placed))}`."
    )


def _too_much(error: UnusedCliTokensError) -> str:
    """What was given beyond what a command takes; where one word was, and it takes a team as an option, by which.

    Commands that record something take there the team acted for, which is another matter.
    """
    unused = error.unused_tokens or []
    takes = (
        error.app.assemble_argument_collection() if error.app and error.app.default_command else ()
    )
    options = {name for each in takes for name in each.names}
    if len(unused) == 1 and "--team" in options and "--command-id" not in options:
        return (
            f"'{unused[0]}' is more than this command takes: it takes a team as --team {unused[0]}."
        )
    return f"'{' '.join(unused)}' is more than this command takes."


def _missing(error: MissingArgumentError) -> str:
    """What a command was not given: that a parameter requires an argument sounds as if it had been said."""
    name = error.argument.name if error.argument is not None else "more"
    needs = name if error.keyword is None else f"a value after {error.keyword}"
    meant = str(error).partition(" requires an argument.")[2]
    return f"`{ASKED.get()}` needs {needs}.{meant}"


def _of_the_system(error: OSError) -> str:
    place = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{place}: put that right and try again."


def _reader_gone() -> int:
    """Whoever a file was written out for has seen enough: the rest of it is not written."""
    sys.stdout.flush()
    return DONE


def _not_done(sentence: str) -> int:
    return _ended(sentence, NOT_DONE)


def _not_asked_so(sentence: str) -> int:
    """What was typed is none of the command's: it is said what is wrong with it, and where it is explained."""
    return _not_done(
        f"{as_spoken(_sentence(sentence))} {as_spoken(f'See `{ASKED.get()} --help`.')}"
    )


def _ended(sentence: str, code: int) -> int:
    said = as_spoken(sentence.rstrip())
    sys.stderr.write(f"{_fitting(harmless(said))}\n")
    return code


def _fitting(sentence: str) -> str:
    """On a terminal no word is broken at the end of a line; elsewhere a sentence is a line."""
    if not sys.stderr.isatty():
        return sentence
    width = shutil.get_terminal_size().columns
    return "\n".join(
        fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in sentence.splitlines()
    )


def _sentence(said: str) -> str:
    said = " ".join(said.split())
    return said if said.endswith((".", "?", "!")) else f"{said}."
