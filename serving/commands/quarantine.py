import typer

app = typer.Typer(no_args_is_help=True)


@app.command("x")
def x() -> None:
    pass


def erase() -> None:
    pass


def world() -> None:
    pass
