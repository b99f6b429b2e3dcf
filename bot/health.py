"""For machines that watch: is it alive, is it ready, how is it doing."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.conversation import Conversation
from bot.metrics import Metrics

_NOW_ONLY = {"Cache-Control": "no-store"}


class Health:
    """`/healthz`, `/readyz` and `/metrics`."""

    def __init__(self, conversation: Conversation, metrics: Metrics) -> None:
        self._conversation = conversation
        self._metrics = metrics

    async def alive(self, _request: Request) -> Response:
        """The process answers."""
        return JSONResponse({"alive": True}, headers=_NOW_ONLY)

    async def ready(self, _request: Request) -> Response:
        """Engine, actions and stores answer; 503 if one does not, and which."""
        parts = await self._conversation.ready()
        ready = all(parts.values())
        return JSONResponse({"ready": ready, "parts": parts}, 200 if ready else 503, headers=_NOW_ONLY)

    async def metrics(self, _request: Request) -> Response:
        """Figures in Prometheus' form."""
        return Response(self._metrics.exposition(), media_type=self._metrics.content_type, headers=_NOW_ONLY)
