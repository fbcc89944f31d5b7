"""What admins reach: scripts, and the messages of all conversations."""

from roteiro.web import health, messages, schemas
from roteiro.web import scripts as handlers
from roteiro.web.identity import Scope
from roteiro.web.reading import MIB
from roteiro.web.routes import Route
from roteiro.wiring import serve

__all__ = ["ROUTES", "scripts"]

ROUTES = (
    Route(
        "GET",
        "/api/v1/script",
        handlers.get_scripts,
        Scope.SCRIPTS_READ,
        "List scripts",
        answer=schemas.ScriptList,
    ),
    Route(
        "POST",
        "/api/v1/script",
        handlers.insert_script,
        Scope.SCRIPTS_PUBLISH,
        "Publish a new script",
        document="Script",
        answer=schemas.StatusNotice,
        largest=MIB,
        codes=("duplicate_script",),
    ),
    Route(
        "POST",
        "/api/v1/script/insert-many",
        handlers.insert_scripts,
        Scope.SCRIPTS_PUBLISH,
        "Publish new scripts, all or none",
        document="Scripts",
        answer=schemas.StatusNotice,
        largest=5 * MIB,
        codes=("duplicate_script", "too_many_scripts"),
    ),
    Route(
        "DELETE",
        "/api/v1/script/delete-many",
        handlers.delete_all_scripts,
        Scope.ADMIN,
        "Archive every script",
        answer=schemas.Notice,
    ),
    Route(
        "PUT",
        "/api/v1/script/<key>",
        handlers.update_script,
        Scope.SCRIPTS_PUBLISH,
        "Publish the next version of a script",
        document="Script",
        answer=schemas.Notice,
        largest=MIB,
        codes=("bad_id", "not_found"),
    ),
    Route(
        "DELETE",
        "/api/v1/script/<key>",
        handlers.delete_script,
        Scope.SCRIPTS_PUBLISH,
        "Archive a script",
        answer=schemas.Notice,
        codes=("bad_id", "not_found"),
    ),
    Route(
        "GET",
        "/api/v1/message",
        messages.get_messages,
        Scope.ADMIN,
        "List the messages of every conversation",
        answer=schemas.MessageList,
    ),
    Route(
        "DELETE",
        "/api/v1/message",
        messages.delete_messages,
        Scope.ADMIN,
        "Erase every conversation",
        answer=schemas.Notice,
        codes=("confirmation_required",),
    ),
    *health.ROUTES,
)

scripts = serve("scripts", ROUTES)
