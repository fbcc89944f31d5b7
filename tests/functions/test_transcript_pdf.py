"""The transcript on paper, read back by another library."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.harness import Customer


def paper(customer: Customer) -> Any:
    return customer.client.get(f"/api/v1/chat/transcript/{customer.session}?format=pdf")


def words(customer: Customer) -> str:
    pages = PdfReader(BytesIO(paper(customer).data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_transcript_on_paper_is_a_file_named_after_the_protocol(customer: Customer) -> None:
    number = customer.say("bati o carro").headers["Roteiro-Protocol"]

    answer = paper(customer)

    assert answer.data.startswith(b"%PDF")
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{number}.pdf"'


def test_what_was_said_stands_on_it_with_its_accents_and_never_as_markup(customer: Customer) -> None:
    said = "Não é <b>meu</b> carro, é da Conceição & D'Ávila"
    reply = customer.say(said).json["answer"]

    found = words(customer)

    assert said in found
    assert " ".join(reply.split()) in found


@pytest.mark.parametrize("evil", ["\u202eabc", "😀" * 50, "x" * 1000, "a\n" * 499 + "z", "</para><a href='x'>"])
def test_no_message_keeps_a_conversation_from_being_printed(customer: Customer, evil: str) -> None:
    customer.say(evil)

    assert "Você, 20/11/2026, 15:00:" in words(customer)


@pytest.mark.parametrize(("language", "issued"), [("pt-BR", "Emitido em"), ("en", "Issued on"), ("es", "Emitido el")])
def test_it_speaks_the_language_of_its_conversation(client: FlaskClient, language: str, issued: str) -> None:
    customer = Customer(client)
    customer.open(**{"Accept-Language": language})

    assert issued in words(customer)
    assert PdfReader(BytesIO(paper(customer).data)).trailer["/Root"]["/Lang"] == language


def test_the_same_conversation_is_the_same_bytes(customer: Customer) -> None:
    customer.say("bati o carro")

    assert paper(customer).data == paper(customer).data


def test_printing_takes_time_so_it_is_counted(customer: Customer) -> None:
    answers = [paper(customer).status_code for _ in range(21)]

    assert answers == [200] * 20 + [429]
