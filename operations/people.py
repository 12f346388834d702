"""Commands for people at work: serve, sign-in keys, the demonstration, documents written from the code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from operations.say import say, table
from vocabulary.text import Text

if TYPE_CHECKING:
    from operations.settings import Settings

keys = typer.Typer(help="Sign-in keys of people and programs. 登录密钥", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("serve")(serve)
    app.command("demo")(demo)
    app.command("docs")(docs)
    keys.command("add")(add_key)
    keys.command("revoke")(revoke_key)
    app.add_typer(keys, name="keys")


def serve(
    host: Annotated[str, typer.Option(help="Address; PORTRAIT_HOST by default. 地址")] = "",
    port: Annotated[int, typer.Option(help="Port; PORTRAIT_PORT by default. 端口")] = 0,
) -> None:
    """Serve the API and the pages. 启动服务。"""
    from operations.settings import Settings

    run_service(Settings(), host=host, port=port)


def demo(
    cases: Annotated[int, typer.Option(min=400, help="Cases of the synthetic court. 案件数")] = 4000,
    seed: Annotated[int, typer.Option(help="Seed of the synthetic court. 随机种子")] = 7,
    port: Annotated[int, typer.Option(help="Port to serve on. 端口")] = 8000,
    stay: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve when all is ready. 完成后启动服务")
    ] = True,
) -> None:
    """A synthetic court from records to a portrait page: simulate, load, train, score, serve. 演示。"""
    from operations.demo import prepare

    prepared = prepare(cases=cases, seed=seed, port=port)
    prepared.announce()
    if stay:
        run_service(prepared.settings, port=port, fixed=prepared.fixed_keys)


def docs() -> None:
    """Write the documents that are made from the code. 重新生成文档。"""
    from operations.documents import write_all

    for path in write_all(Path("docs")):
        say(str(path))


def add_key(
    role: Annotated[Literal["judge", "clerk", "analyst", "auditor"], typer.Option(help="Role. 角色")],
    label: Annotated[str, typer.Option(help="Whose key it is. 持有人")],
    court: Annotated[str | None, typer.Option(help="Only this court's cases. 限定法院")] = None,
) -> None:
    """Issue a key; it is shown once. 发放密钥（仅显示一次）。"""
    from operations.service import key_ring
    from operations.settings import Settings
    from serving.permissions import Role

    with key_ring(Settings()) as ring:
        say(ring.issue(role=Role(role), label=label, court=court))


def revoke_key(
    key_id: Annotated[str, typer.Argument(help="The part of the key before the dot. 密钥编号")],
) -> None:
    """Take a key back. 收回密钥。"""
    from operations.service import key_ring
    from operations.settings import Settings

    with key_ring(Settings()) as ring:
        gone = ring.take_back(key_id)
    table("keys", ("key", "revoked"), [(key_id, gone)])


def run_service(settings: Settings, *, host: str = "", port: int = 0, fixed: tuple[object, ...] = ()) -> None:
    """Run the service until it is stopped."""
    from operations.service import run

    where, at = host or settings.host, port or settings.port
    say(
        Text(
            zh=f"服务地址 http://{where}:{at}（Ctrl+C 停止）",
            en=f"Serving on http://{where}:{at} (Ctrl+C stops)",
        )
    )
    run(settings, host=where, port=at, fixed=fixed)
