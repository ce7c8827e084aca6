"""What is heard in a villager's words: which village, which area, whether a name is to be kept out of it.

Deterministic and explainable: spelling, sound and lists of words that are data; no language model.
"""
