"""bot.nlu.light_imports"""

from __future__ import annotations

import importlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

from bot.nlu import light_imports
from rasa.nlu.classifiers.diet_classifier import DIETClassifier

WITHOUT = """
import sys
from bot.nlu import light_imports
light_imports.stand_in()
import bot.nlu.server, bot.nlu.gazetteer, rasa.core.policies.rule_policy
print(json.dumps(sorted(name for name in sys.modules if name.split(".")[0] in ("tensorflow", "keras"))))
"""


class LightImports(unittest.TestCase):
    def test_the_engine_starts_without_tensorflow(self) -> None:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", "import json\n" + WITHOUT],
            check=False,
            capture_output=True,
            text=True,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(json.loads(done.stdout.splitlines()[-1]), [])

    def test_every_module_stood_in_for_is_rasas(self) -> None:
        self.assertGreater(len(light_imports.STOOD_IN), 10)
        rasa = Path(importlib.import_module("rasa").__file__).parent.parent
        for name in light_imports.STOOD_IN:
            with self.subTest(name=name):
                text = (rasa / (name.replace(".", "/") + ".py")).read_text(encoding="utf-8")
                self.assertRegex(text, "(import|from) (tensorflow|rasa.utils.tensorflow)")

    def test_using_what_needs_tensorflow_says_so(self) -> None:
        with self.assertRaisesRegex(light_imports.NeedsTensorFlow, "DIETClassifier needs TensorFlow"):
            DIETClassifier()

    def test_it_must_come_before_rasa(self) -> None:
        program = (
            "import sys, types; sys.modules['rasa.core.policies.ted_policy'] = types.ModuleType('m')\n"
            "from bot.nlu import light_imports; light_imports.stand_in()"
        )
        done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("Too late to start without TensorFlow: rasa.core.policies.ted_policy", done.stderr)

    def test_a_model_with_a_neural_component_needs_tensorflow_and_ours_does_not(self) -> None:
        for used, needed in [
            ("rasa.nlu.classifiers.diet_classifier.DIETClassifier", True),
            ("rasa.core.policies.ted_policy.TEDPolicy", True),
            ("bot.nlu.intents.IntentClassifier", False),
            ("rasa.core.policies.rule_policy.RulePolicy", False),
        ]:
            with self.subTest(used=used), tempfile.TemporaryDirectory() as folder:
                model = Path(folder) / "model.tar.gz"
                _pack(model, used)
                self.assertEqual(light_imports.needs_tensorflow(model), needed)

    def test_a_configuration_with_a_neural_component_needs_tensorflow_and_ours_does_not(self) -> None:
        needs = light_imports.names_tensorflow_component
        self.assertFalse(needs(Path("config.yml").read_text(encoding="utf-8")))
        self.assertTrue(needs("pipeline:\n  - name: DIETClassifier\n"))
        self.assertTrue(needs('policies: [{name: "rasa.core.policies.ted_policy.TEDPolicy"}]'))


def _pack(model: Path, used: str) -> None:
    schema = {"nodes": {"node": {"uses": used}}}
    content = json.dumps({"train_schema": {"nodes": {}}, "predict_schema": schema}).encode()
    with tarfile.open(model, "w:gz") as archive:
        entry = tarfile.TarInfo("metadata.json")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
