"""Recognising people in what somebody wrote: spelling, sound, masks, and the words around a name.

pypinyin reads the variable while it is imported: without it 44 MB of phrases are loaded that no name needs.
"""

import os

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
