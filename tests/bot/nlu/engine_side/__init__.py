"""Tests of bot.nlu that run in the engine's environment (Python 3.10, unittest).

pytest lives in the app's environment only, so tests/bot/nlu/test_engine_side.py runs these in a
process of .venv-engine and checks that all of them ran. One file a module: suite_<module>.py.
"""

from bot.nlu import light_imports

light_imports.stand_in()  # as the engine starts
