"""How long `dudao --help` and `dudao --version` take in a new process: the best of five."""

import subprocess
import sys
import time

PROGRAM = "from dudao.cli.app import main; main()"


def seconds(*arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", PROGRAM, *arguments], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    print(f"{'command':<24}{'seconds':>8}{'goal':>8}")
    for arguments in (("--help",), ("--version",)):
        best = min(seconds(*arguments) for _ in range(5))
        print(f"{'dudao ' + ' '.join(arguments):<24}{best:>8.3f}{'0.3':>8}")


if __name__ == "__main__":
    main()
