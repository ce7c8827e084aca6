"""Takes the pictures of the manual by walking a fresh demo: `.venv/bin/python -m docs.take_manual`."""

from docs.demo_camera import make_small, running_demo
from docs.manual_desks import at_the_desks
from docs.manual_villages import Telling
from docs.manual_walk import PICTURES

COLOURS = 40


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with running_demo() as demo:
        at_the_desks(Telling(demo), demo=demo)
    make_small(PICTURES, colours=COLOURS)


if __name__ == "__main__":
    main()
