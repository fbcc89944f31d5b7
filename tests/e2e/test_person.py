"""A person in the chat page: asked for, waited for, read as they write, and never read twice."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import Chat
from tests.harness import ADMIN_KEY

pytestmark = pytest.mark.browser

DESK = "/api/v1/desk"


class Attendant:
    """Somebody at the desk who has the conversation of a page."""

    def __init__(self, chat: Chat) -> None:
        self._request = chat.page.context.request
        kept = chat.page.evaluate("JSON.parse(localStorage.getItem('roteiro:session:'))")
        queue = self._get(f"{DESK}/queue?limit=100")["items"]
        self._id = next(item["id"] for item in queue if item["protocol"] == kept["protocol"])

    def _get(self, path: str) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = self._request.get(path, headers=self._headers).json()
        return found

    @property
    def _headers(self) -> dict[str, str]:
        return {"X-API-Key": ADMIN_KEY}

    def do(self, deed: str, **body: str) -> None:
        """Do something at the desk."""
        path = f"{DESK}/conversations/{self._id}/{deed}"
        assert self._request.post(path, data=body, headers=self._headers).ok


@pytest.fixture
def attendant(chat: Chat) -> Attendant:
    """The customer waits, and somebody looks at the queue."""
    chat.begin()
    chat.button("Falar com atendente").click()
    chat.hear(1)
    return Attendant(chat)


def test_a_page_that_waits_shows_the_place_in_the_queue(chat: Chat, attendant: Attendant) -> None:
    expect(chat.page.get_by_text(re.compile(r"^Aguardando uma pessoa \(\d+º da fila\)$"))).to_be_visible()
    chat.picture("chat-waiting")

    attendant.do("takeover")

    expect(chat.log).to_contain_text("Uma pessoa entrou na conversa.")
    expect(chat.page.get_by_text("Você está com uma pessoa")).to_be_visible()


def test_what_a_person_writes_appears_by_itself_and_once(chat: Chat, attendant: Attendant) -> None:
    attendant.do("takeover")
    attendant.do("reply", message="Oi, posso ajudar.")
    expect(chat.log).to_contain_text("Oi, posso ajudar.")

    attendant.do("reply", message="Qual é a placa?")
    chat.say("ABC1D23")
    attendant.do("reply", message="Anotado.")

    expect(chat.log).to_contain_text("Anotado.")
    chat.picture("chat-person")
    for words in ("Oi, posso ajudar.", "Qual é a placa?", "ABC1D23", "Anotado."):
        expect(chat.log.get_by_text(words, exact=True)).to_have_count(1)


def test_after_a_hand_back_the_assistant_goes_on_in_the_same_log(chat: Chat, attendant: Attendant) -> None:
    attendant.do("takeover")
    attendant.do("reply", message="Já volto para o assistente.")
    expect(chat.log).to_contain_text("Já volto para o assistente.")

    attendant.do("handback")
    expect(chat.button("Falar com atendente")).to_be_visible()
    chat.say("bati o carro ontem")

    chat.reach(1)
    expect(chat.log.get_by_text("Já volto para o assistente.", exact=True)).to_have_count(1)


def test_a_reload_while_waiting_still_hears_the_person(chat: Chat, attendant: Attendant) -> None:
    chat.page.reload()
    expect(chat.log).to_contain_text("Continuando a conversa")

    attendant.do("takeover")
    attendant.do("reply", message="Oi, posso ajudar.")

    expect(chat.log.get_by_text("Oi, posso ajudar.", exact=True)).to_have_count(1)
