"""Small catalogues that the matching tests share."""

from roteiro.matching.entries import Entry

CANCEL, BILL, CRASH, HOUSE = 105, 102, 101, 107

SMALL = (
    Entry(
        CANCEL,
        "Cancelamento",
        "Encerrar o seguro",
        ("quero cancelar meu seguro", "desejo encerrar a apólice", "não quero mais o seguro", "cancela pra mim"),
        ("não quero cancelar, só mudar o endereço",),
        ("cancelar",),
    ),
    Entry(
        BILL,
        "Segunda via de boleto",
        "Boleto e pagamento",
        ("preciso da segunda via do boleto", "não recebi o boleto", "onde pego minha fatura", "boleto vencido"),
    ),
    Entry(
        CRASH,
        "Sinistro automotivo",
        "Acidente com o carro",
        ("bati o carro", "sofri um acidente de carro", "bateram no meu carro", "roubaram meu carro"),
    ),
)

TITLE_ONLY = Entry(HOUSE, "Seguro residencial", "Cotação de seguro para a casa")


def a_catalogue(scripts: int = 8, examples: int = 8) -> tuple[Entry, ...]:
    """Scripts on made-up subjects, each example with words of its own and words that all share."""
    subjects = ("boleto", "guincho", "vidro", "endereço", "exame", "consulta", "cupom", "chip", "mala", "hotel")
    verbs = ("cancelar", "pedir", "mudar", "achar", "trocar", "consultar", "receber", "perder", "marcar", "ver")
    return tuple(
        Entry(number, subjects[number], "", tuple(f"quero {verb} meu {subjects[number]}" for verb in verbs[:examples]))
        for number in range(scripts)
    )
