"""A person in the chat page: asked for, waited for, read as they write, and never read twice."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import Chat
from tests.harness import ADMIN_KEY

pytestmark = pytest.mark.browser

DESK = "/api/v1/desk"
QUIET_MS = 15_000  # a page looks that seldom while the assistant has the conversation; its clock can be turned


class Attendant:
    """Somebody at the desk who has the conversation of a page."""

    def __init__(self, chat: Chat) -> None:
        self._request = chat.page.context.request
        kept = chat.page.evaluate("JSON.parse(localStorage.getItem('roteiro:session:'))")
        queue = self._get(f"{DESK}/queue?status=waiting,bot&limit=100")["items"]
        self._id = next(item["id"] for item in queue if item["protocol"] == kept["protocol"])

    def _get(self, path: str) -> dict[str, list[dict[str, str]]]:
        found: dict[str, list[dict[str, str]]] = self._request.get(path, headers=self._headers).json()
        return found

    @property
    def _headers(self) -> dict[str, str]:
        return {"X-API-Key": ADMIN_KEY}

    def do(self, deed: str, **body: object) -> None:
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


@pytest.fixture
def desk(chat: Chat) -> Attendant:
    """The assistant has the conversation; its page's clock can be turned."""
    chat.page.clock.install()
    chat.begin()
    with chat.page.expect_response("**/follower.js"):
        chat.say("bati o carro ontem")
    chat.reach(1)
    return Attendant(chat)


def test_a_person_who_comes_unasked_is_read_without_a_word_of_the_customer(chat: Chat, desk: Attendant) -> None:
    desk.do("takeover")
    desk.do("reply", message="Vi o seu caso e assumo daqui.")

    chat.page.clock.fast_forward(QUIET_MS)

    expect(chat.log.get_by_text("Vi o seu caso e assumo daqui.", exact=True)).to_have_count(1, timeout=QUIET_MS)
    expect(chat.page.get_by_text("Você está com uma pessoa")).to_be_visible()


def test_a_script_chosen_while_the_assistant_has_the_conversation_is_said_once(chat: Chat, desk: Attendant) -> None:
    desk.do("script", script_id=102)
    before = chat.log.get_by_role("time").count()

    chat.page.clock.fast_forward(QUIET_MS)

    expect(chat.log.get_by_role("time")).to_have_count(before + 1, timeout=QUIET_MS)
    said = chat.log.locator(".entry.bot .text").last.inner_text()
    chat.say("não sei")
    expect(chat.log.get_by_role("time")).to_have_count(before + 3)
    assert said not in chat.log.locator(".entry.bot .text").last.inner_text()


def test_a_close_shows_its_words_once_and_the_next_message_opens_a_conversation(chat: Chat, desk: Attendant) -> None:
    desk.do("close", outcome="informational")

    chat.page.clock.fast_forward(QUIET_MS)

    expect(chat.log.get_by_text("Este atendimento foi encerrado.")).to_have_count(1, timeout=QUIET_MS)
    chat.say("bati o carro de novo")
    chat.reach(1)
    expect(chat.log.get_by_text("Este atendimento foi encerrado.")).to_have_count(1)
