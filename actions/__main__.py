"""The action server: `python -m actions`, on loopback, one process."""

import logging
import sys
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions.resources import resources
from content.logs import configure
from content.settings import SettingsError

_log = logging.getLogger("actions")


class DomainlessExecutor(ActionExecutor):
    """Runs actions without Rasa's domain: ours never look at it, so the engine need not send it.

    (`enable_selective_domain` in endpoints.yml; rasa-sdk asks again for a domain that is missing.)
    """

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """An empty domain for every call."""
        return {}


async def _close(*_: Any) -> None:
    resources().close()


def main() -> int:
    """Open the stores, register all actions of this package, serve."""
    configure("actions")
    try:
        shared = resources()
    except SettingsError as error:
        _log.critical("%s", error)
        return 2
    executor = DomainlessExecutor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins=None)
    app.register_listener(_close, "after_server_stop")
    _log.info("%d actions on port %d", len(executor.actions), shared.settings.actions_port)
    app.run(
        host="127.0.0.1",
        port=shared.settings.actions_port,
        single_process=True,
        access_log=False,
        motd=False,
        debug=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
