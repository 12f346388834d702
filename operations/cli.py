"""The command `portrait`: from files of records to a served portrait. Heavy rooms are imported inside commands."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Literal

import typer

from operations import (
    absence,
    compare,
    court,
    models,
    nights,
    outcomes,
    people,
    plans,
    promotion,
    pruning,
    queues,
    replays,
    sensitivity,
    watching,
)
from operations.say import fail, language
from vocabulary.problems import PortraitError

app = typer.Typer(
    name="portrait",
    help="Debtors' ability to pay: records in, portraits and a queue out. 被执行人履行能力画像。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _settings(
    home: Annotated[str, typer.Option(help="Folder of the court's data (PORTRAIT_HOME). 数据目录")] = "",
    lang: Annotated[
        Literal["zh", "en", ""], typer.Option(help="Language of messages; from LANG by default. 语言")
    ] = "",
) -> None:
    if home:
        os.environ["PORTRAIT_HOME"] = home
    if lang:
        os.environ["PORTRAIT_LANGUAGE"] = lang


court.add_to(app)
outcomes.add_to(app)
models.add_to(app)
compare.add_to(app)
sensitivity.add_to(app)
absence.add_to(app)
people.add_to(app)
nights.add_to(app)
queues.add_to(app)
plans.add_to(app)
promotion.add_to(app)
watching.add_to(app)
replays.add_to(app)
pruning.add_to(app)


def main() -> None:
    """Run the command; a problem is said in the reader's language with its next step, and ends with code 2."""
    try:
        app()
    except PortraitError as error:
        fail(error.problem, language())
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
