"""Where the tests stand: the checkout, and beside it the shared folder of real pages, which may be absent."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
