"""Which problems do the tables of a folder have? The command `python -m data.check FOLDER`."""

import sys

from data.record.check import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
