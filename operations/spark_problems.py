"""What may be wrong with Spark on this machine or a cluster, said with its next step."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

LEAST_JAVA, MOST_JAVA = 17, 21
_INSTALL_JAVA = Text(
    zh="请安装Java 17（Debian：apt-get install openjdk-17-jre-headless），或将JAVA_HOME指向Java 17或21；"
    "不用Spark时：portrait nightly --engine embedded。",
    en="Install Java 17 (Debian: apt-get install openjdk-17-jre-headless) or point JAVA_HOME at a Java 17 or 21; "
    "without Spark: portrait nightly --engine embedded.",
)


def java() -> Path | None:
    """The Java that Spark would start: that of JAVA_HOME, else the one on the path; None without one."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    return Path(found) if found else None


def refuse_without_java() -> None:
    """Raises PortraitError `spark.java_missing` without a Java that PySpark 4.3 runs on."""
    found = java()
    if found is None:
        raise _no_java(Text(zh="未找到Java。", en="No Java was found."))
    version = _version(found)
    if version is not None and not LEAST_JAVA <= version <= MOST_JAVA:
        raise _no_java(
            Text(
                zh=f"找到的是Java {version}，PySpark 4.3需要17至21。",
                en=f"Java {version} was found; PySpark 4.3 runs on 17 to 21.",
            )
        )


def missing() -> PortraitError:
    """PySpark is not installed."""
    return PortraitError(
        Problem(
            code="spark.missing",
            title=Text(zh="未安装PySpark", en="PySpark is not installed"),
            detail=Text(
                zh="--engine spark需要PySpark。",
                en="The engine spark needs PySpark, which is not installed here.",
            ),
            next_step=Text(
                zh="请运行make setup，或pip install 'debtor-portrait[spark]'；不用Spark时：--engine embedded。",
                en="Run make setup, or install the extra [spark]; without Spark: --engine embedded.",
            ),
        )
    )


def no_session(master: str, error: Exception) -> PortraitError:
    """Spark did not start."""
    return PortraitError(
        Problem(
            code="spark.no_session",
            title=Text(zh="Spark未能启动", en="Spark did not start"),
            detail=Text(
                zh=f"主节点[{master}]上未能建立会话：{_last_line(error)}",
                en=f"No session came up on the master [{master}]: {_last_line(error)}",
            ),
            next_step=Text(
                zh="请检查--master（本机用local[2]）、网络和Java版本（17或21）。",
                en="Check --master (local[2] on this machine), the network, and the version of Java (17 or 21).",
            ),
            values={"master": master},
        )
    )


def failed(error: Exception) -> PortraitError:
    """A worker could not do its part."""
    return PortraitError(
        Problem(
            code="spark.failed",
            title=Text(zh="Spark上的计算未完成", en="The work on Spark was not finished"),
            detail=Text(
                zh=f"有计算节点报告：{_last_line(error)}", en=f"A worker reported: {_last_line(error)}"
            ),
            next_step=Text(
                zh="排除原因后重新运行同一命令；已完成的部分会保留。",
                en="Remove the cause and run the same command again; what was finished is kept.",
            ),
        )
    )


def _no_java(detail: Text) -> PortraitError:
    return PortraitError(
        Problem(
            code="spark.java_missing",
            title=Text(zh="没有Spark可用的Java", en="No Java that Spark can run on"),
            detail=detail,
            next_step=_INSTALL_JAVA,
        )
    )


def _version(binary: Path) -> int | None:
    """The major version; None where it is not told."""
    told = subprocess.run([str(binary), "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)', told.stderr + told.stdout)
    return int(found.group(1)) if found else None


def _last_line(error: Exception) -> str:
    """The line of a traceback that says what it was, without Java's part of it."""
    lines = [line.strip() for line in str(error).splitlines()]
    said = [line for line in lines if re.match(r"[\w.]+(Error|Exception|Interrupt|Failure)\b", line)]
    return (said or [line for line in lines if line] or [type(error).__name__])[-1][:300]
