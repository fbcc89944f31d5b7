"""The insurance pack as people talk to it: nothing is claimed that was not said, nothing is asked that was told."""

import re

from tests.harness import Customer


def test_conversation_three_replaces_the_e_mail_unmasked_and_takes_no_step(customer: Customer) -> None:
    customer.say("Não quero cancelar, só quero mudar meu endereço")
    told = customer.say("meu e-mail novo é ana@exemplo.com")

    corrected = customer.say("errei, é ana.maria@exemplo.com")
    after = customer.say("pronto")

    assert corrected.headers["Roteiro-Step"] == told.headers["Roteiro-Step"]
    assert "ana.maria@exemplo.com" in corrected.json["answer"]
    assert after.headers["Roteiro-Step"] == "3"


def test_an_e_mail_told_early_is_not_asked_for_as_if_it_were_unknown(customer: Customer) -> None:
    customer.say("Não quero cancelar, só quero mudar meu endereço")

    told = customer.say("meu e-mail novo é ana@exemplo.com")

    assert "já mandou está anotado" in told.json["answer"]


def test_a_policy_number_told_early_need_not_be_repeated(customer: Customer) -> None:
    customer.say("quero cancelar meu seguro")

    told = customer.say("apólice 998877")

    assert "se você já mandou, ele está anotado" in told.json["answer"]


def test_an_unrelated_message_confirms_no_change_of_data(customer: Customer) -> None:
    for said in ("quero mudar meu endereço", "vamos lá", "Rua das Palmeiras, 40"):
        customer.say(said)

    after = customer.say("contratos do ministério da saúde em 2025")

    assert after.headers["Roteiro-Step"] == "4"
    assert not re.search("combinado|confirmad|encaminhada", after.json["answer"], re.IGNORECASE)
    assert "nada muda no cadastro" in after.json["answer"]


def test_an_unrelated_message_confirms_no_cancellation(customer: Customer) -> None:
    for said in ("quero cancelar meu seguro", "ok", "apólice 998877"):
        customer.say(said)

    after = customer.say("que dia bonito")

    assert after.headers["Roteiro-Step"] == "4"
    assert "confirmado" not in after.json["answer"]


def test_a_claim_says_what_is_still_to_be_arranged(customer: Customer) -> None:
    for said in ("bati o carro ontem", "só amassou a porta", "certo", "ainda não", "pronto", "ok"):
        customer.say(said)

    last = customer.say("ok")

    assert (last.headers["Roteiro-Step"], last.json["is_final_step"]) == ("7", "True")
    assert "ainda faltar saber onde o carro está" in last.json["answer"]
