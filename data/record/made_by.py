"""What reads the tables and makes the files? A digest that changes with the code and with what it stands on, and is the same in every process."""

import hashlib
import sys
import zlib
from pathlib import Path

from data.record.single_flight import computed_once

DATA = Path(__file__).parent.parent


@computed_once()
def code_digest() -> str:
    """A digest of the code and the styles of this process, and of the versions of all that is installed."""
    installed = {found.name for folder in sys.path for found in Path(folder or ".").glob("*.dist-info")}
    whole = hashlib.sha256("\n".join([sys.version, zlib.ZLIB_RUNTIME_VERSION, *sorted(installed)]).encode())
    for path in sorted([*DATA.rglob("*.py"), *DATA.rglob("*.csl")]):
        whole.update(path.read_bytes())
    return whole.hexdigest()
