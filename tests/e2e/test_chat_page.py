"""The chat page as a customer meets it on a phone, driven in a real Chromium against the served product."""

import re

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.e2e.pages import Answering, Chat, once

pytestmark = pytest.mark.browser

STEPS = 7  # of the accident script, 101
TALKING = "**/chat"
SCROLL_UP = """(log) => new Promise((noticed) => {
  log.parentNode.addEventListener("scroll", noticed, { once: true });
  log.parentNode.scrollTo(0, 0);
})"""


def refusing(status: int, code: str, message: str = "", **headers: str) -> Answering:
    body = {"status": "Error", "code": code, "message": message, "detail": message, "request_id": "r1", "fields": []}
    return lambda route: route.fulfill(status=status, json=body, headers=headers)


def lose(route: Route) -> None:
    """Let the server store the message and drop its answer."""
    route.fetch()
    route.abort()


def test_a_customer_without_a_name_walks_the_accident_script_to_its_end(chat: Chat) -> None:
    chat.begin()
    chat.picture("chat-new")

    chat.say("bati o carro ontem")
    chat.reach(1)
    chat.picture("chat-step-1")
    for step in range(2, STEPS + 1):
        chat.say("ok")
        chat.reach(step)

    ending = re.compile(r"^Atendimento encerrado\. Protocolo \d{8}-\d{7}-\d{2}\.$")
    expect(chat.page.get_by_text(ending)).to_be_visible()
    assert chat.messages("/initial-message")[0]["message"] == "Cliente"
    chat.picture("chat-ended")


def test_the_name_is_sent_when_the_customer_gives_one(chat: Chat) -> None:
    chat.open()

    chat.page.get_by_label("Seu nome (opcional)").fill("  D'Ávila ")
    chat.button("Continuar").click()
    expect(chat.log).to_contain_text("Prazer, D'Ávila!")
    chat.say("bati o carro ontem")
    chat.reach(1)

    assert chat.messages("/initial-message")[0]["message"] == "D'Ávila"


def test_nothing_is_asked_or_stored_before_the_customer_writes(chat: Chat) -> None:
    chat.open()

    expect(chat.button("Falar com atendente")).to_be_visible()

    assert chat.sent == []
    assert chat.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


def test_the_first_words_may_be_written_without_answering_the_question_about_the_name(chat: Chat) -> None:
    chat.open()

    chat.say("bati o carro ontem")

    chat.reach(1)
    expect(chat.page.get_by_label("Seu nome (opcional)")).to_be_hidden()


def test_a_new_conversation_after_the_end_has_its_own_protocol(chat: Chat) -> None:
    chat.begin()
    chat.say("bati o carro ontem")
    chat.reach(1)
    for step in range(2, STEPS + 1):
        chat.say("ok")
        chat.reach(step)

    chat.button("Nova conversa").click()
    expect(chat.page.get_by_text("Etapa 7 de 7")).to_be_hidden()
    chat.say("bati o carro ontem")
    chat.reach(1)

    assert len(chat.messages("/initial-message")) == 2


def test_a_message_written_offline_is_sent_once_after_the_connection_returns(chat: Chat) -> None:
    chat.begin()
    chat.say("bati o carro ontem")
    chat.reach(1)

    chat.page.context.set_offline(True)
    chat.say("ninguém se machucou")
    expect(chat.page.get_by_text("Sem conexão. Sua mensagem está guardada").first).to_be_visible()
    chat.picture("chat-offline")
    chat.page.context.set_offline(False)
    chat.reach(2)

    assert [body["message"] for body in chat.messages()] == ["bati o carro ontem", "ninguém se machucou"]


def test_a_message_waiting_offline_survives_a_reload(chat: Chat) -> None:
    chat.begin()
    chat.say("bati o carro ontem")
    chat.reach(1)
    chat.page.evaluate("Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })")

    chat.say("ninguém se machucou")
    expect(chat.log).to_contain_text("Aguardando envio")
    chat.page.reload()
    chat.reach(2)

    expect(chat.log).to_contain_text("ninguém se machucou")
    assert len(chat.messages()) == 2


def test_an_answer_that_was_lost_on_the_way_is_asked_for_again_under_the_same_id(chat: Chat) -> None:
    chat.begin()
    chat.page.route(TALKING, once(lose))

    chat.say("bati o carro ontem")
    chat.reach(1)

    first, second = chat.messages()
    assert first["client_message_id"] == second["client_message_id"]
    expect(chat.log.get_by_text("bati o carro ontem")).to_have_count(1)


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (429, "rate_limited", r"Muitas mensagens em pouco tempo\. Envio a sua em \d s\."),
        (503, "store_unavailable", r"Estamos com um problema\. Guardei sua mensagem e tento de novo em \d s\."),
    ],
)
def test_a_busy_server_is_tried_again_when_it_asked_to_be(chat: Chat, status: int, code: str, sentence: str) -> None:
    chat.begin()
    chat.page.route(TALKING, once(refusing(status, code, **{"Retry-After": "2"})))

    chat.say("bati o carro ontem")
    expect(chat.page.get_by_text(re.compile(sentence)).first).to_be_visible()

    chat.reach(1)
    assert len({body["client_message_id"] for body in chat.messages()}) == 1


def test_a_turn_in_progress_is_asked_for_again_without_troubling_the_customer(chat: Chat) -> None:
    chat.begin()
    body = {"status": "accepted", "code": "turn_in_progress"}
    chat.page.route(TALKING, once(lambda route: route.fulfill(status=202, json=body, headers={"Retry-After": "1"})))

    chat.say("bati o carro ontem")
    chat.reach(1)

    assert len({body["client_message_id"] for body in chat.messages()}) == 1
    expect(chat.button("Tentar agora")).to_be_hidden()


def test_a_proxy_that_answers_in_html_does_not_break_the_chat(chat: Chat) -> None:
    chat.begin()
    chat.page.route(TALKING, once(lambda route: route.fulfill(status=200, body="<html>entre na rede</html>")))

    chat.say("bati o carro ontem")

    chat.reach(1)


def test_a_lost_session_keeps_what_was_typed_and_goes_on_in_a_new_conversation(chat: Chat) -> None:
    chat.begin()
    chat.say("bati o carro ontem")
    chat.reach(1)
    chat.page.route(TALKING, once(refusing(400, "session_not_found")))

    chat.say("bati o carro ontem")
    expect(chat.page.get_by_text("Esta conversa foi encerrada ou apagada.").first).to_be_visible()
    expect(chat.box).to_have_value("bati o carro ontem")
    chat.button("Nova conversa").click()
    chat.button("Enviar").click()

    chat.reach(1)
    assert len(chat.messages("/initial-message")) == 2


def test_a_request_for_a_person_opens_a_new_conversation_when_the_session_is_lost(chat: Chat) -> None:
    chat.begin()
    chat.say("bati o carro ontem")
    chat.reach(1)
    chat.page.route(TALKING, once(refusing(400, "session_not_found")))

    chat.button("Falar com atendente").click()

    expect(chat.page.get_by_text("Aguardando uma pessoa")).to_be_visible()


def test_a_refused_message_says_why_at_its_bubble_and_can_be_edited(chat: Chat) -> None:
    chat.begin()
    chat.page.route(TALKING, once(refusing(400, "invalid", "Essa mensagem não pode ser lida.")))

    chat.say("bati o carro ontem")
    expect(chat.log).to_contain_text("Essa mensagem não pode ser lida.")
    chat.button("Editar").click()

    expect(chat.box).to_have_value("bati o carro ontem")
    expect(chat.log).not_to_contain_text("bati o carro ontem")


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=\"document.title='dono'\">",
        "<script>document.title='dono'</script>",
        "<svg/onload=document.title='dono'>",
        "{{constructor.constructor('document.title=1')()}}",
        "[clique](javascript:document.title='dono')",
    ],
)
def test_markup_is_shown_as_the_words_it_is(chat: Chat, text: str) -> None:
    chat.begin()

    chat.say(text)
    chat.hear(1)

    expect(chat.log.get_by_text(text, exact=True)).to_be_visible()
    assert chat.page.title() == "Atendimento"
    expect(chat.log.locator("img, script, svg, a")).to_have_count(0)


def test_markup_in_an_answer_is_shown_as_the_words_it_is(chat: Chat) -> None:
    chat.begin()
    evil = "<img src=x onerror=\"document.title='dono'\"> **oi**"
    body = {"answer": evil, "steps": 0, "is_final_step": "False"}
    chat.page.route(TALKING, once(lambda route: route.fulfill(json=body)))

    chat.say("oi")

    expect(chat.log).to_contain_text(evil)
    assert chat.page.title() == "Atendimento"


def test_a_message_that_is_too_long_is_counted_and_never_cut(chat: Chat) -> None:
    chat.begin()

    chat.write("ã" * 899)
    expect(chat.page.get_by_text("de 1.000 caracteres")).to_be_hidden()
    chat.say("👍" * 1001)

    expect(chat.page.get_by_text("1.001 de 1.000 caracteres")).to_be_visible()
    expect(chat.page.get_by_role("alert")).to_have_text("Sua mensagem passou de 1.000 caracteres. Divida em duas.")
    assert len(chat.box.input_value()) == 1001
    assert chat.sent == []
    chat.picture("chat-too-long")


def test_an_empty_message_is_answered_with_a_hint_and_the_box_keeps_the_focus(chat: Chat) -> None:
    chat.begin()

    chat.say("   ")

    expect(chat.page.get_by_role("alert")).to_have_text("Escreva uma mensagem antes de enviar.")
    expect(chat.box).to_be_focused()
    assert chat.sent == []


def test_the_whole_chat_works_with_the_keyboard_alone(chat: Chat) -> None:
    chat.open()
    keyboard = chat.page.keyboard
    chat.page.get_by_label("Seu nome (opcional)").focus()

    keyboard.press("Tab")
    keyboard.press("Tab")
    expect(chat.button("Pular")).to_be_focused()
    keyboard.press("Enter")
    expect(chat.box).to_be_focused()
    keyboard.type("bati o carro")
    keyboard.press("Shift+Enter")
    keyboard.type("ontem")
    keyboard.press("Enter")

    chat.reach(1)
    assert chat.messages()[0]["message"] == "bati o carro\nontem"
    keyboard.press("Alt+ArrowUp")
    expect(chat.log).to_be_focused()


def test_enter_that_ends_a_composition_sends_nothing(chat: Chat) -> None:
    chat.begin()
    chat.write("bati")

    chat.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})

    expect(chat.box).to_have_value("bati")
    assert chat.sent == []


def test_a_double_click_is_one_message(chat: Chat) -> None:
    chat.begin()
    chat.write("bati o carro ontem")

    chat.button("Enviar").dblclick()
    chat.reach(1)

    assert len(chat.messages()) == 1
    expect(chat.page.get_by_role("alert")).to_be_empty()


def test_a_person_is_one_action_away_before_anything_was_said(chat: Chat) -> None:
    chat.open()

    chat.button("Falar com atendente").dblclick()
    expect(chat.page.get_by_text("Aguardando uma pessoa")).to_be_visible()

    assert [body["message"] for body in chat.messages()] == ["Quero falar com um atendente"]
    expect(chat.button("Reclamar")).to_be_hidden()


@pytest.mark.parametrize(("name", "words"), [("Reclamar", "Quero reclamar"), ("Cancelar", "Quero cancelar")])
def test_complaining_and_cancelling_are_buttons_before_a_script_runs(chat: Chat, name: str, words: str) -> None:
    chat.begin()

    chat.button(name).click()

    expect(chat.log).to_contain_text(words)
    chat.hear(1)
    assert [body["message"] for body in chat.messages()] == [words]


def test_a_side_question_is_answered_without_moving_the_step(chat: Chat) -> None:
    chat.begin()
    chat.say("bati o carro ontem")
    chat.reach(1)

    chat.write("qual é o prazo?")
    chat.button("Tenho uma dúvida").click()
    expect(chat.log.get_by_text("Dúvida", exact=True)).to_be_visible()
    chat.button("Tenho uma dúvida").wait_for()

    chat.reach(1)
    assert [body["message"] for body in chat.messages("/chat_ai")] == ["qual é o prazo?"]


def test_a_reload_goes_on_with_the_same_conversation(chat: Chat) -> None:
    chat.begin()
    chat.say("bati o carro ontem")
    chat.reach(1)
    chat.write("meio escrito")

    chat.page.reload()
    expect(chat.log).to_contain_text("Continuando a conversa")
    expect(chat.box).to_have_value("meio escrito")
    chat.say("ninguém se machucou")
    chat.reach(2)

    assert len(chat.messages("/initial-message")) == 1


def test_another_tab_without_a_conversation_does_not_erase_this_ones(chat: Chat) -> None:
    chat.begin()
    other = Chat(chat.page.context.new_page()).begin()
    chat.say("bati o carro ontem")
    chat.reach(1)

    other.write("o")
    chat.page.reload()

    expect(chat.log).to_contain_text("Continuando a conversa")


def test_the_protocol_can_be_copied(chat: Chat) -> None:
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.begin()
    chat.say("bati o carro ontem")
    chat.reach(1)

    chat.button("Copiar protocolo").click()
    expect(chat.status).to_have_text("Protocolo copiado.")

    copied = chat.page.evaluate("navigator.clipboard.readText()")
    expect(chat.page.get_by_text(f"Protocolo {copied}", exact=True)).to_be_visible()


def test_each_finished_answer_is_announced_once_with_its_author_and_the_first_one_with_the_protocol(chat: Chat) -> None:
    chat.begin()

    chat.say("bati o carro ontem")
    chat.reach(1)

    expect(chat.status).to_have_text(re.compile(r"^Assistente virtual: .+ Protocolo \d{8}-\d{7}-\d{2}$", re.DOTALL))
    chat.say("ok")
    chat.reach(2)
    expect(chat.status).not_to_contain_text(re.compile(r"Protocolo \d"))


@pytest.mark.parametrize(
    ("lang", "person", "label"),
    [("en", "Talk to a person", "Write your message"), ("es", "Hablar con una persona", "Escriba su mensaje")],
)
def test_the_customer_may_change_the_language(chat: Chat, lang: str, person: str, label: str) -> None:
    chat.begin()
    chat.write("oi")

    chat.page.get_by_role("combobox", name="Idioma").select_option(lang)

    expect(chat.button(person)).to_be_visible()
    expect(chat.page.get_by_role("textbox", name=label)).to_have_value("oi")
    expect(chat.log).not_to_contain_text("Como posso ajudar")
    chat.picture(f"chat-{lang}")


@pytest.mark.parametrize("lang", ["pt-BR", "en", "es"])
def test_nothing_is_cut_off_and_every_target_is_large_on_a_narrow_phone(chat: Chat, lang: str) -> None:
    chat.page.set_viewport_size({"width": 320, "height": 640})
    chat.open()

    chat.page.get_by_role("combobox").select_option(lang)
    expect(chat.page.get_by_role("log")).to_be_visible()

    assert chat.page.evaluate("document.documentElement.scrollWidth") == 320
    controls = chat.page.locator("button:visible, select:visible, input:visible, textarea:visible").all()
    boxes = [box for box in (control.bounding_box() for control in controls) if box]
    assert len(boxes) >= 8
    assert all(box["width"] >= 44 and box["height"] >= 44 and box["x"] + box["width"] <= 320 for box in boxes)
    chat.picture(f"chat-320-{lang}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_follows_the_devices_colours(chat: Chat, scheme: str, width: int) -> None:
    chat.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    chat.page.set_viewport_size({"width": width, "height": 844 if width == 390 else 800})

    chat.begin()
    chat.say("bati o carro ontem")
    chat.reach(1)

    red = chat.page.evaluate(
        "getComputedStyle(document.querySelector('roteiro-chat').shadowRoot.querySelector('.chat')).backgroundColor"
    )
    assert (int(re.findall(r"\d+", red)[0]) < 128) == (scheme == "dark")
    chat.picture(f"chat-{width}-{scheme}")


def test_a_new_answer_does_not_carry_away_who_reads_further_up(chat: Chat) -> None:
    chat.begin()
    chat.say("bati o carro ontem")
    chat.reach(1)
    long = {"answer": "linha\n" * 80, "steps": 7, "is_final_step": "False"}
    chat.page.route(TALKING, once(lambda route: route.fulfill(json=long)))
    chat.say("ok")
    expect(chat.log).to_contain_text("linha")

    def while_reading(route: Route) -> None:
        chat.log.evaluate(SCROLL_UP)
        route.continue_()

    chat.page.route(TALKING, while_reading)
    chat.say("ok")

    chat.button("Nova mensagem").click()
    expect(chat.button("Nova mensagem")).to_be_hidden()


def test_without_javascript_the_page_says_what_to_do(browser: Browser, served: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(served)

        for lang, words in (("pt-BR", "ative o JavaScript"), ("en", "turn on JavaScript"), ("es", "active JavaScript")):
            expect(plain.locator(f":lang({lang})").get_by_text(words).last).to_be_visible()
