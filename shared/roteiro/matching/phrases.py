"""Words of chat: how people shorten them, and the phrases that carry a request without saying which. Our own lists."""

__all__ = ["CARRIERS", "MEASURES", "SPELLINGS"]

SPELLINGS = {
    short: full
    for full, shorts in {
        "voce": "vc vcs voces oce ce",
        "que": "q ke oq oque",
        "nao": "n naum nn",
        "porque": "pq pqe",
        "tambem": "tb tbm tmb",
        "quando": "qdo qnd qndo",
        "quanto": "qto qnto",
        "qual": "ql",
        "hoje": "hj",
        "mesmo": "msm",
        "muito": "mto mt mui",
        "tudo": "td",
        "para": "pra pro pras pros p",
        "com": "c",
        "esta": "ta",
        "estou": "tou",
        "estava": "tava",
        "depois": "dps dpois",
        "beleza": "blz",
        "obrigado": "obg obgd brigado obrigada brigada",
        "pagamento": "pgto pgt pagto",
        "numero": "nr nro",
        "mensagem": "msg",
        "celular": "cel",
        "telefone": "tel fone",
        "cartao": "cartaum ctao",
        "documento": "docs",
        "endereco": "endrc",
        "quero": "qro kero",
        "fazer": "fzr",
        "por": "pr",
        "favor": "fv",
        "porfavor": "pf pfv pfvr pfvor",
        "aqui": "aki",
        "cade": "kd cd",
        "comigo": "cmg",
        "problema": "prob pblm",
        "dinheiro": "grana din",
        "informacao": "info",
        "como": "cmo",
        "agora": "agr agra",
        "nada": "nd",
        "novamente": "dnv",
        "onde": "ond aond aonde",
        "fatura": "ftr",
        "boleto": "bolto",
        "internet": "intenet interneti",
        "consulta": "cons",
        "trabalho": "trampo",
        "alguem": "alg",
        "ninguem": "ngm ngem",
        "valeu": "vlw",
        "olha": "oia",
        "ministerio": "min",
        "please": "pls plz",
        "you": "u",
        "your": "ur",
        "because": "cuz bc",
        "thanks": "thx tks",
        "account": "acct acc",
        "cannot": "cant",
    }.items()
    for short in shorts.split()
}

CARRIERS = (
    "oi|ola|bom dia|boa tarde|boa noite|por favor|porfavor|opa|ei|moco|moca|amigo|pessoal|gente|entao|bem|olha|"
    "eu|gostaria de|gostaria|eu gostaria de|queria|quero|preciso de|preciso|desejo|necessito de|necessito|"
    "quero saber sobre|quero saber|queria saber|gostaria de saber sobre|gostaria de saber|saber sobre|"
    "como faco para|como eu faco para|como que eu faco para|como que faz para|como faz para|como posso|como eu posso|"
    "como consigo|posso|consigo|voce pode|voces podem|pode me ajudar a|me ajuda a|me ajude a|ajuda para|da para|"
    "tem como|tem jeito de|onde posso|onde eu posso|estou querendo|estou precisando de|estou precisando|vim para|"
    "me diz|me diga|me informa|me explica|tenho uma duvida sobre|tenho duvida sobre|duvida sobre|"
    "hi|hello|hey|good morning|please|i want to|i want|i would like to|i would like|id like to|i need to|i need|"
    "how do i|how can i|how to|can you|could you|can i|could i|would you|help me|i am trying to|im trying to|"
    "tell me|let me know|i want to know|id like to know|"
    "hola|buenos dias|buenas tardes|quiero|quisiera|me gustaria|necesito|como puedo|como hago para|puedo|"
    "puede|podria|quiero saber|quisiera saber|quiero saber sobre"
).split("|")

# Words of a bare amount or time: what follows something, and alone asks for nothing.
MEASURES = frozenset(
    (
        "mil milhao milhoes bilhao bilhoes mi bi real reais r conto pila centavos um uma dois duas tres "
        "quatro cinco seis sete oito nove dez vinte trinta cem cento duzentos trezentos quinhentos meio meia "
        "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro dia dias "
        "semana semanas mes meses bimestre trimestre semestre ano anos primeiro segundo terceiro quarto "
        "ultimo ultimos ultima ultimas passado passada retrasado atual este esta esse essa neste nesse hoje "
        "ontem agora inteiro todo desde ate entre durante acima abaixo mais menos maior menor uns umas tipo "
        "quase cerca e de do da dos das a o os as em no na nos nas para por foi deu so ou thousand million "
        "billion one two three four five six ten last this past first second third month months year years "
        "week weeks quarter since until between from to above below over under more less than the in of and "
        "january february march april june july august september october november december millon millones "
        "pasado pasada hasta el la los las y en"
    ).split()
)
