"""A customer erases the conversation from the chat page: asked first, told after, and then it is gone."""

import re

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from tests.e2e.pages import Chat
from tests.e2e.test_accessibility import violations

pytestmark = pytest.mark.browser

ERASING = "**/api/v1/chat/erase"


def dialog(chat: Chat) -> Locator:
    return chat.page.get_by_role("dialog")


def asked(chat: Chat) -> Locator:
    """Say something, press the button, and return the question."""
    chat.begin().say("bati o carro ontem")
    chat.reach(1)
    chat.button("Apagar conversa").click()
    return dialog(chat)


def token_of(chat: Chat) -> str | None:
    token: str | None = chat.page.evaluate("JSON.parse(localStorage.getItem('roteiro:session:') ?? '{}').token ?? null")
    return token


@pytest.mark.parametrize(("name", "width", "height"), [("phone", 390, 844), ("desk", 1280, 800)])
def test_what_is_erased_is_gone_and_a_code_says_so(chat: Chat, name: str, width: int, height: int) -> None:
    chat.page.set_viewport_size(ViewportSize(width=width, height=height))
    chat.begin().say("bati o carro ontem")
    chat.reach(1)
    chat.button("Apagar conversa").wait_for()
    chat.picture(f"erase-button-{name}")
    token = token_of(chat)
    chat.button("Apagar conversa").click()
    chat.picture(f"erase-ask-{name}")

    dialog(chat).get_by_role("button", name="Apagar").click()

    expect(dialog(chat).get_by_role("status")).to_have_text(re.compile(r"Guarde este código.*er1\."))
    expect(dialog(chat).get_by_role("heading")).to_have_text("Conversa apagada")
    chat.picture(f"erase-done-{name}")
    expect(chat.log).not_to_contain_text("bati o carro")
    assert token_of(chat) is None
    answer = chat.page.request.get("/api/v1/chat/events?after=0", headers={"Authorization": f"Bearer {token}"})
    assert answer.status == 404


@pytest.mark.parametrize("leave", ["Voltar", "Escape"])
def test_who_goes_back_keeps_the_conversation_and_the_place(chat: Chat, leave: str) -> None:
    question = asked(chat)
    expect(question.get_by_role("button", name="Voltar")).to_be_focused()

    chat.page.keyboard.press("Escape") if leave == "Escape" else question.get_by_role("button", name=leave).click()

    expect(question).to_have_count(0)
    expect(chat.button("Apagar conversa")).to_be_focused()
    expect(chat.log).to_contain_text("bati o carro ontem")
    assert chat.messages("/api/v1/chat/erase") == []


def test_after_an_erasure_one_writes_on_in_a_new_conversation(chat: Chat) -> None:
    asked(chat).get_by_role("button", name="Apagar").click()
    dialog(chat).get_by_role("button", name="Fechar").click()
    expect(chat.box).to_be_focused()

    chat.say("bati o carro ontem")
    chat.reach(1)

    assert len(chat.messages("/initial-message")) == 2


def test_what_cannot_be_erased_now_is_said_and_kept(chat: Chat) -> None:
    question = asked(chat)
    chat.page.route(ERASING, lambda route: route.fulfill(status=503, json={}))

    question.get_by_role("button", name="Apagar").click()

    expect(question.get_by_role("status")).to_contain_text("Tente de novo")
    expect(question.get_by_role("button", name="Apagar")).to_be_enabled()
    assert token_of(chat)


def test_a_page_whose_key_has_expired_says_that_nothing_was_erased(chat: Chat) -> None:
    question = asked(chat)
    chat.page.route(ERASING, lambda route: route.fulfill(status=401, json={}))

    question.get_by_role("button", name="Apagar").click()

    expect(question.get_by_role("status")).to_contain_text("Nada foi apagado")
    assert token_of(chat)


def test_what_was_erased_elsewhere_is_said_to_be_gone(chat: Chat) -> None:
    question = asked(chat)
    chat.page.request.post("/api/v1/chat/erase", headers={"Authorization": f"Bearer {token_of(chat)}"}, data={})

    question.get_by_role("button", name="Apagar").click()

    expect(question.get_by_role("status")).to_have_text("Esta conversa já tinha sido apagada.")


@pytest.mark.parametrize(("language", "name"), [("en", "Erase conversation"), ("es", "Borrar conversación")])
def test_the_button_follows_a_change_of_language(chat: Chat, language: str, name: str) -> None:
    chat.begin().say("bati o carro ontem")
    chat.reach(1)

    chat.page.get_by_label("Idioma").select_option(language)

    expect(chat.button(name)).to_have_count(1)


def test_axe_finds_nothing_wrong_with_the_question(chat: Chat) -> None:
    asked(chat)

    assert violations(chat.page) == []


def test_before_anything_was_said_there_is_nothing_to_erase(chat: Chat) -> None:
    chat.begin()

    expect(chat.box).to_be_visible()
    expect(chat.button("Apagar conversa")).to_have_count(0)
