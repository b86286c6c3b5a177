"""Install the wheel where nothing else is, and run the README's program exactly as printed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def main(wheel: str) -> None:
    text = README.read_text("utf-8")
    program = re.findall(r"```python\n(.*?)```", text, re.S)[0]
    printed = re.findall(r"It prints:\n\n```\n(.*?)```", text, re.S)[0]
    with tempfile.TemporaryDirectory() as folder:
        venv.create(Path(folder, "venv"), with_pip=True)
        python = Path(folder, "venv", "Scripts" if os.name == "nt" else "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", os.path.abspath(wheel)], check=True)
        Path(folder, "first.py").write_text(program, "utf-8")
        surroundings = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"TILLWISE_CACHE": str(Path(folder, "cache"))}
        run = subprocess.run([python, "first.py"], cwd=folder, env=surroundings, capture_output=True, text=True)
    if run.returncode or run.stdout != printed:
        sys.exit(f"the README's program prints something else than the README says:\n{run.stdout}{run.stderr}")
    print("the README's program prints what the README says")


if __name__ == "__main__":
    main(sys.argv[1])
