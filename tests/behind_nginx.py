"""How does the example of hosting run on this machine? nginx with the file that is shipped, at other ports."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import program
from tests.served import ROOT, free_port, wait_until_healthy

EXAMPLE = ROOT / "docs" / "hosting" / "nginx.conf"
LISTEN = "listen 80;"
# The line of each process in the example.
PROCESS = "        server 127.0.0.1:{} weight=20 max_fails=1 fail_timeout=10s;\n"
PORTS = (8501, 8502)
# After this line the proxy is to say which process has answered.
COOKIE = "add_header Set-Cookie $new_reader;"
FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@contextmanager
def behind_nginx(folder: Path, processes: Sequence[str]) -> Iterator[str]:
    """The address of nginx with the example before processes at these addresses; its files stand in the folder."""
    nginx = program("nginx", why="the example of hosting is tested with it (Debian's nginx-light)")
    address = f"http://localhost:{free_port()}"
    (folder / "nginx.conf").write_text(example_for(address, processes, folder), encoding="utf-8")
    command = [nginx, "-p", str(folder), "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off; pid nginx.pid;"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(address, process)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=10)


def example_for(address: str, processes: Sequence[str], folder: Path) -> str:
    """The example with the port of an address and the ports of processes, which says in X-Process which of them answered."""
    text = EXAMPLE.read_text(encoding="utf-8")
    written = "".join(map(PROCESS.format, PORTS))
    assert (text.count(LISTEN), text.count(written)) == (1, 1), "the example has other lines than it had"
    text = text.replace(LISTEN, f"listen {urlsplit(address).port};")
    text = text.replace(written, "".join(PROCESS.format(urlsplit(one).port) for one in processes))
    text = text.replace(COOKIE, f"{COOKIE}\n        add_header X-Process $upstream_addr;", 1)
    own = "".join(f"    {name}_temp_path {folder}/{name};\n" for name in FOLDERS)
    return text.replace("http {\n", f"http {{\n{own}", 1)
