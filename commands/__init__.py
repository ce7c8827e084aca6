"""命令: what the longer `mashang` commands do, a file each; `cli.py` holds the thin doors."""
