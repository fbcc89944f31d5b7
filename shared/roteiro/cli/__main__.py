"""What `python -m roteiro.cli` starts."""

import sys

from roteiro.cli import main

sys.exit(main())
